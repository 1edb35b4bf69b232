import { messageOf } from '../errors.ts'
import type { Clock } from './clock.ts'
import type { Delivery } from './deliver.ts'

/** How long `close` waits for tasks that run, in milliseconds. */
const shutdownTimeout = 4_000

/** Work of one process that is repeated for as long as it runs. */
export interface PeriodicTask {
  /** What the log says when a run fails. */
  readonly failure: string
  /** The longest time between the starts of two runs, in milliseconds. */
  readonly every: number
  /** Milliseconds after the start before its first run; none when left out. */
  readonly firstAfter?: number
  /** Whether it also runs when something was changed by a command. */
  readonly onWake?: boolean
  /**
   * @param stopping aborts when the process stops: the rest is left to other processes
   * @returns milliseconds until there is more to do, where that is sooner than `every`
   */
  run(stopping: AbortSignal): Promise<number | undefined>
}

export interface PeriodicTasks {
  /** Begins what is due, unless it still runs. Never waits: Discord may answer none of it. */
  start(): void
  /** Makes the tasks due that run when something was changed; one that runs now runs again afterwards. */
  wake(): void
  /** Milliseconds until the next task is due; 0 for one that is, infinite while all that are due are running. */
  nextIn(): number
  /** Resolves when nothing runs. Never rejects. */
  idle(): Promise<void>
  /** Tells running tasks to stop, and waits a while for them. Never rejects. */
  close(): Promise<void>
}

/** Runs each task by the monotonic clock, one run of it at a time; `onDueAgain` is called when one ends that is due again already. */
export function openPeriodicTasks(
  tasks: readonly PeriodicTask[],
  { clock, note, onDueAgain }: { clock: Clock; note: Delivery['note']; onDueAgain: () => void },
): PeriodicTasks {
  const startedAt = clock.elapsed()
  const dueAt = new Map(tasks.map(task => [task, startedAt + (task.firstAfter ?? 0)]))
  const running = new Map<PeriodicTask, Promise<void>>()
  const stop = new AbortController()

  const plan = (task: PeriodicTask, at: number) => dueAt.set(task, Math.min(dueAt.get(task) ?? at, at))
  const begin = (task: PeriodicTask): void => {
    dueAt.set(task, clock.elapsed() + task.every)
    const done = task
      .run(stop.signal)
      .then(
        again => void (again !== undefined && plan(task, clock.elapsed() + again)),
        error => note(task.failure, { error: messageOf(error) }),
      )
      .finally(() => {
        running.delete(task)
        if (clock.elapsed() >= (dueAt.get(task) ?? 0)) onDueAgain()
      })
    running.set(task, done)
  }
  const waiting = () => tasks.filter(task => !running.has(task))
  const idle = async (): Promise<void> => void (await Promise.all(running.values()))
  return {
    start() {
      if (stop.signal.aborted) return
      for (const task of waiting()) if (clock.elapsed() >= (dueAt.get(task) ?? 0)) begin(task)
    },
    wake() {
      for (const task of tasks) if (task.onWake === true) plan(task, clock.elapsed())
    },
    nextIn: () => Math.max(0, Math.min(...waiting().map(task => dueAt.get(task) ?? 0)) - clock.elapsed()),
    idle,
    async close() {
      stop.abort()
      await Promise.race([idle(), clock.sleep(shutdownTimeout)])
    },
  }
}
