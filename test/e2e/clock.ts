import type { Clock } from '../../src/picks/clock.ts'

export interface ManualClock extends Clock {
  /** Moves the time on and wakes whoever slept until then. */
  moveTo(at: number): void
  /** When the first sleeper wakes; undefined when nobody sleeps. */
  next(): number | undefined
}

/** A clock that stands still until it is moved. Signals wake sleepers at once; deadlines stay real. */
export function manualClock(start: number): ManualClock {
  let now = start
  const sleepers = new Set<{ at: number; wake: () => void }>()
  return {
    now: () => now,
    deadline: ms => AbortSignal.timeout(ms),
    sleep: (ms, signal) =>
      new Promise(resolve => {
        const sleeper = {
          at: now + Math.max(0, ms),
          wake: () => {
            sleepers.delete(sleeper)
            resolve()
          },
        }
        sleepers.add(sleeper)
        if (signal?.aborted) sleeper.wake()
        else signal?.addEventListener('abort', sleeper.wake, { once: true })
      }),
    next: () => [...sleepers].map(sleeper => sleeper.at).sort((a, b) => a - b)[0],
    moveTo(at) {
      now = Math.max(now, at)
      for (const sleeper of [...sleepers].sort((a, b) => a.at - b.at)) if (sleeper.at <= now) sleeper.wake()
    },
  }
}
