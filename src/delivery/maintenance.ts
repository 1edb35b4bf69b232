import { messageOf } from '../errors.ts'
import type { Notice } from '../store/schedule-ports.ts'
import type { Message } from '../view/reply.ts'
import type { Delivery } from './deliver.ts'
import { targetOf } from './poster.ts'

/** Words a notice for the person it is for. */
export type Tell = (notice: Notice) => Message

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long it can be asked what became of a slot. */
const recorded = 400 * day
/** A refusal whose cause cannot be seen from here is tried again so often. */
const blindRetry = hour
/** Notices told in one go. */
const batch = 50
/** Stopped schedules looked at in one go; a look asks nobody. */
const looked = 2_000
const tellTimeout = 15_000

/** What the runner does now and then besides delivering; the returned function does what has become due. */
export function maintenance(delivery: Delivery, tell: Tell): () => Promise<void> {
  let nextMinute = Number.NEGATIVE_INFINITY
  // Not at the start: a machine that boots with a wrong clock gets an hour to set it before anything is deleted by it.
  let nextHour = delivery.clock.elapsed() + hour
  return async () => {
    const elapsed = delivery.clock.elapsed()
    if (elapsed >= nextMinute) {
      nextMinute = elapsed + minute
      await liftProblems(delivery)
      await tellNotices(delivery, tell)
    }
    if (elapsed >= nextHour) {
      nextHour = elapsed + hour
      await delivery.shelf.store.slots.forget(delivery.clock.now() - recorded)
    }
  }
}

/** Lets schedules go on whose missing permission is there again. */
async function liftProblems({ shelf, poster, clock, note }: Delivery): Promise<void> {
  for (const schedule of await shelf.store.slots.withProblem(looked)) {
    const { problem } = schedule
    const seen = problem !== undefined && problem.missing.length > 0
    if (!seen && clock.now() < (problem?.at ?? 0) + blindRetry) continue
    const check = await poster.check(targetOf(schedule))
    if (check.kind !== 'allowed') continue
    await shelf.store.slots.clearProblem(schedule.id)
    note('a schedule goes on', { scheduleId: schedule.id })
  }
}

/** By direct message; who cannot be reached so learns of it at their next command. */
async function tellNotices({ shelf, poster, clock, note }: Delivery, tell: Tell): Promise<void> {
  for (const notice of await shelf.store.notices.untried(batch)) {
    if (notice.userId === undefined) continue
    try {
      const told = await poster.post({
        target: { userId: notice.userId },
        message: tell(notice),
        nonce: notice.id,
        signal: clock.deadline(tellTimeout),
      })
      if (told.kind === 'posted') await shelf.store.notices.told(notice.id)
    } catch (error) {
      note('a notice could not be told', { id: notice.id, error: messageOf(error) })
    }
  }
}
