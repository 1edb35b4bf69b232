import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { localDate, nextSlot } from '../schedule/due-slots.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { Slots } from '../store/schedule-ports.ts'
import type { Delivery } from './deliver.ts'

/** So often what a wrong clock may have done is looked for, beside the times when it was seen to leap; milliseconds. */
const replanInterval = 3_600_000
/** Schedules looked at in one go; those that are planned for the latest time come first. */
const batch = 5_000
/** Schedules between two turns of the event loop. */
const yieldEvery = 100

/** Replans now and then, and at the next chance after the clock was set. */
export function openReplanner({ clock, sources, note }: Delivery) {
  let dueAt = 0
  return {
    requestNow: () => {
      dueAt = 0
    },
    async runIfDue(): Promise<void> {
      if (clock.elapsed() < dueAt) return
      dueAt = clock.elapsed() + replanInterval
      const ids = await replan(sources.store.slots, clock.now())
      if (ids.length > 0) note('schedules were planned too late and are planned anew', { ids })
    },
  }
}

/**
 * Puts right what a wrong clock did: schedules whose next slot is later than their rule says are planned anew, and
 * slots of a future that did not come are taken back. Dates that had their slot stay taken.
 * @returns ids of the schedules that were planned anew
 */
async function replan(slots: Slots, now: number): Promise<string[]> {
  await slots.repair(now)
  const late: string[] = []
  let seen = 0
  for (const schedule of await slots.plannedAfter(now, batch)) {
    if (++seen % yieldEvery === 0) await yieldToOthers()
    const next = await earlierSlot(slots, schedule, now)
    if (next !== undefined && (await slots.plan(schedule, [], next, now))) late.push(schedule.id)
  }
  return late
}

/** The slot that the rule says comes next, where it is before the one that is planned. */
async function earlierSlot(slots: Slots, { id, timing, next }: Schedule, now: number) {
  // A rule that never comes is told of when the schedule is due; it must not hold up the others here.
  if (timing.days.length === 0) return undefined
  const options = { lastOffset: next.offset }
  if (nextSlot(timing, now, options).at >= next.at) return undefined
  const taken = await slots.dates(id, localDate(timing, now, next.offset))
  const free = nextSlot(timing, now, { ...options, taken })
  return free.at < next.at ? free : undefined
}
