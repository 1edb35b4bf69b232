/** SQLite takes 32,766 bound values a statement, Postgres 65,535; a statement also should not block for long. */
const maxBoundValues = 10_000

/** Cuts a list of rows so that each piece fits one statement. */
export function* chunked<T>(list: readonly T[], columns: number): Generator<T[]> {
  const size = Math.max(1, Math.floor(maxBoundValues / columns))
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size)
}
