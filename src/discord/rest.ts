import { DiscordAPIError, type RateLimitData, type REST, type RESTOptions, Routes } from 'discord.js'
import pRetry from 'p-retry'
import { type Clock, watchSetBack } from '../delivery/clock.ts'
import { Failure } from '../errors.ts'
import { UnpausedAgent } from '../http-agent.ts'
import type { Log } from '../log.ts'

/**
 * Options of the one REST client. It never retries by itself: the caller knows what must not be done twice. Its
 * queue delays what a rate limit would refuse, except for requests whose caller decides how long to wait.
 */
export const restOptions = (apiUrl: string): Partial<RESTOptions> => ({
  api: apiUrl,
  agent: new UnpausedAgent(),
  retries: 0,
  rejectOnRateLimit: isPacedByCaller,
})

const pacedRoutes =
  /^\/(?:channels\/[^/]+\/(?:messages|threads)|users\/@me\/channels|guilds\/[^/]+\/threads\/active)$/u

/** Posting and looking for posts: the rate limiter, or `retryTransient`, decides when they are tried again. */
const isPacedByCaller = ({ method, route }: RateLimitData): boolean =>
  method !== 'PATCH' && pacedRoutes.test(route)

export interface RestWatch {
  /** The time by Discord's clock, epoch ms, up to two seconds behind: what its snowflakes are made by. */
  now(): number
  /** Resolves when Discord itself has answered more than once that the token is invalid. */
  readonly revoked: Promise<Failure>
}

/** How many requests in a row must fail with 401 before the token counts as revoked. */
const confirmations = { retries: 3, minTimeout: 1_000, factor: 3 }

/**
 * Reads two things from every answer: what time it is for Discord, from the `Date` header, and whether the token was
 * refused. discord.js drops its token at the first 401, from whatever proxy, and then fails every later request before
 * it leaves: the token is put back, and asked about again.
 */
export function watchRest(
  rest: REST,
  { token, clock, log }: { token: string; clock: Clock; log: Log },
): RestWatch {
  let ahead = Date.now() - clock.elapsed()
  let end: (failure: Failure) => void = () => {}
  const revoked = new Promise<Failure>(resolve => {
    end = resolve
  })
  let confirming = false
  const isSetBack = watchSetBack()
  isSetBack(ahead)
  const confirm = async () => {
    if (confirming) return
    confirming = true
    const ask = () => rest.setToken(token).get(Routes.user())
    const error = await pRetry(ask, confirmations).then(
      () => undefined,
      error => error,
    )
    confirming = false
    if (isUnauthorized(error))
      end(new Failure('busy', 'Discord no longer accepts the token in DISCORD_TOKEN.'))
    else rest.setToken(token)
  }
  rest.on('response', ({ data }, { status, headers }) => {
    if (isSetBack(Date.now() - clock.elapsed())) forgetResets(rest)
    const date = Date.parse(headers.get('date') ?? '')
    if (!Number.isNaN(date)) ahead = date - clock.elapsed()
    if (status !== 401 || data.auth === false) return
    log.warn('a request was answered with 401: asking again whether the token is valid')
    // After discord.js has dropped it.
    setImmediate(() => void confirm())
  })
  return { now: () => Math.floor(clock.elapsed() + ahead), revoked }
}

/**
 * discord.js keeps by the wall clock until when each route waits: after a leap of a year and back it would wait for that
 * year. Discord will answer 429 again where a limit is exceeded.
 */
function forgetResets(rest: REST): void {
  rest.globalReset = -1
  for (const handler of rest.handlers.values()) Object.assign(handler, { reset: -1 })
}

const isUnauthorized = (error: unknown): boolean => error instanceof DiscordAPIError && error.status === 401
