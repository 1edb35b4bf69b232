import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { Failure } from '../errors.ts'
import { texts } from './database-errors.ts'
import { withLockRetry } from './db.ts'
import { migrations } from './migrations/index.ts'
import { type Schema, tables } from './schema.ts'

/**
 * Brings the database to this program's version, under the database's own lock: of several processes that start at
 * once one does it and the others wait. All pending migrations succeed or none is kept.
 * @param list for tests: other migrations than the program's
 * @param last the migration to stop at; undefined: all
 * @throws Failure `storage` when the database was made by a newer program
 */
export async function migrate(
  db: Kysely<Schema>,
  list: Readonly<Record<string, Migration>> = migrations,
  last?: string,
): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...list }) } })
  await withLockRetry(async () => {
    await refuseNewer(db, list)
    const { error } = await (last === undefined ? migrator.migrateToLatest() : migrator.migrateTo(last))
    if (error === undefined) return
    // Another process may have run a newer program's migrations since the look above.
    await refuseNewer(db, list)
    throw error
  })
}

/** @returns the names of the migrations that the database has run, oldest first */
export async function versionOf(db: Kysely<Schema>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(table => table.name === 'kysely_migration')) return []
  const log = db as unknown as Kysely<{ kysely_migration: { name: string } }>
  const rows = await log.selectFrom('kysely_migration').select('name').orderBy('name').execute()
  return rows.map(row => row.name)
}

/**
 * Makes sure that the database has what this program's migrations made.
 * @throws Failure `storage` when tables are gone, or another program's version came over it
 */
export async function checkSchema(db: Kysely<Schema>): Promise<void> {
  const there = new Set((await db.introspection.getTables()).map(({ name }) => name))
  const ran = new Set(await versionOf(db))
  const whole =
    tables.every(table => there.has(table)) && Object.keys(migrations).every(name => ran.has(name))
  if (!whole) throw new Failure('storage', texts.emptied)
}

async function refuseNewer(db: Kysely<Schema>, list: Readonly<Record<string, Migration>>): Promise<void> {
  const unknown = (await versionOf(db)).filter(name => !(name in list))
  if (unknown.length > 0)
    throw new Failure(
      'storage',
      'The database was made by a newer version of Lectern. Nothing was changed; run that version or newer.',
    )
}
