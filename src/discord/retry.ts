import { setTimeout as sleep } from 'node:timers/promises'
import { RateLimitError, type REST } from 'discord.js'
import pRetry from 'p-retry'
import { isTransientError } from './rest-errors.ts'

/** How long one request waits for rate limits, ms: so long Discord surely knows its nonce. */
const longestWait = 60_000

/**
 * Retries after an error of the network or a proxy, and after a rate limit. For requests that may be carried out twice
 * without harm.
 * @param minTimeout ms before the second try; doubled before each further one
 */
export function retryTransient<T>(
  request: () => Promise<T>,
  { retries = 3, minTimeout = 250 }: { retries?: number; minTimeout?: number } = {},
): Promise<T> {
  const until = performance.now() + longestWait
  return pRetry(() => withinLimits(request, until), {
    retries,
    minTimeout,
    factor: 2,
    shouldRetry: ({ error }) => isTransientError(error),
  })
}

/** Reads that wait for their rate limit one by one: of many pages none is read twice. */
export const patientReader = (rest: REST): Pick<REST, 'get'> => ({
  get: (...request) => withinLimits(() => rest.get(...request)),
})

/** Waits while a rate limit refuses the request. That is no try: the request was not carried out. */
async function withinLimits<T>(
  request: () => Promise<T>,
  until: number = performance.now() + longestWait,
): Promise<T> {
  for (;;) {
    try {
      return await request()
    } catch (error) {
      if (!(error instanceof RateLimitError) || performance.now() + error.retryAfter > until) throw error
      await sleep(error.retryAfter, undefined, { ref: false })
    }
  }
}
