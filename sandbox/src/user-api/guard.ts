import { isIP } from 'node:net'
import type { MiddlewareHandler } from 'hono'

/**
 * Keeps other web pages in the user's browser out: a request must call this server by an address or a name that no
 * stranger can point here (which a rebound domain name is not), and must not come from another origin.
 * @param host that the server was told to listen on
 */
export function guardMiddleware(host: string): MiddlewareHandler {
  return async (c, next) => {
    const called = c.req.header('host') ?? ''
    const origin = c.req.header('origin')
    const site = c.req.header('sec-fetch-site')
    if (!isTrusted(called, host)) return c.json({ error: 'the sandbox does not answer to that name' }, 403)
    if (origin !== undefined && origin !== `http://${called}`)
      return c.json({ error: 'the sandbox answers its own page alone' }, 403)
    if (site === 'cross-site' && c.req.header('sec-fetch-mode') !== 'navigate')
      return c.json({ error: 'the sandbox answers its own page alone' }, 403)
    const { method } = c.req
    const writes = method !== 'GET' && method !== 'HEAD' && method !== 'DELETE'
    if (writes && !c.req.header('content-type')?.startsWith('application/json'))
      return c.json({ error: 'send JSON' }, 400)
    return next()
  }
}

/** Whether a Host header is an address, or a name that no stranger can point here. */
export function isTrusted(called: string, host: string): boolean {
  const name = called
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase()
  return name === 'localhost' || name === host.toLowerCase() || isIP(name) !== 0
}
