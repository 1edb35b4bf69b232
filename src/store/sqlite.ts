import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { Kysely, SqliteAdapter, type SqliteDatabase, SqliteDialect, type SqliteStatement, sql } from 'kysely'
import { Failure } from '../errors.ts'
import { texts } from './database-errors.ts'
import { type Rows, type Source, withLockRetry } from './db.ts'
import { guardFile } from './file-identity.ts'
import type { Schema } from './schema.ts'
import { vacuum } from './vacuum.ts'

/** What SQLite itself waits for a lock, in milliseconds; it blocks the process, see `withLockRetry` for the rest. */
const blockingWait = 20

/** A SQLite file, made when it is not there. Several processes of one machine may use it at once. */
export function sqliteSource(file: string): Source {
  const guard = guardFile(file)
  const connectTo = async () => {
    guard.prepare()
    return openFile(file)
  }
  return {
    kind: 'sqlite',
    connect: () => new Kysely<Schema>({ dialect: new Dialect({ database: () => withLockRetry(connectTo) }) }),
    async inspect(rows) {
      const { rows: found } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(rows)
      if (found[0]?.quick_check !== 'ok') throw new Failure('storage', texts.corrupt)
    },
    check: guard.check,
    async scrub() {
      guard.check()
      return vacuum(file)
    },
  }
}

/**
 * A temporary database, gone when it is closed or the process ends in any way: what does not fit into memory
 * goes to a file that has no name.
 */
export const connectTemporary = (): Rows =>
  new Kysely<Schema>({ dialect: new Dialect({ database: async () => openFile('') }) })

function openFile(file: string): SqliteDatabase {
  const database = new DatabaseSync(file, { timeout: blockingWait, enableForeignKeyConstraints: true })
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;')
  } catch (error) {
    database.close()
    throw error
  }
  const prepared = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare(text) {
      // SQLite itself rolls back when the disk is full; the rollback that follows would hide that error.
      if (text === 'rollback' && !database.isTransaction) return nothing
      const known = prepared.get(text)
      if (known !== undefined) return known
      const statement = prepare(database, text)
      // There are few distinct queries; those with a list of values are not worth caching.
      if (prepared.size < 300 && text.length < 2_000) prepared.set(text, statement)
      return statement
    },
  }
}

function prepare(database: DatabaseSync, text: string): SqliteStatement {
  // A transaction that begins by reading cannot wait for a lock when it comes to write: take it at the start.
  const statement = database.prepare(text === 'begin' ? 'begin immediate' : text)
  const bound = (values: readonly unknown[]) => values as SQLInputValue[]
  return {
    reader: statement.columns().length > 0,
    all: values => statement.all(...bound(values)),
    run: values => statement.run(...bound(values)),
    iterate: values => statement.iterate(...bound(values)),
  }
}

const nothing: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
}

class Dialect extends SqliteDialect {
  override createAdapter() {
    return new Adapter()
  }
}

/** SQLite's schema changes are transactional; saying so makes the migrator run in one, which is its lock. */
class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true
  }
}
