import { messageOf } from '../errors.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { newId } from '../store/ids.ts'
import type { Notice } from '../store/schedule-ports.ts'
import type { Message } from '../view/reply.ts'
import type { Delivery } from './deliver.ts'
import { targetOf } from './poster.ts'

/** Renders a notice for the person it is for. */
export type RenderNotice = (notice: Notice) => Message

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** How long slots are kept. */
const slotRetention = 400 * day
/** Notices sent in one run. */
const batch = 50
/** Stopped schedules checked in one run. */
const problemBatch = 2_000
const noticeTimeout = 15 * second

export interface Maintenance {
  /** Begins what has become due, unless it still runs. Never waits: Discord may answer none of it. */
  start(): void
  /** Resolves when nothing runs. Never rejects. */
  idle(): Promise<void>
  /** This process ends: the others need not wait until it is missed. */
  close(): Promise<void>
}

interface Task {
  readonly every: number
  /** Milliseconds after the start before its first run; at once when left out. */
  readonly firstAfter?: number
  run(): Promise<void>
}

/** What the runner does now and then besides delivering. */
export function openMaintenance(delivery: Delivery, renderNotice: RenderNotice): Maintenance {
  const { clock, sources, rateLimiter, note } = delivery
  const processId = newId('p')
  const tasks: Record<string, Task> = {
    'the processes could not be counted': {
      every: 30 * second,
      run: async () => rateLimiter.share(await sources.store.processes.beat(processId, clock.now())),
    },
    'stopped schedules could not be looked at': { every: minute, run: openProblemCheck(delivery) },
    'notices could not be told': { every: minute, run: () => sendNotices(delivery, renderNotice) },
    'old slots could not be removed': {
      every: hour,
      // A machine that boots with a wrong clock gets an hour to set it before anything is deleted by it.
      firstAfter: hour,
      run: async () => void (await sources.store.slots.forget(clock.now() - slotRetention)),
    },
  }
  const startedAt = clock.elapsed()
  const due = new Map<string, number>()
  const running = new Map<string, Promise<void>>()
  const begin = (name: string, task: Task) => {
    due.set(name, clock.elapsed() + task.every)
    const done = task
      .run()
      .catch(error => note(name, { error: messageOf(error) }))
      .finally(() => running.delete(name))
    running.set(name, done)
  }
  return {
    start() {
      for (const [name, task] of Object.entries(tasks))
        if (!running.has(name) && clock.elapsed() >= (due.get(name) ?? startedAt + (task.firstAfter ?? 0)))
          begin(name, task)
    },
    async idle() {
      await Promise.all(running.values())
    },
    close: () => sources.store.processes.leave(processId).catch(() => {}),
  }
}

/** How long after it was stopped, or last checked, a schedule is checked again. */
function pauseFor({ problem }: Schedule): number {
  // Permissions that are known to be missing can be seen to come back without asking anybody.
  return problem?.kind === 'permission' && problem.missing.length > 0 ? 0 : hour
}

/** Lets schedules go on whose problem is over, as far as can be seen from here. */
function openProblemCheck({ sources, poster, clock, rateLimiter, note }: Delivery): () => Promise<void> {
  const lookedAt = new Map<string, number>()
  const isOver = async (schedule: Schedule): Promise<boolean> => {
    const target = targetOf(schedule)
    if (schedule.problem?.kind === 'gone')
      await clock.sleep(rateLimiter.reserve('look', clock.now()) - clock.now())
    return (await poster.check(target)).kind === 'allowed'
  }
  return async () => {
    const stopped = await sources.store.slots.withProblem(problemBatch)
    const known = new Set(stopped.map(({ id }) => id))
    for (const id of lookedAt.keys()) if (!known.has(id)) lookedAt.delete(id)
    for (const schedule of stopped) {
      const last = Math.max(schedule.problem?.at ?? 0, lookedAt.get(schedule.id) ?? 0)
      if (clock.now() < last + pauseFor(schedule)) continue
      lookedAt.set(schedule.id, clock.now())
      if (!(await isOver(schedule))) continue
      await sources.store.slots.clearProblem(schedule.id)
      note('a schedule goes on', { scheduleId: schedule.id })
    }
  }
}

/** Sends notices by direct message; whoever cannot be reached gets them with their next command. */
async function sendNotices(
  { sources, poster, clock, rateLimiter, note }: Delivery,
  renderNotice: RenderNotice,
): Promise<void> {
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
      note('a notice could not be told', { id: notice.id, error: messageOf(error) })
    }
  }
  await Promise.all((await sources.store.notices.untried(batch)).map(send))
}
