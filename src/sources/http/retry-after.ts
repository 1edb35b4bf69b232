/**
 * How long a server asks to be left alone, in milliseconds: `Retry-After`, in seconds or as a date, and Zotero's
 * `Backoff`, which comes with answers that succeed too.
 * @returns 0 when it asks for nothing
 */
export function pauseAsked(headers: { get(name: string): string | null }, now: number): number {
  return Math.max(pauseOf(headers.get('retry-after'), now), pauseOf(headers.get('backoff'), now))
}

/** The longest pause that is believed: a broken clock of theirs must not end a source. */
const longest = 24 * 3_600_000

function pauseOf(value: string | null, now: number): number {
  if (value === null) return 0
  const seconds = /^\s*\d{1,9}\s*$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), longest) : 0
}
