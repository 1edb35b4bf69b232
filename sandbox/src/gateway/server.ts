import type { IncomingMessage, Server } from 'node:http'
import { GatewayOpcodes as Op } from 'discord-api-types/v10'
import { type WebSocket, WebSocketServer } from 'ws'
import type { World } from '../state/world.ts'
import { isTrusted } from '../user-api/guard.ts'
import { createConnection } from './connection.ts'
import { encoder } from './encoder.ts'
import { close } from './frames.ts'
import { createHub } from './hub.ts'
import type { Socket } from './session.ts'

export interface Gateway {
  /**
   * Takes over the upgrades to `/gateway` of an HTTP server.
   * @param host that the server was told to listen on
   */
  listen(server: Server, host: string): void
  /** Cuts every socket without a goodbye. A session that is not resumable is gone as well. */
  drop(options: { resumable: boolean }): void
  /** Tells clients that their session is invalid. */
  invalidate(options: { resumable: boolean }): void
  /** Asks clients to reconnect and resume. */
  askReconnect(): void
  /** Closes every socket with a code of Discord's. */
  closeAll(code: number): void
  stop(): void
}

/** The gateway as the client reaches it: by the name it called the server. */
export const gatewayUrl = (host: string): string => `ws://${host}/gateway`

/** More than any bot opens; a page that opens them without end gets no further. */
const mostSockets = 64

/** The query of an upgrade to the gateway by a bot; undefined for other addresses, other names, and web pages. */
function queryOf({ url = '/', headers }: IncomingMessage, host: string): URLSearchParams | undefined {
  // A browser names the page that opens a socket; bots are no pages.
  if (headers.origin !== undefined || !isTrusted(headers.host ?? '', host)) return undefined
  const address = URL.parse(url, 'ws://sandbox')
  return address !== null && /^\/gateway\/?$/.test(address.pathname) ? address.searchParams : undefined
}

/** @param heartbeatInterval ms between a client's signs of life; after two it counts as gone */
export function createGateway(world: World, heartbeatInterval: number): Gateway {
  const hub = createHub(world)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 15_360, perMessageDeflate: false })

  function serve(socket: WebSocket, query: URLSearchParams, resumeUrl: string) {
    const send = encoder(socket, query.get('compress'))
    const line: Socket = {
      send: frame => socket.readyState === socket.OPEN && send(JSON.stringify(frame)),
      end: code => (code === undefined ? socket.terminate() : socket.close(code)),
    }
    if (query.get('v') !== '10' || (query.get('encoding') ?? 'json') !== 'json')
      return line.end(close.invalidVersion)
    const connection = createConnection(world, hub, line, { heartbeatInterval, resumeUrl })
    const watch = setInterval(() => {
      if (performance.now() - connection.recentFrames() > 2 * heartbeatInterval)
        line.end(close.sessionTimedOut)
    }, heartbeatInterval).unref()
    socket.on('message', data => connection.receive(String(data)))
    socket.on('error', () => socket.terminate())
    socket.on('close', code => {
      clearInterval(watch)
      connection.closed(code === 1000 || code === 1001)
    })
  }

  const lines = () => [...hub.sessions].flatMap(session => session.line ?? [])
  return {
    listen(server, host) {
      server.on('upgrade', (request, socket, head) => {
        socket.on('error', () => socket.destroy())
        const query = queryOf(request, host)
        if (query === undefined || sockets.clients.size >= mostSockets) return socket.destroy()
        sockets.handleUpgrade(request, socket, head, ready =>
          serve(ready, query, gatewayUrl(request.headers.host ?? '')),
        )
      })
    },
    drop({ resumable }) {
      const open = lines()
      if (!resumable) for (const session of hub.sessions) hub.end(session)
      for (const line of open) line.end()
    },
    invalidate({ resumable }) {
      const open = lines()
      if (!resumable) for (const session of hub.sessions) hub.end(session)
      for (const line of open) line.send({ op: Op.InvalidSession, d: resumable })
    },
    askReconnect() {
      for (const line of lines()) line.send({ op: Op.Reconnect, d: null })
    },
    closeAll(code) {
      for (const line of lines()) line.end(code)
    },
    stop() {
      hub.stop()
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}
