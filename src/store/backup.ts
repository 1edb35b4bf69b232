import { type Kysely, sql } from 'kysely'
import { Failure } from '../errors.ts'
import { applicationOf, forgetApplication, keepApplication } from './application.ts'
import { type Row, readHeader, readRows, writeBackup } from './backup-file.ts'
import { checkRow, checkTogether } from './backup-rules.ts'
import { chunked } from './chunk.ts'
import { explained } from './database-errors.ts'
import { type Change, type Rows, type Source, withLockRetry } from './db.ts'
import { eraseAgain, keepErasures } from './erase.ts'
import { migrate, versionOf } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { beginEpoch, lockRevision } from './paper-revision.ts'
import { restoredSetting } from './ports.ts'
import { keys, tables } from './schema.ts'
import { noteScrub } from './scrub.ts'
import { connectTemporary } from './sqlite.ts'

/** See `Store.backup`. Uses a connection of its own: a long backup blocks no other query. */
export async function backup(source: Source, file: string, at: number): Promise<number> {
  const rows = source.connect()
  try {
    return await snapshot(source, rows, async view =>
      writeBackup(
        file,
        { lectern: 'backup', format: 1, migrations: await versionOf(view), at },
        allRows(view),
      ),
    )
  } catch (error) {
    throw explained(error)
  } finally {
    await rows.destroy()
  }
}

/** Reads as of one moment, without locks that writers would wait for. */
async function snapshot<T>(source: Source, rows: Rows, work: (view: Rows) => Promise<T>): Promise<T> {
  if (source.kind === 'postgres')
    return rows.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)
  return rows.connection().execute(async view => {
    await sql`begin deferred`.execute(view)
    try {
      return await work(view)
    } finally {
      await sql`rollback`.execute(view)
    }
  })
}

const day = 24 * 3_600_000
/** How long a restore waits for others' locks, in milliseconds: nobody else can do it later. */
const lockTimeout = 60_000
const page = 2_000

async function* allRows(view: Rows): AsyncGenerator<Row> {
  const there = new Set((await view.introspection.getTables()).map(({ name }) => name))
  for (const table of tables)
    if (there.has(table)) for await (const row of rowsOf(view, table)) yield [table, row]
}

async function* rowsOf(view: Rows, table: (typeof tables)[number]): AsyncGenerator<Row[1]> {
  const anyTable = view as unknown as Kysely<Record<string, Row[1]>>
  for (let offset = 0; ; offset += page) {
    let query = anyTable.selectFrom(table).selectAll().limit(page).offset(offset)
    for (const column of keys[table]) query = query.orderBy(column)
    const found = await query.execute()
    yield* found
    if (found.length < page) return
  }
}

/** See `Store.restore`. The rows are loaded into a staging database first, where they are validated and migrated. */
export async function restore(source: Source, file: string, at: number): Promise<number> {
  const header = await readHeader(file)
  const newest = header.migrations.at(-1)
  if (newest === undefined || !header.migrations.every(name => Object.hasOwn(migrations, name)))
    throw new Failure('input', 'The backup was made by a newer version of Lectern. Nothing was changed.')
  if (header.at > at + day)
    throw new Failure('input', 'The backup says that it was made in the future. Nothing was changed.')
  const staging = connectTemporary()
  const rows = source.connect()
  try {
    await migrate(staging, migrations, newest)
    const count = await load(staging, file)
    await migrate(staging)
    await checkMeaning(staging)
    await withLockRetry(
      () => rows.transaction().execute(change => replace(source, change, staging, header.at, at)),
      lockTimeout,
    )
    return count
  } catch (error) {
    throw refusedBackup(explained(error))
  } finally {
    await staging.destroy()
    await rows.destroy()
  }
}

async function checkMeaning(staging: Rows): Promise<void> {
  for (const table of tables) {
    let number = 0
    for await (const row of rowsOf(staging, table)) checkRow(table, row, ++number)
  }
  await checkTogether(staging)
}

/** Errors about rows that come from a file are the backup's fault: a single line for people, with the cause attached. */
function refusedBackup(error: unknown): Failure {
  if (error instanceof Failure) return error
  const text = 'The backup is damaged: its rows cannot be stored. Nothing was changed.'
  return new Failure('input', text, { cause: error })
}

/** @returns the number of rows in the backup */
async function load(staging: Rows, file: string): Promise<number> {
  const columns = await columnsOf(staging)
  let count = 0
  await staging.transaction().execute(async change => {
    const anyTable = change as unknown as Kysely<Record<string, Row[1]>>
    for await (const [table, row] of readRows(file)) {
      count++
      const types = columns.get(table)
      const sound =
        types !== undefined &&
        Object.entries(row).every(([name, value]) => value === null || types.get(name) === typeof value)
      if (!sound) throw new Failure('input', `The backup is damaged: row ${count} does not fit its table.`)
      await anyTable
        .insertInto(table)
        .values(row)
        .execute()
        .catch(cause => {
          throw new Failure('input', `The backup is damaged: row ${count} conflicts with other rows.`, {
            cause,
          })
        })
    }
  })
  return count
}

/** The JavaScript type of each column of each table. */
async function columnsOf(staging: Rows): Promise<Map<string, Map<string, 'string' | 'number'>>> {
  const found = await staging.introspection.getTables()
  return new Map(
    found.map(table => [
      table.name,
      new Map(
        table.columns.map(column => [
          column.name,
          column.dataType.toLowerCase() === 'text' ? 'string' : 'number',
        ]),
      ),
    ]),
  )
}

async function replace(source: Source, change: Change, staging: Rows, backupAt: number, at: number) {
  await lockRevision(change, source.kind)
  if (source.kind === 'postgres')
    await sql`lock table ${sql.join(tables.map(table => sql.table(table)))} in exclusive mode`.execute(change)
  // What channels and members were shown since the backup is kept: a paper is never repeated.
  const shownSince = await change.selectFrom('shown').selectAll().where('shown_at', '>=', backupAt).execute()
  const application = await applicationOf(change)
  const erased = await keepErasures(change)
  for (const table of tables.toReversed()) await change.deleteFrom(table).execute()
  const anyTable = change as unknown as Kysely<Record<string, Row[1]>>
  for (const table of tables) {
    let chunk: Row[1][] = []
    const flush = async () => {
      if (chunk.length > 0) await anyTable.insertInto(table).values(chunk).execute()
      chunk = []
    }
    for await (const row of rowsOf(staging, table)) if (chunk.push(row) === 400) await flush()
    await flush()
  }
  for (const chunk of chunked(shownSince, 5))
    await change
      .insertInto('shown')
      .values(chunk)
      .onConflict(conflict => conflict.doNothing())
      .execute()
  // The database keeps its owner, whichever application made the backup.
  await forgetApplication(change)
  if (application !== undefined) await keepApplication(change, application)
  await noteScrub(change)
  await eraseAgain(change, erased, backupAt, at)
  await forgetNow(change, at)
  await beginEpoch(change)
}

/** Sends in flight at the time of the backup have succeeded or failed since then: their outcome is unknown. */
async function forgetNow(change: Change, at: number) {
  await change
    .updateTable('slots')
    .set({ state: 'unknown', reason: 'restored', settled_at: at, owner: null, lease_until: 0 })
    .where('settled_at', 'is', null)
    .execute()
  // Observations from before the backup no longer count.
  await change.updateTable('guilds').set({ missing_at: null }).where('left_at', 'is', null).execute()
  const value = String(at)
  await change
    .insertInto('settings')
    .values({ scope: '', name: restoredSetting, value })
    .onConflict(conflict => conflict.columns(['scope', 'name']).doUpdateSet({ value }))
    .execute()
}
