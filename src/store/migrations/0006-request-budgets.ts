import type { Kysely } from 'kysely'

/** How many requests to a model a server has made on a day, so that a restart does not give it the day anew. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('request_budgets')
    .addColumn('scope', 'text', column => column.notNull())
    .addColumn('day', 'text', column => column.notNull())
    .addColumn('requests', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('request_budgets_key', ['scope', 'day'])
    .execute()
}

export const requestBudgets = { up }
