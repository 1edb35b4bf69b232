import { setTimeout as sleep } from 'node:timers/promises'

/** Tries while the caller waits, and the pause between them in milliseconds. */
const tries = 5
const pause = 50
/** Between the tries that follow, in milliseconds. A start scrubs anyway. */
const laterPause = 5_000

/** Repeats `attempt` until it returns true: for a while as the caller waits, then in the background. */
export function scrubber(attempt: () => Promise<boolean>): () => Promise<void> {
  let waiting = false
  const later = (): void => {
    waiting = true
    const again = async () => {
      waiting = false
      if (!(await attempt())) later()
    }
    // What fails now, the database being closed for one, is done by the next start.
    setTimeout(() => void again().catch(() => {}), laterPause).unref()
  }
  return async () => {
    for (let count = 1; count <= tries; count++) {
      if (await attempt()) return
      await sleep(pause)
    }
    if (!waiting) later()
  }
}
