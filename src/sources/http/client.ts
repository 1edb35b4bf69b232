import pRetry from 'p-retry'
import pThrottle from 'p-throttle'
import { messageOf } from '../../errors.ts'
import { UnpausedAgent } from '../../http-agent.ts'
import { SourceError } from '../port.ts'
import { type Exchange, exchange } from './exchange.ts'
import type { Lane, RateLimits } from './limits.ts'
import { publicLookup } from './private-address.ts'
import type { HttpRequest, Validators } from './request.ts'
import { pauseAsked } from './retry-after.ts'

export interface HttpAnswer {
  /** Undefined: not modified. */
  readonly bytes: Buffer | undefined
  readonly headers: Headers
  readonly validators: Validators
  /** The server asks for a pause before the next request, epoch ms. */
  readonly notBefore: number | undefined
}

export interface Http {
  /** @throws SourceError when there is no sound answer: see `SourceErrorKind` */
  get(url: URL | string, request: HttpRequest): Promise<HttpAnswer>
  close(): Promise<void>
}

export interface HttpOptions {
  readonly clock: { now(): number; sleep(ms: number, signal?: AbortSignal): Promise<void> }
  readonly limits: RateLimits
  /** Milliseconds; each pause after a failure is twice the last. */
  readonly firstPause?: number
  readonly timeout?: number
}

const timeLimit = 60_000
const retries = 3
/** A pause that is longer is left to the next look: nothing waits in memory for it. */
const longestPause = 60_000
/** Answers that may be others the next time; 408 and 425 are early ends, 429 and 5xx load and faults. */
const passes = (status: number): boolean =>
  status === 408 || status === 425 || status === 429 || status >= 500

/** The one client that sources are read with: paced for each lane, with retries, and bounds for size and time. */
export function openHttp({ clock, limits, firstPause = 2_000, timeout = timeLimit }: HttpOptions): Http {
  // One connection to a host at a time, as arXiv wants it.
  let closed: Promise<unknown> | undefined
  const open = new UnpausedAgent({ connections: 1, headersTimeout: timeout, bodyTimeout: timeout })
  const guarded = new UnpausedAgent({
    connections: 1,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    connect: { lookup: publicLookup },
  })
  const lanes = new Map<string, (send: () => Promise<Exchange>) => Promise<Exchange>>()
  const laneOf = (lane: Lane, { hostname }: URL) => {
    const name = lane === 'other' ? `other ${hostname}` : lane
    const known = lanes.get(name)
    if (known !== undefined) return known
    const opened = openLane(limits[lane])
    lanes.set(name, opened)
    return opened
  }

  const attempt = async (url: URL, request: HttpRequest): Promise<HttpAnswer> => {
    const dispatcher = request.publicOnly === true ? guarded : open
    const got = await laneOf(
      request.lane,
      url,
    )(() => {
      // Waiting for its turn is not the server's delay.
      const limit = AbortSignal.timeout(timeout)
      const signal = request.signal === undefined ? limit : AbortSignal.any([limit, request.signal])
      return exchange(url, request, { dispatcher, signal })
    })
    return answerOf(got, url, clock.now())
  }

  return {
    async get(url, request) {
      const target = new URL(url)
      return await pRetry(() => attempt(target, request), {
        retries,
        minTimeout: 0,
        shouldRetry: ({ error }) => mayPass(error, clock.now()) && request.signal?.aborted !== true,
        onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
          if (retriesLeft === 0 || !mayPass(error, clock.now())) return
          const jitter = 0.75 + Math.random() / 2
          const asked = error instanceof SourceError ? (error.notBefore ?? 0) - clock.now() : 0
          await clock.sleep(Math.max(asked, firstPause * 2 ** (attemptNumber - 1) * jitter), request.signal)
        },
      }).catch(error => {
        throw error instanceof SourceError ? error : explained(error, target)
      })
    },
    // Whoever stops in the middle of stopping asks twice.
    close: async () => {
      closed ??= Promise.all([open.close(), guarded.close()])
      await closed
    },
  }
}

/** Paces requests, and lets each wait for the one before it. */
function openLane({ limit, interval }: RateLimits[Lane]) {
  const paced = pThrottle({ limit, interval, strict: true })((send: () => Promise<Exchange>) => send())
  let last: Promise<unknown> = Promise.resolve()
  return (send: () => Promise<Exchange>): Promise<Exchange> => {
    const done = last.then(() => paced(send))
    last = done.catch(() => {})
    return done
  }
}

function mayPass(error: unknown, now: number): boolean {
  if (!(error instanceof SourceError)) return true
  return error.kind === 'unreachable' && (error.notBefore ?? 0) - now <= longestPause
}

function answerOf({ status, headers, bytes }: Exchange, url: URL, now: number): HttpAnswer {
  const pause = pauseAsked(headers, now)
  const notBefore = pause > 0 ? now + pause : undefined
  if (status === 304) return { bytes: undefined, headers, validators: {}, notBefore }
  if (passes(status))
    throw new SourceError('unreachable', `${url.host} answers ${status}${meaning(status)}`, { notBefore })
  if (status !== 200) throw new SourceError('refused', `${url.host} answers ${status}${meaning(status)}`)
  const validators = {
    etag: headers.get('etag') ?? undefined,
    lastModified: headers.get('last-modified') ?? undefined,
  }
  return { bytes, headers, validators, notBefore }
}

const meanings: Readonly<Record<number, string>> = {
  400: 'the request is not understood',
  401: 'a key is needed',
  403: 'it is not allowed',
  404: 'it is not there',
  410: 'it is gone',
  429: 'too many requests',
  503: 'it is overloaded',
}
const meaning = (status: number): string => (meanings[status] === undefined ? '' : ` (${meanings[status]})`)

/** What undici says hides the cause; neither names the query, which may hold a key. */
function explained(error: unknown, { host }: URL): SourceError {
  const cause = error instanceof Error ? error.cause : undefined
  if (cause instanceof SourceError) return cause
  if (error instanceof Error && error.name === 'TimeoutError')
    return new SourceError('unreachable', `${host} does not answer in time`, { cause: error })
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : messageOf(error).slice(0, 80)
  return new SourceError('unreachable', `${host} cannot be reached (${code})`, { cause: error })
}
