import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { routePath } from 'hono/route'
import { Failure } from '../errors.ts'
import type { Log } from '../log.ts'

export interface HttpServer {
  readonly url: string
  close(): Promise<void>
}

export interface HttpLimits {
  /** Longer than a load balancer keeps an idle connection, in ms: or it would send into a socket that is just closing. */
  readonly keepAlive: number
  /** A request whose head or body takes longer is cut, in ms; also a response that nobody reads. */
  readonly request: number
  /** How often requests that take too long are looked for, in ms. */
  readonly check: number
  /** Sockets that are open at once. */
  readonly connections: number
}

const defaults: HttpLimits = { keepAlive: 75_000, request: 10_000, check: 2_000, connections: 1_000 }

/** @throws Failure when the address cannot be listened on */
export async function listen(
  parts: readonly Hono[],
  host: string,
  port: number,
  log: Log,
  { keepAlive, request, check, connections } = defaults,
): Promise<HttpServer> {
  const app = new Hono()
  for (const part of parts) app.route('/', part)
  app.onError((err, c) => {
    // Who hangs up in the middle of a request makes an error of it too. A feed's path holds its key: the route does not.
    if (!c.req.raw.signal.aborted)
      log.error({ err, route: `${c.req.method} ${routePath(c, -1)}` }, 'an http route failed')
    return c.text('internal error', 500)
  })
  const server = createServer({
    keepAliveTimeout: keepAlive,
    requestTimeout: request,
    headersTimeout: request,
    connectionsCheckingInterval: check,
  })
  server.maxConnections = connections
  // Idle both ways in the middle of a response: whoever asked does not read.
  server.setTimeout(request + keepAlive)
  server.on('request', getRequestListener(app.fetch))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new Failure(
          'busy',
          `Cannot listen on ${host}:${port} (${error.code}). Set HTTP_PORT to another port.`,
          {
            cause: error,
          },
        ),
      ),
    )
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    async close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), 2_000)
      await closed
      clearTimeout(timer)
    },
  }
}
