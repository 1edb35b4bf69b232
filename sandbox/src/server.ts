import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { SandboxError } from './errors.ts'

/** Longer than any client keeps an idle connection: or one would send into a socket that is just closing. */
const keepAlive = 75_000

/** @throws SandboxError when the address cannot be listened on */
export async function listen(app: Hono, host: string, port: number): Promise<Server> {
  const server = createServer(getRequestListener(app.fetch))
  server.keepAliveTimeout = keepAlive
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(failureOf(error, host, port)))
    server.listen(port, host, resolve)
  })
  return server
}

function failureOf(error: NodeJS.ErrnoException, host: string, port: number): SandboxError {
  const at = `${host}:${port}`
  if (error.code === 'EADDRINUSE')
    return new SandboxError(`Something already listens on ${at}. Set PORT to another port.`, {
      cause: error,
    })
  return new SandboxError(`The sandbox cannot listen on ${at}: ${error.message}`, { cause: error })
}

/** Where a browser and the bot on this machine reach the server. */
export function urlOf(server: Server, host: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const everywhere = host === '0.0.0.0' || host === '::'
  const name = everywhere ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}
