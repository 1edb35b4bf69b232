import { setImmediate as turn } from 'node:timers/promises'
import type { Kysely, Transaction } from 'kysely'
import pRetry from 'p-retry'
import { explained, faultOf } from './database-errors.ts'
import type { Schema } from './schema.ts'

export type Rows = Kysely<Schema>
export type Change = Transaction<Schema>

/** A database that can be connected to, more than once. */
export interface Source {
  readonly kind: 'sqlite' | 'postgres'
  connect(): Rows
  /** At startup: throws for damage that queries might not run into for a while. */
  inspect(rows: Rows): Promise<void>
  /** Before each write: throws for problems that a query would not detect. */
  check(): void
  /**
   * Removes remnants of deleted rows from the database's files.
   * @returns false when another connection holds a lock: try again
   */
  scrub(): Promise<boolean>
}

/** @param id the schedule, source or paper that the row is, or belongs to */
export type Unreadable = (table: 'schedules' | 'slots' | 'sources' | 'papers', id: string) => void

/** Read and write access to a database, as the ports use it. Both wait for locks, and throw a `Failure` for database errors. */
export interface Db {
  readonly kind: Source['kind']
  /** Called for rows that cannot be read and are skipped. */
  readonly unreadable: Unreadable
  read<T>(work: (rows: Rows) => Promise<T>): Promise<T>
  /** One transaction: all of `work` or nothing. `work` may run again after a conflict with another writer. */
  write<T>(work: (change: Change) => Promise<T>): Promise<T>
  /** See `Source.scrub`. */
  scrub(): Promise<boolean>
}

export function dbOf(source: Source, rows: Rows, unreadable: Unreadable = () => {}): Db {
  const { kind } = source
  // SQLite answers synchronously: a loop over many calls would starve timers and sockets.
  const run = async <T>(work: (begun: () => void) => Promise<T>): Promise<T> => {
    const result = await withLockRetry(work)
    if (kind === 'sqlite') await turn()
    return result
  }
  return {
    kind,
    unreadable,
    read: work => run(() => work(rows)),
    write: work =>
      run(begun => {
        source.check()
        return rows.transaction().execute(change => {
          begun()
          return work(change)
        })
      }),
    scrub: source.scrub,
  }
}

/** How long a call waits for others' locks before it fails, in milliseconds. */
const lockTimeout = 5_000
/** Delay between tries, in milliseconds: doubled each time, with jitter so that writers do not collide again. */
const retryDelays = { minTimeout: 5, maxTimeout: 250, randomize: true }
/** How often a call that has not begun tries another connection: the pool may contain one that broke unnoticed. */
const maxConnectTries = 3

/**
 * Retries what failed for lack of a lock, or of a connection before anything was changed.
 *
 * SQLite blocks the whole process while it waits for a lock, so its own busy timeout is kept short and the rest of
 * the waiting is done here, where the process can do other work.
 */
export async function withLockRetry<T>(
  work: (begun: () => void) => Promise<T>,
  maxRetryTime = lockTimeout,
): Promise<T> {
  let begun = false
  const attempt = () => {
    begun = false
    return work(() => {
      begun = true
    })
  }
  const shouldRetry = ({ error, attemptNumber }: { error: Error; attemptNumber: number }): boolean => {
    const fault = faultOf(error)
    return (
      fault !== undefined &&
      (fault.retryable || (fault.failure.kind === 'busy' && !begun && attemptNumber < maxConnectTries))
    )
  }
  const retries = Number.POSITIVE_INFINITY
  try {
    return await pRetry(attempt, { ...retryDelays, retries, maxRetryTime, shouldRetry })
  } catch (error) {
    throw explained(error)
  }
}
