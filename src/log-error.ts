/** What of an error may be written to the log. Nothing in it was typed by a person, and no token stands in it. */
export interface LoggedError {
  readonly type: string
  readonly kind?: string
  readonly code?: string | number
  readonly status?: number
  readonly method?: string
  /** Of the request, without host, query and interaction token. */
  readonly path?: string
  readonly message?: string
  /** Stack frames, without the message that stands before them. */
  readonly at?: readonly string[]
  readonly cause?: LoggedError
}

/** The engine's own errors, whose messages name code and never data. */
const safeMessages: ReadonlySet<string> = new Set([
  'TypeError',
  'RangeError',
  'ReferenceError',
  'AssertionError',
])
const mostFrames = 12
const deepest = 3
const longestMessage = 300

/**
 * Reads an error for the log. Errors of Discord's API carry the whole request, notes and questions among it, and an
 * address with the interaction's token; messages of parsers quote what they could not read.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error }
  const fields = error as Error & Record<string, unknown>
  const cause =
    error.cause === undefined || depth >= deepest ? undefined : loggedError(error.cause, depth + 1)
  const path = typeof fields.url === 'string' ? pathOf(fields.url) : undefined
  const message = messageOf(error, fields)
  return {
    type: error.name,
    ...(typeof fields.kind === 'string' ? { kind: fields.kind } : {}),
    ...(typeof fields.code === 'string' || typeof fields.code === 'number' ? { code: fields.code } : {}),
    ...(typeof fields.status === 'number' ? { status: fields.status } : {}),
    ...(typeof fields.method === 'string' ? { method: fields.method } : {}),
    ...(path === undefined ? {} : { path }),
    ...(message === undefined ? {} : { message }),
    at: framesOf(error),
    ...(cause === undefined ? {} : { cause }),
  }
}

/** Messages of the operating system and of the engine are safe; all others may quote somebody. */
function messageOf(error: Error, fields: Record<string, unknown>): string | undefined {
  const isSystem = typeof fields.syscall === 'string' || typeof fields.errno === 'number'
  return isSystem || safeMessages.has(error.name) ? error.message.slice(0, longestMessage) : undefined
}

const framesOf = ({ stack = '' }: Error): string[] =>
  stack
    .split('\n')
    .filter(line => /^\s{2,8}at /u.test(line))
    .slice(0, mostFrames)
    .map(line => line.trim())

/** Interactions and webhooks are answered at addresses that hold a secret. */
function pathOf(url: string): string | undefined {
  const path = URL.parse(url, 'http://discord')?.pathname
  return path?.replace(/\/(interactions|webhooks)\/([^/]{1,40})\/[^/]{1,400}/u, '/$1/$2/:token').slice(0, 200)
}
