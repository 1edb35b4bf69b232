/** Hands out times for sends so that they keep the limits and come evenly. Times are epoch milliseconds. */
export interface RateLimiter {
  /** When the next send to that place may leave; the time is taken by this call. */
  reserve(place: string, now: number): number
  /** Nothing that is not reserved yet leaves before that time: the bot as a whole was told to wait. */
  hold(until: number): void
}

/**
 * Time is cut into steps that each hold one send: a place that has to wait takes a later step, and leaves the
 * earlier ones to others.
 * @param perSecond sends of this process, for all places together
 * @param placeGap milliseconds between two sends to one place
 */
export function openRateLimiter({
  perSecond,
  placeGap,
}: {
  perSecond: number
  placeGap: number
}): RateLimiter {
  const length = 1_000 / perSecond
  const taken = new Set<number>()
  const places = new Map<string, number>()
  let held = 0
  const forgetPast = (now: number) => {
    if (taken.size + places.size < 5_000) return
    for (const step of taken) if ((step + 1) * length < now) taken.delete(step)
    for (const [place, at] of places) if (at <= now) places.delete(place)
  }
  return {
    reserve(place, now) {
      forgetPast(now)
      let step = Math.ceil(Math.max(now, held, places.get(place) ?? 0) / length)
      while (taken.has(step)) step++
      taken.add(step)
      const at = Math.ceil(step * length)
      places.set(place, at + placeGap)
      return at
    },
    hold(until) {
      held = Math.max(held, until)
    },
  }
}
