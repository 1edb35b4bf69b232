/**
 * The kinds of failure a person can be told about. Anything that is not a `Failure` is a bug: people get a
 * generic line with an incident id, the log gets the rest. "Nothing found" is a value, never an error.
 */
export type FailureKind =
  | 'input' // what was typed or configured cannot be used
  | 'missing' // it names something that is not here
  | 'forbidden' // the person may not do this
  | 'permission' // the bot lacks a permission; the text names it
  | 'limit' // too much, too long, too often
  | 'busy' // a database or another service cannot answer now; trying again may help
  | 'storage' // stored data is damaged, full, read-only or newer than this program

/** A failure whose message is written for the person who sees it: no secrets, no stack, no internals. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly kind: FailureKind

  constructor(kind: FailureKind, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.kind = kind
  }
}

/** The message of whatever was thrown, for logs. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
