import { setTimeout as wait } from 'node:timers/promises'

/** The scheduler's time source; tests control it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Milliseconds on the monotonic clock, which `now` is checked against. */
  elapsed(): number
  /** Resolves when that much time has passed, or early when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Aborts when that much time has passed. */
  deadline(ms: number): AbortSignal
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  deadline: ms => AbortSignal.timeout(ms),
  sleep: (ms, signal) =>
    wait(Math.max(0, ms), undefined, signal === undefined ? {} : { signal }).catch(() => {}),
}

/** Milliseconds by which a clock that was set back differs from one that was read twice. */
const setBack = 30_000

/** @returns a function that says for each reading whether the clock was set back since the previous one */
export function watchSetBack(): (reading: number) => boolean {
  let last = Number.NEGATIVE_INFINITY
  return reading => {
    const isSetBack = reading < last - setBack
    last = reading
    return isSetBack
  }
}
