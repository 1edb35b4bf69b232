import { setTimeout as sleep } from 'node:timers/promises'
import type { Channels, MessageRef } from '../bot/channels.ts'
import { coalescer } from '../delivery/write-coalescer.ts'
import { Failure } from '../errors.ts'
import type { Log } from '../log.ts'

export interface MessageUpdater {
  readonly refresh: Channels['refresh']
  /** Writes what is pending, and waits for it. */
  close(): Promise<void>
}

/** Between two changes of one message. Discord allows about one a second in a channel. */
const editInterval = 2000
/** After that many failures in a row, which take some minutes, a message is left as it is. */
const tries = 7
/** How long `close` waits for the last changes. */
const shutdownTimeout = 4000

interface Job {
  readonly ref: MessageRef
  readonly render: Parameters<Channels['refresh']>[1]
}

/**
 * Keeps messages up to date without a write for every change. Uses the monotonic clock: with the wall clock, a
 * leap of a year and back would leave a message as it is for that year.
 */
export function openMessageUpdater(edit: Channels['edit'], log: Log, gap = editInterval): MessageUpdater {
  const plan = coalescer({ gap, tries })
  const latest = new Map<string, Job>()
  const running = new Set<Promise<void>>()
  let timer: NodeJS.Timeout | undefined
  let firesAt = Infinity

  const schedule = (at: number | undefined): void => {
    if (at === undefined || at >= firesAt) return
    clearTimeout(timer)
    firesAt = at
    timer = setTimeout(run, Math.max(0, at - performance.now())).unref()
  }
  const run = (): void => {
    firesAt = Infinity
    for (const key of plan.take(performance.now())) {
      const done = write(key).finally(() => running.delete(done))
      running.add(done)
    }
    schedule(plan.nextAt())
  }
  const write = async (key: string): Promise<void> => {
    const job = latest.get(key)
    if (job === undefined) return
    latest.delete(key)
    const ok = await attempt(job)
    if (!ok && !latest.has(key)) latest.set(key, job)
    if (plan.written(key, performance.now(), ok) === 'dropped') {
      latest.delete(key)
      log.warn({ message: job.ref.messageId }, 'a message could not be brought up to date')
    }
    schedule(plan.nextAt())
  }
  const attempt = async ({ ref, render }: Job): Promise<boolean> => {
    try {
      const message = await render()
      if (message !== undefined) await edit(ref, message)
      return true
    } catch (error) {
      if (error instanceof Failure && error.kind === 'busy') return false
      log.warn({ err: error, message: ref.messageId }, 'a message cannot be brought up to date')
      return true
    }
  }
  return {
    refresh: (ref, render) => {
      latest.set(ref.messageId, { ref, render })
      schedule(plan.changed(ref.messageId, performance.now()))
    },
    close: async () => {
      clearTimeout(timer)
      await Promise.race([Promise.allSettled(running), sleep(shutdownTimeout, undefined, { ref: false })])
      await Promise.race([
        Promise.allSettled([...latest.values()].map(attempt)),
        sleep(shutdownTimeout, undefined, { ref: false }),
      ])
    },
  }
}
