import { messageOf } from '../errors.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { newId } from '../store/ids.ts'
import type { Notice } from '../store/schedule-ports.ts'
import type { Message } from '../view/reply.ts'
import type { Delivery } from './deliver.ts'
import { openPeriodicTasks, type PeriodicTask, type PeriodicTasks } from './periodic-tasks.ts'
import { placeOf } from './poster.ts'

/** Renders a notice for the person it is for. */
export type RenderNotice = (notice: Notice) => Message

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** How long slots are kept. */
const slotRetention = 400 * day
/** How long a request's key is remembered; its interaction can be answered for a quarter of an hour. */
const requestRetention = 2 * hour
/** Notices sent in one run. */
const batch = 50
/** Stopped schedules checked in one run. */
const problemBatch = 2_000
const noticeTimeout = 15 * second

export interface MaintenanceOptions {
  readonly renderNotice: RenderNotice
  /** Work to repeat besides the scheduler's own. */
  readonly tasks?: readonly PeriodicTask[]
}

/** Repeats what a process does besides delivering; see `openPeriodicTasks` for `onDueAgain`. */
export function openMaintenance(
  delivery: Delivery,
  { renderNotice, tasks = [] }: MaintenanceOptions,
  onDueAgain: () => void,
): PeriodicTasks {
  const { clock, note, sources } = delivery
  const processId = newId('p')
  const own = maintenanceTasks(delivery, processId, renderNotice)
  const periodic = openPeriodicTasks([...own, ...tasks], { clock, note, onDueAgain })
  return {
    ...periodic,
    close: async () => {
      await periodic.close()
      // The other processes need not wait until this one is missed.
      await sources.store.processes.leave(processId).catch(() => {})
    },
  }
}

function maintenanceTasks(delivery: Delivery, processId: string, renderNotice: RenderNotice): PeriodicTask[] {
  const { clock, poster, sources, rateLimiter } = delivery
  // What is deleted by a clock that runs ahead is gone for good.
  const earliest = () => Math.min(clock.now(), poster.now())
  return [
    {
      failure: 'the processes could not be counted',
      every: 30 * second,
      run: async () => void rateLimiter.share(await sources.store.processes.beat(processId, clock.now())),
    },
    {
      failure: 'stopped schedules could not be checked',
      every: minute,
      run: openProblemCheck(delivery),
    },
    {
      failure: 'notices could not be sent',
      every: minute,
      run: () => sendNotices(delivery, renderNotice),
    },
    {
      failure: 'old slots could not be removed',
      every: hour,
      // A machine that boots with a wrong clock gets an hour to set it before anything is deleted by it.
      firstAfter: hour,
      run: async () => void (await sources.store.slots.forget(earliest() - slotRetention)),
    },
    {
      failure: 'old requests could not be removed',
      every: hour,
      run: async () => {
        const until = Math.max(clock.now(), poster.now())
        await sources.store.requests.forget(earliest() - requestRetention, until + requestRetention)
        return undefined
      },
    },
  ]
}

/** How long after it was stopped, or last checked, a schedule is checked again. */
function pauseFor({ problem }: Schedule): number {
  // Whether a missing permission has been granted is known from the gateway, without a request.
  return problem?.kind === 'permission' && problem.missing.length > 0 ? 0 : hour
}

/** Resumes schedules whose problem is over, as far as this process can tell. */
function openProblemCheck({ sources, poster, clock, rateLimiter, note }: Delivery): () => Promise<undefined> {
  /** By the monotonic clock. */
  const lookedAt = new Map<string, number>()
  const isDue = (schedule: Schedule): boolean => {
    const pause = pauseFor(schedule)
    const stoppedFor = clock.now() - (schedule.problem?.at ?? 0)
    const lookedFor = clock.elapsed() - (lookedAt.get(schedule.id) ?? Number.NEGATIVE_INFINITY)
    // What was stopped in the future was stopped by a wrong clock.
    return lookedFor >= pause && (stoppedFor >= pause || stoppedFor < 0)
  }
  const isOver = async (schedule: Schedule): Promise<boolean> => {
    const target = placeOf(schedule)
    if (schedule.problem?.kind === 'gone')
      await clock.sleep(rateLimiter.reserve('look', clock.now()) - clock.now())
    const guildId = schedule.kind === 'daily' ? schedule.guildId : undefined
    return (await poster.check(target, guildId)).kind === 'allowed'
  }
  return async () => {
    const stopped = await sources.store.slots.withProblem(problemBatch)
    const known = new Set(stopped.map(({ id }) => id))
    for (const id of lookedAt.keys()) if (!known.has(id)) lookedAt.delete(id)
    for (const schedule of stopped) {
      if (!isDue(schedule)) continue
      lookedAt.set(schedule.id, clock.elapsed())
      if (!(await isOver(schedule))) continue
      await sources.store.slots.clearProblem(schedule.id)
      note('a schedule was resumed', { scheduleId: schedule.id })
    }
  }
}

/** Sends notices by direct message; whoever cannot be reached gets them with their next command. */
async function sendNotices(
  { sources, poster, clock, rateLimiter, note }: Delivery,
  renderNotice: RenderNotice,
): Promise<undefined> {
  const send = async (notice: Notice) => {
    if (notice.userId === undefined) return
    try {
      await clock.sleep(rateLimiter.reserve(notice.userId, clock.now()) - clock.now())
      const outcome = await poster.post({
        target: { userId: notice.userId },
        message: renderNotice(notice),
        nonce: notice.id,
        signal: clock.deadline(noticeTimeout),
      })
      if (outcome.kind === 'posted') await sources.store.notices.remove(notice.id)
    } catch (error) {
      note('a notice could not be sent', { id: notice.id, error: messageOf(error) })
    }
  }
  await Promise.all((await sources.store.notices.untried(batch)).map(send))
}
