import { setTimeout as sleep } from 'node:timers/promises'
import type { Db, Rows, Source } from './db.ts'

/** Tries while the caller waits, and the pause between them in milliseconds. */
const tries = 5
const pause = 50
/** Between the tries that follow, in milliseconds. A start scrubs anyway. */
const laterPause = 5_000

/** See `Db.scrub`. */
export function scrubber(source: Source, rows: Rows): Db['scrub'] {
  let waiting = false
  const later = (): void => {
    waiting = true
    const again = async () => {
      waiting = false
      if (!(await source.scrub(rows))) later()
    }
    // What fails now, the database being closed for one, is done by the next start.
    setTimeout(() => void again().catch(() => {}), laterPause).unref()
  }
  return async () => {
    for (let attempt = 1; attempt <= tries; attempt++) {
      if (await source.scrub(rows)) return
      await sleep(pause)
    }
    if (!waiting) later()
  }
}
