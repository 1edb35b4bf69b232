import { Failure, messageOf } from '../errors.ts'

/** Classifies a database error: worth retrying at once, to be shown to the person, or a bug. */
type Fault = { readonly retryable: boolean; readonly failure: Failure } | undefined

interface ErrorFields {
  readonly code?: unknown
  readonly errcode?: unknown
  readonly cause?: unknown
  readonly message?: unknown
}

/** Safe to show: no path, no address, no query. */
export const texts = {
  locked: 'The database is busy. Please try again in a moment.',
  away: 'The database does not answer. Nothing was changed as far as is known; please try again later.',
  full: 'The disk that holds the database is full. Nothing was changed.',
  readOnly: 'The database cannot be written to: it is read-only. Nothing was changed.',
  corrupt: 'The database is damaged. Restore a backup with `lectern restore FILE`.',
  unknown: 'A record in the database was written by a newer version of Lectern. Run that version or newer.',
  gone: 'The database file is gone. Nothing was written. Stop the bot, then restore a backup.',
  replaced:
    'The database file was replaced while the bot was running. Nothing was written. Start the bot again to use the new one.',
  emptied:
    'The database lacks tables that were there. Nothing was written. Stop the bot, then restore a backup.',
  unusable: 'The database cannot be opened or read.',
  refused: 'The database refuses the login. Check DATABASE_URL.',
} as const

const busy = (text: string, cause: unknown, retryable: boolean): Fault => ({
  retryable,
  failure: new Failure('busy', text, { cause }),
})
const storage = (text: string, cause: unknown): Fault => ({
  retryable: false,
  failure: new Failure('storage', text, { cause }),
})

/** Errors of the file system, before a database file is open. */
function fileFault(code: string, cause: unknown): Fault {
  if (code === 'ENOSPC') return storage(texts.full, cause)
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) return storage(texts.unusable, cause)
  return undefined
}

const missingTable = /^no such table: /u

/** SQLite's primary result codes (sqlite.org, Result and Error Codes). */
function sqliteFault(primary: number, cause: unknown): Fault {
  switch (primary) {
    case 1: // ERROR: what is wrong with a query, for one that a table is not there
      return missingTable.test(messageOf(cause)) ? storage(texts.emptied, cause) : undefined
    case 5: // BUSY
    case 6: // LOCKED
      return busy(texts.locked, cause, true)
    case 8: // READONLY
      return storage(texts.readOnly, cause)
    case 11: // CORRUPT
    case 26: // NOTADB
      return storage(texts.corrupt, cause)
    case 13: // FULL
      return storage(texts.full, cause)
    case 10: // IOERR
    case 14: // CANTOPEN
      return storage(texts.unusable, cause)
    default:
      return undefined
  }
}

/** Errors of the socket, before Postgres has answered. */
const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT', // a Unix socket that is not there
])

/** Postgres's SQLSTATE codes (PostgreSQL documentation, appendix A). */
function postgresFault(code: string, cause: unknown): Fault {
  if (['40001', '40P01', '55P03'].includes(code)) return busy(texts.locked, cause, true)
  if (code === '53100') return storage(texts.full, cause)
  if (code === '42P01') return storage(texts.emptied, cause)
  if (code === '25006') return storage(texts.readOnly, cause)
  if (code === 'XX001' || code === 'XX002') return storage(texts.corrupt, cause)
  if (code.startsWith('28') || code === '3D000') return storage(texts.refused, cause)
  // 08: connection, 53: resources, 57: operator intervention such as a shutdown or a timeout.
  if (['08', '53', '57'].includes(code.slice(0, 2)) || socketCodes.has(code))
    return busy(texts.away, cause, false)
  return undefined
}

/** Messages of the pg client itself, which gives these no code. */
const lostConnection =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout/

/** @returns undefined when it is not a database error but a bug, to be rethrown as it is */
export function faultOf(error: unknown, depth = 0): Fault {
  if (typeof error !== 'object' || error === null || error instanceof Failure || depth > 4) return undefined
  const fields = error as ErrorFields
  if (typeof fields.errcode === 'number') return sqliteFault(fields.errcode & 0xff, error)
  const fault =
    typeof fields.code === 'string'
      ? (fileFault(fields.code, error) ?? postgresFault(fields.code, error))
      : undefined
  if (fault !== undefined) return fault
  if (typeof fields.message === 'string' && lostConnection.test(fields.message))
    return busy(texts.away, error, false)
  if (error instanceof AggregateError) return faultOf(error.errors[0], depth + 1)
  return faultOf(fields.cause, depth + 1)
}

/** What to throw instead of `error`. */
export const explained = (error: unknown): unknown => faultOf(error)?.failure ?? error
