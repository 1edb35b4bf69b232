import type { Kysely } from 'kysely'

/** What was asked for lately, by its idempotency key: two processes that receive one click carry it out once. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('requests')
    .addColumn('request_key', 'text', column => column.primaryKey().notNull())
    .addColumn('result', 'text', column => column.notNull())
    .addColumn('done_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema.createIndex('requests_done').on('requests').column('done_at').execute()
}

export const requests = { up }
