/**
 * Rate limits go by real time, not by the sandbox's clock: clients wait in real time, and a clock that stands still
 * would never let them through.
 */
interface Verdict {
  /** `X-RateLimit-*`, and `Retry-After` when it was one too many. */
  readonly headers: Readonly<Record<string, string>>
  /** Seconds until the next try; undefined: go ahead. */
  readonly retryAfter: number | undefined
  readonly global: boolean
}

export interface Limits {
  /**
   * @param route method and pattern, such as `POST /channels/:channel/messages`
   * @param major the channel, server or webhook that the bucket belongs to
   * @param exempt from the global limit, as interaction endpoints are
   */
  check(route: string, major: string, exempt: boolean): Verdict
}

interface Window {
  left: number
  /** performance.now() */
  until: number
}

/** Requests a second, over all routes. */
const globalLimit = 50

/** Requests per milliseconds, as observed of Discord; it publishes no table, so clients must read the headers. */
const observed: readonly (readonly [route: RegExp, limit: number, ms: number])[] = [
  [/^(POST|PATCH) \/channels\/:channel\/messages/, 5, 5000],
  [/^DELETE \/channels\/:channel\/messages/, 5, 1000],
  [/^(PUT|DELETE) .*\/reactions/, 1, 250],
  [/^(POST|PATCH|DELETE) \/webhooks/, 5, 2000],
  [/^POST .*\/threads/, 10, 10_000],
  [/^POST \/users\/@me\/channels/, 10, 10_000],
  [/^PUT \/applications/, 2, 2000],
]
const usual = [10, 1000] as const

export function createLimits(now: () => number = () => performance.now()): Limits {
  const windows = new Map<string, Window>()

  function take(key: string, limit: number, ms: number): Window {
    const at = now()
    const found = windows.get(key)
    if (found !== undefined && found.until > at) {
      found.left -= 1
      return found
    }
    if (windows.size > 10_000) for (const [old, { until }] of windows) if (until <= at) windows.delete(old)
    const fresh = { left: limit - 1, until: at + ms }
    windows.set(key, fresh)
    return fresh
  }

  return {
    check(route, major, exempt) {
      if (!exempt) {
        const all = take('global', globalLimit, 1000)
        if (all.left < 0) return refused((all.until - now()) / 1000, true, {})
      }
      if (/^POST \/interactions/.test(route)) return { headers: {}, retryAfter: undefined, global: false }
      const [limit, ms] =
        (observed.find(([pattern]) => pattern.test(route))?.slice(1) as [number, number]) ?? usual
      const { left, until } = take(`${route} ${major}`, limit, ms)
      const wait = (until - now()) / 1000
      const headers = {
        'X-RateLimit-Limit': String(limit),
        'X-RateLimit-Remaining': String(Math.max(0, left)),
        'X-RateLimit-Reset': (Date.now() / 1000 + wait).toFixed(3),
        'X-RateLimit-Reset-After': wait.toFixed(3),
        'X-RateLimit-Bucket': bucketOf(route),
      }
      return left < 0 ? refused(wait, false, headers) : { headers, retryAfter: undefined, global: false }
    },
  }
}

export const unlimited: Limits = {
  check: () => ({ headers: {}, retryAfter: undefined, global: false }),
}

function refused(wait: number, global: boolean, headers: Record<string, string>): Verdict {
  return {
    retryAfter: wait,
    global,
    headers: { ...headers, ...tooMany(wait, global) },
  }
}

/** @param wait seconds; the header counts whole ones, as Discord's does */
export const tooMany = (wait: number, global: boolean): Record<string, string> => ({
  'Retry-After': String(Math.ceil(wait)),
  'X-RateLimit-Scope': global ? 'global' : 'user',
  ...(global ? { 'X-RateLimit-Global': 'true' } : {}),
})

/** Opaque, and the same for each channel of a route. */
function bucketOf(route: string): string {
  let hash = 0
  for (const character of route) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0
  return hash.toString(16).padStart(8, '0')
}
