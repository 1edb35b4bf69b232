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

const engineErrors: ReadonlySet<string> = new Set(['TypeError', 'RangeError', 'ReferenceError'])
/** Properties, variables and calls as the source spells them; nothing that a value said. */
const namesCode =
  /^(?:Cannot (?:read|set) properties of (?:undefined|null)(?: \((?:reading|setting) '[\w$#]{1,60}'\))?|[\w$.#?()[\]]{1,120} is not (?:a function|a constructor|iterable|defined)|Maximum call stack size exceeded|Invalid (?:array|string) length|Invalid time value)$/u
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

/**
 * Messages of the operating system are safe, and those of the engine that name code alone; all others may quote
 * somebody: `Invalid time zone specified: what was typed`, `Cannot use 'in' operator to search for 'a' in a whole text`.
 */
function messageOf(error: Error, fields: Record<string, unknown>): string | undefined {
  const isSystem = typeof fields.syscall === 'string' || typeof fields.errno === 'number'
  const isOfCode = engineErrors.has(error.name) && namesCode.test(error.message)
  return isSystem || isOfCode ? error.message.slice(0, longestMessage) : undefined
}

/** A message of several lines may look like frames: it stands before them. */
const framesOf = ({ message, stack = '' }: Error): string[] =>
  stack
    .slice(stack.includes(message) ? stack.indexOf(message) + message.length : 0)
    .split('\n')
    .filter(line => /^\s{2,8}at /u.test(line))
    .slice(0, mostFrames)
    .map(line => line.trim())

/** Interactions and webhooks are answered at addresses that hold a secret. */
function pathOf(url: string): string | undefined {
  const path = URL.parse(url, 'http://discord')?.pathname
  return path?.replace(/\/(interactions|webhooks)\/([^/]{1,40})\/[^/]{1,400}/u, '/$1/$2/:token').slice(0, 200)
}
