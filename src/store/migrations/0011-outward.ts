import type { Kysely } from 'kysely'

/** Feeds of a server, by their secret keys; a server's Zotero library, and what is to be sent there. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('feeds')
    .addColumn('guild_id', 'text', column => column.primaryKey().notNull())
    .addColumn('feed_key', 'text', column => column.notNull().unique())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema
    .createTable('zotero_links')
    .addColumn('guild_id', 'text', column => column.primaryKey().notNull())
    .addColumn('library', 'text', column => column.notNull())
    .addColumn('collection', 'text', column => column.notNull())
    .addColumn('write_key', 'text', column => column.notNull())
    .addColumn('saves', 'integer', column => column.notNull())
    .addColumn('user_id', 'text')
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('problem', 'text')
    .addColumn('next_at', 'bigint', column => column.notNull())
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'bigint', column => column.notNull())
    .execute()
  await db.schema
    .createTable('zotero_outbox')
    .addColumn('entry_id', 'text', column => column.primaryKey().notNull())
    .addColumn('guild_id', 'text', column => column.notNull())
    .addColumn('paper_id', 'text', column => column.notNull())
    .addColumn('tag', 'text', column => column.notNull())
    .addColumn('note', 'text', column => column.notNull())
    .addColumn('user_id', 'text')
    .addColumn('attempts', 'integer', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema
    .createIndex('zotero_outbox_guild')
    .on('zotero_outbox')
    .columns(['guild_id', 'created_at'])
    .execute()
}

export const outward = { up }
