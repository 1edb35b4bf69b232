import type { Kysely } from 'kysely'

/**
 * What members and servers choose beyond a topic: authors and venues to follow, what there is to be less of, and how a
 * daily pick is posted.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['topic_author', 'topic_venue', 'source', 'library_guild'] as const)
    await db.schema.alterTable('schedules').addColumn(column, 'text').execute()
  await db.schema.alterTable('schedules').addColumn('hold_minutes', 'integer').execute()
  await db.schema.alterTable('schedules').addColumn('thread', 'text').execute()
  await db.schema.createIndex('papers_by_age').on('papers').columns(['collection', 'added_at']).execute()
  await db.schema
    .createTable('dislikes')
    .addColumn('place', 'text', column => column.notNull())
    .addColumn('user_id', 'text', column => column.notNull())
    .addColumn('paper_id', 'text', column => column.notNull())
    .addColumn('guild_id', 'text')
    .addColumn('disliked_at', 'bigint', column => column.notNull())
    .addPrimaryKeyConstraint('dislikes_key', ['place', 'user_id', 'paper_id'])
    .execute()
  await db.schema.createIndex('dislikes_user').on('dislikes').column('user_id').execute()
  await db.schema.createIndex('dislikes_guild').on('dislikes').column('guild_id').execute()
  await db.schema
    .createTable('mutes')
    .addColumn('place', 'text', column => column.notNull())
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('mute_key', 'text', column => column.notNull())
    .addColumn('said', 'text', column => column.notNull())
    .addColumn('guild_id', 'text')
    .addColumn('muted_at', 'bigint', column => column.notNull())
    .addPrimaryKeyConstraint('mutes_key', ['place', 'kind', 'mute_key'])
    .execute()
  await db.schema.createIndex('mutes_guild').on('mutes').column('guild_id').execute()
}

export const choices = { up }
