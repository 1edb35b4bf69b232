import type { Kysely } from 'kysely'

/** Items of a Zotero library that persons had put there, by the paper that they are: their titles may change. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('zotero_items')
    .addColumn('guild_id', 'text', column => column.notNull())
    .addColumn('library', 'text', column => column.notNull())
    .addColumn('paper_id', 'text', column => column.notNull())
    .addColumn('item_key', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('zotero_items_key', ['guild_id', 'library', 'paper_id'])
    .execute()
}

export const zoteroItems = { up }
