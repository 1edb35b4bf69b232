import { messageOf } from '../errors.ts'
import type { Notice } from '../store/schedule-ports.ts'
import type { Message } from '../view/reply.ts'
import type { Delivery } from './deliver.ts'
import { targetOf } from './poster.ts'

/** Words a notice for the person it is for. */
export type RenderNotice = (notice: Notice) => Message

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long it can be asked what became of a slot. */
const slotRetention = 400 * day
/** A refusal whose cause cannot be seen from here is tried again so often. */
const retryInterval = hour
/** Notices told in one go. */
const batch = 50
/** Stopped schedules looked at in one go; a look asks nobody. */
const problemBatch = 2_000
const noticeTimeout = 15_000

/** What the runner does now and then besides delivering; the returned function does what has become due. */
export function maintenance(delivery: Delivery, renderNotice: RenderNotice): () => Promise<void> {
  let nextMinute = Number.NEGATIVE_INFINITY
  // Not at the start: a machine that boots with a wrong clock gets an hour to set it before anything is deleted by it.
  let nextHour = delivery.clock.elapsed() + hour
  return async () => {
    const elapsed = delivery.clock.elapsed()
    if (elapsed >= nextMinute) {
      nextMinute = elapsed + minute
      await clearProblems(delivery)
      await sendNotices(delivery, renderNotice)
    }
    if (elapsed >= nextHour) {
      nextHour = elapsed + hour
      await delivery.sources.store.slots.forget(delivery.clock.now() - slotRetention)
    }
  }
}

/** Lets schedules go on whose missing permission is there again. */
async function clearProblems({ sources, poster, clock, note }: Delivery): Promise<void> {
  for (const schedule of await sources.store.slots.withProblem(problemBatch)) {
    const { problem } = schedule
    const seen = problem !== undefined && problem.missing.length > 0
    if (!seen && clock.now() < (problem?.at ?? 0) + retryInterval) continue
    const check = await poster.check(targetOf(schedule))
    if (check.kind !== 'allowed') continue
    await sources.store.slots.clearProblem(schedule.id)
    note('a schedule goes on', { scheduleId: schedule.id })
  }
}

/** By direct message; who cannot be reached so learns of it at their next command. */
async function sendNotices(
  { sources, poster, clock, note }: Delivery,
  renderNotice: RenderNotice,
): Promise<void> {
  for (const notice of await sources.store.notices.untried(batch)) {
    if (notice.userId === undefined) continue
    try {
      const outcome = await poster.post({
        target: { userId: notice.userId },
        message: renderNotice(notice),
        nonce: notice.id,
        signal: clock.deadline(noticeTimeout),
      })
      if (outcome.kind === 'posted') await sources.store.notices.told(notice.id)
    } catch (error) {
      note('a notice could not be told', { id: notice.id, error: messageOf(error) })
    }
  }
}
