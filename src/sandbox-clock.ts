import type { Sandbox } from 'discord-sandbox'
import type { Clock } from './delivery/clock.ts'
import type { Scheduler } from './delivery/scheduler.ts'
import { messageOf } from './errors.ts'
import type { Log } from './log.ts'

/** The sandbox's clock as the bot's: who moves one moves both. Deadlines of requests stay real. */
export const sandboxClock = ({ clock }: Pick<Sandbox, 'clock'>): Clock => ({
  now: clock.now,
  // Moved on as well: for the bot the time has passed, its clock was not set.
  elapsed: () => performance.now() + clock.ahead(),
  deadline: ms => AbortSignal.timeout(ms),
  sleep: (ms, signal) =>
    new Promise(resolve => {
      if (signal?.aborted === true) return resolve()
      const wake = () => {
        cancel()
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const cancel = clock.after(Math.max(0, ms), wake)
      signal?.addEventListener('abort', wake, { once: true })
    }),
})

/** Does what is due at each step of the sandbox's clock before it is moved further. Returns what ends it. */
export const followClock = (
  sandbox: Pick<Sandbox, 'followClock'>,
  picks: Pick<Scheduler, 'round' | 'idle'>,
  log: Log,
): (() => void) =>
  sandbox.followClock(async () => {
    try {
      await picks.round()
      await picks.idle()
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'the schedules could not follow the sandbox’s clock')
    }
  })
