import type { Kysely } from 'kysely'

/** What people were last told of a schedule: a problem that comes and goes is told once. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('schedules').addColumn('told', 'text').execute()
}

export const toldProblems = { up }
