import { localDate, nextSlot } from '../schedule/due-slots.ts'
import type { NextSlot, Timing } from '../schedule/schedule.ts'
import type { Slots } from '../store/schedule-ports.ts'

/**
 * The next slot of a schedule by a timing, on the first date that has not had one: a schedule posts once a local date,
 * so that a time moved to later today, or a zone moved west, must not promise a second post of the same date.
 * @param id undefined: a schedule that does not exist yet
 */
export async function nextFreeSlot(
  slots: Pick<Slots, 'dates'>,
  id: string | undefined,
  timing: Timing,
  at: Date,
): Promise<NextSlot> {
  const now = at.getTime()
  const taken = id === undefined ? undefined : await slots.dates(id, localDate(timing, now))
  const { at: next, offset } = nextSlot(timing, now, taken === undefined ? {} : { taken })
  return { at: next, offset }
}
