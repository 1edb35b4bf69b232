import type { Kysely } from 'kysely'

/** The processes that run on this database, so that they can share what Discord allows the bot as a whole. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('processes')
    .addColumn('process_id', 'text', column => column.primaryKey())
    .addColumn('seen_at', 'bigint', column => column.notNull())
    .execute()
}

export const processes = { up }
