import { watchSetBack } from './clock.ts'

/** Schedules sends so that they keep to the limits and are spread evenly. Times are epoch milliseconds. */
export interface RateLimiter {
  /** Reserves the next free time for a send to that channel or member. */
  reserve(key: string, now: number): number
  /** So many processes share the limit: each takes an equal part of it. */
  share(processes: number): void
  /** Moves all later reservations past that time, after a global rate limit. */
  hold(until: number): void
}

/**
 * Time is divided into steps of one send each: a channel that has to wait takes a later step and leaves the
 * earlier ones to others. Of `n` processes each uses every n-th step.
 * @param perSecond sends of this process, for all places together
 * @param channelGap milliseconds between two sends to one place
 */
export function openRateLimiter({
  perSecond,
  channelGap,
}: {
  perSecond: number
  channelGap: number
}): RateLimiter {
  const length = 1_000 / perSecond
  const takenSteps = new Set<number>()
  const nextByKey = new Map<string, number>()
  let heldUntil = 0
  let shares = 1
  const isSetBack = watchSetBack()
  /** Reservations made by a clock that ran ahead would block their channels until that time comes. */
  const forgetFuture = (now: number) => {
    if (!isSetBack(now)) return
    takenSteps.clear()
    nextByKey.clear()
    heldUntil = 0
  }
  const forgetPast = (now: number) => {
    if (takenSteps.size + nextByKey.size < 5_000) return
    for (const step of takenSteps) if ((step + 1) * length < now) takenSteps.delete(step)
    for (const [key, at] of nextByKey) if (at <= now) nextByKey.delete(key)
  }
  return {
    reserve(key, now) {
      forgetFuture(now)
      forgetPast(now)
      const first = Math.max(now, heldUntil, nextByKey.get(key) ?? 0) / length
      let step = Math.ceil(first / shares) * shares
      while (takenSteps.has(step)) step += shares
      takenSteps.add(step)
      const at = Math.ceil(step * length)
      nextByKey.set(key, at + channelGap)
      return at
    },
    share(processes) {
      shares = Math.max(1, processes)
    },
    hold(until) {
      heldUntil = Math.max(heldUntil, until)
    },
  }
}
