import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { localDate, nextSlot } from '../schedule/due-slots.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { Slots } from '../store/schedule-ports.ts'
import type { Delivery } from './deliver.ts'

/** How often to check for what a wrong clock may have done, besides after each clock step; milliseconds. */
const replanInterval = 3_600_000
/** Schedules checked in one run, starting with those planned furthest ahead. */
const batch = 5_000
/** Schedules after which the event loop gets a turn. */
const yieldEvery = 100

/** Replans at intervals, and in the next round after the clock was set. */
export function openReplanner({ clock, poster, sources, note }: Delivery) {
  let dueAt = 0
  return {
    requestNow: () => {
      dueAt = 0
    },
    async runIfDue(): Promise<void> {
      if (clock.elapsed() < dueAt) return
      dueAt = clock.elapsed() + replanInterval
      await sources.store.slots.repair(clock.now(), poster.now())
      const ids = await replan(sources.store.slots, clock.now())
      if (ids.length > 0) note('schedules were planned too late and are planned anew', { ids })
    },
  }
}

/**
 * Plans schedules again whose next slot is later than their rule says. Dates that already have a slot stay taken.
 * @returns ids of the schedules that were planned again
 */
async function replan(slots: Slots, now: number): Promise<string[]> {
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
  // A rule without weekdays is reported when the schedule is due; here it must not block the others.
  if (timing.days.length === 0) return undefined
  const options = { lastOffset: next.offset }
  if (nextSlot(timing, now, options).at >= next.at) return undefined
  const taken = await slots.dates(id, localDate(timing, now, next.offset))
  const free = nextSlot(timing, now, { ...options, taken })
  return free.at < next.at ? free : undefined
}
