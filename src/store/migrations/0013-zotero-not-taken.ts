import type { Kysely } from 'kysely'

/** What Zotero does not take: when it is tried again, and since when and why it is not any more. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('zotero_outbox')
    .addColumn('refusals', 'integer', column => column.notNull().defaultTo(0))
    .execute()
  await db.schema
    .alterTable('zotero_outbox')
    .addColumn('next_at', 'bigint', column => column.notNull().defaultTo(0))
    .execute()
  await db.schema.alterTable('zotero_outbox').addColumn('reason', 'text').execute()
  await db.schema.alterTable('zotero_outbox').addColumn('given_up_at', 'bigint').execute()
  for (const column of ['failures', 'notice'] as const)
    await db.schema
      .alterTable('zotero_links')
      .addColumn(column, 'integer', one => one.notNull().defaultTo(0))
      .execute()
}

export const zoteroNotTaken = { up }
