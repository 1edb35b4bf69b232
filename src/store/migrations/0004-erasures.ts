import type { Kysely } from 'kysely'

/** Messages of a queue are known by more than their entry, what is to be erased from messages outlives a stop. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('queue_messages')
    .addColumn('mark', 'text', column => column.primaryKey().notNull())
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('guild_id', 'text', column => column.notNull())
    .addColumn('channel_id', 'text', column => column.notNull())
    .addColumn('paper_id', 'text', column => column.notNull())
    .addColumn('user_id', 'text')
    .addColumn('posted_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema
    .createIndex('queue_messages_paper')
    .on('queue_messages')
    .columns(['guild_id', 'paper_id'])
    .execute()
  await db.schema.createIndex('queue_messages_user').on('queue_messages').column('user_id').execute()
  await db.schema
    .createTable('erasures')
    .addColumn('mark', 'text', column => column.primaryKey().notNull())
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('guild_id', 'text', column => column.notNull())
    .addColumn('channel_id', 'text', column => column.notNull())
    .addColumn('message_id', 'text')
    .addColumn('paper_id', 'text')
    .addColumn('unnamed', 'integer', column => column.notNull())
    .addColumn('posted_at', 'bigint', column => column.notNull())
    .addColumn('attempts', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('retry_at', 'bigint', column => column.notNull().defaultTo(0))
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema.createIndex('erasures_retry').on('erasures').column('retry_at').execute()
  await db.schema
    .createTable('erased_members')
    .addColumn('member_hash', 'text', column => column.primaryKey().notNull())
    .addColumn('erased_at', 'bigint', column => column.notNull())
    .execute()
  // A server is left once it was found missing twice: since when it is.
  await db.schema.alterTable('guilds').addColumn('missing_at', 'bigint').execute()
}

export const erasures = { up }
