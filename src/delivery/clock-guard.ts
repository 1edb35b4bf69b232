import type { Clock } from './clock.ts'

/** How much a wall clock may drift between two checks without having been set, in milliseconds. */
const tolerance = 30_000
/** How long a clock that was set must run steadily before slots are planned, expired or claimed by it again. */
const settleTime = 2 * 60_000

/**
 * Checks the wall clock against the monotonic clock. A time server, a person or a resumed virtual machine may step it
 * by hours or years, for good or for a moment: until it has run steadily for a while, nothing is decided by it.
 */
export interface ClockGuard {
  /** To be called once a round. @returns milliseconds until the clock can be relied on; 0 when it can */
  check(): number
}

export function clockGuard(clock: Pick<Clock, 'now' | 'elapsed'>, onStep: (by: number) => void): ClockGuard {
  let wall = clock.now()
  let monotonic = clock.elapsed()
  let settledAt = Number.NEGATIVE_INFINITY
  return {
    check() {
      const by = clock.now() - wall - (clock.elapsed() - monotonic)
      wall = clock.now()
      monotonic = clock.elapsed()
      if (Math.abs(by) > tolerance) {
        settledAt = monotonic + settleTime
        onStep(by)
      }
      return Math.max(0, settledAt - monotonic)
    },
  }
}
