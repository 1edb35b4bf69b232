/** The first millisecond of 2015: where Discord's ids begin to count. */
const epoch = 1_420_070_400_000n
/** Below the 42 bits of time: worker, process and increment, here one counter. */
const low = 22n

/** Discord's ids: 64 bits as decimal text, growing with time. Unique also when the clock stands still or goes back. */
export function snowflakes(now: () => number): () => string {
  let count = 0n
  return () => {
    const id = ((BigInt(Math.trunc(now())) - epoch) << low) | (count % (1n << low))
    count += 1n
    return id.toString()
  }
}

/** @returns milliseconds since 1970 */
export const timeOf = (id: string): number => Number((BigInt(id) >> low) + epoch)

/** Oldest first. */
export const byAge = (a: string, b: string): number =>
  a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length
