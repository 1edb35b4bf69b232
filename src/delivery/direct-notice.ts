import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Message } from '../view/reply.ts'
import type { Clock } from './clock.ts'
import type { PeriodicTask } from './periodic-tasks.ts'
import type { Poster } from './poster.ts'
import type { RateLimiter } from './rate-limiter.ts'

export interface DirectNoticeParts {
  readonly poster: Pick<Poster, 'post'>
  readonly rateLimiter: RateLimiter
  readonly clock: Clock
  readonly log: Log
}

const sendTimeout = 15_000

/**
 * One try to tell a member something by direct message. It never throws: whoever cannot be reached is told with their next
 * command.
 * @param about what the notice is of, for the nonce and the log
 * @returns whether it arrived
 */
async function sendDirect(
  { poster, rateLimiter, clock, log }: DirectNoticeParts,
  { userId, about, message }: { readonly userId: string; readonly about: string; readonly message: Message },
): Promise<boolean> {
  try {
    await clock.sleep(rateLimiter.reserve(userId, clock.now()) - clock.now())
    const outcome = await poster.post({
      target: { userId },
      message,
      nonce: `${about.slice(-14)}${String(clock.now()).slice(-10)}`,
      signal: clock.deadline(sendTimeout),
    })
    return outcome.kind === 'posted'
  } catch (error) {
    log.info({ about, error: messageOf(error) }, 'a notice could not be sent')
    return false
  }
}

const minute = 60_000
/** Notices that are sent in one round. */
const batch = 20

/** Notices of one kind, each for one member. */
interface Notices<T> {
  /** What the log says when they could not be read. */
  readonly failure: string
  /** Those for which no direct message was tried, and which count as tried from then on. */
  untried(limit: number): Promise<readonly T[]>
  /** Undefined: nobody is there to be told. */
  noticeOf(
    notice: T,
  ): { readonly userId: string; readonly about: string; readonly message: Message } | undefined
  /** It arrived. */
  told(notice: T): Promise<unknown>
}

/** Tells members by direct message; whoever cannot be reached is told with their next command. */
export const noticeTask = <T>(
  parts: DirectNoticeParts,
  { failure, untried, noticeOf, told }: Notices<T>,
): PeriodicTask => ({
  failure,
  every: minute,
  run: async () => {
    await Promise.all(
      (await untried(batch)).map(async notice => {
        const sent = noticeOf(notice)
        if (sent !== undefined && (await sendDirect(parts, sent))) await told(notice)
      }),
    )
    return undefined
  },
})
