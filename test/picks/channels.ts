import { once } from 'node:events'
import http from 'node:http'
import type net from 'node:net'
import { z } from 'zod'

/** A message as a channel keeps it. */
interface Kept {
  readonly id: string
  readonly channel: string
  readonly nonce: string
  readonly customIds: readonly string[]
  readonly at: number
}

/** What happens to one request. `lost`: done, but the connection breaks before the answer. */
export type Fate =
  | { kind: 'answer' }
  | { kind: 'lost' }
  | { kind: 'dropped' }
  | { kind: 'late'; ms: number }
  | { kind: 'error'; status: number; done: boolean }
  | { kind: 'limited'; ms: number; everywhere: boolean }
  | { kind: 'refused'; why: 'permission' | 'gone' | 'removed' | 'closed' | 'invalid'; missing?: string[] }
  | { kind: 'silent'; done: boolean; tell: () => void }

export interface Asked {
  readonly method: string
  readonly channel: string
  readonly nonce: string
  /** How often the same was asked, this time included. */
  readonly count: number
  /** Which process asks. */
  readonly by: string
}
type Decide = (request: Asked) => Fate

const Body = z.object({ nonce: z.string().max(25), customIds: z.array(z.string()) })

/**
 * The far side of posting, over real HTTP: channels that keep messages, know a nonce for a while, and fail as told.
 */
export interface Channels {
  readonly url: string
  readonly messages: Kept[]
  readonly requests: { method: string; channel: string; at: number }[]
  decide: Decide
  /** Epoch ms, for the messages' times; real unless a test moves it. */
  now: () => number
  /** How long a nonce is known, in ms. Discord speaks of a few minutes. */
  nonceMemory: number
  close(): Promise<void>
}

export async function openChannels(): Promise<Channels> {
  let ids = 0
  const sockets = new Set<net.Socket>()
  const counts = new Map<string, number>()
  const channels: Channels = {
    url: '',
    messages: [],
    requests: [],
    decide: () => ({ kind: 'answer' }),
    now: () => Date.now(),
    nonceMemory: 180_000,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }

  function keep(channel: string, nonce: string, customIds: string[]): string {
    const now = channels.now()
    const twin = channels.messages.find(
      kept => kept.channel === channel && kept.nonce === nonce && now - kept.at < channels.nonceMemory,
    )
    if (twin !== undefined) return twin.id
    const id = String(++ids)
    channels.messages.push({ id, channel, nonce, customIds, at: now })
    return id
  }

  async function answer(request: http.IncomingMessage, response: http.ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://channels')
    const channel = url.pathname.slice(1)
    const method = request.method ?? 'GET'
    let text = ''
    for await (const chunk of request) text += chunk
    const { nonce, customIds } =
      method === 'POST' ? Body.parse(JSON.parse(text)) : { nonce: '', customIds: [] }
    const key = `${method} ${channel} ${nonce}`
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    channels.requests.push({ method, channel, at: channels.now() })
    // Who asked has given up meanwhile: to them it is a request that never left.
    if (request.socket.destroyed) return
    const act = () =>
      method === 'POST'
        ? { id: keep(channel, nonce, customIds) }
        : {
            messages: channels.messages.filter(
              kept => kept.channel === channel && kept.at >= Number(url.searchParams.get('since')),
            ),
          }
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const by = String(request.headers['x-process'] ?? '')
    const fate = channels.decide({ method, channel, nonce, count, by })
    switch (fate.kind) {
      case 'answer':
        return send(200, act())
      case 'lost':
        act()
        return request.socket.destroy()
      case 'dropped':
        return request.socket.destroy()
      case 'late':
        setTimeout(act, fate.ms)
        return request.socket.destroy()
      case 'error':
        if (fate.done) act()
        return send(fate.status, { message: 'upstream' })
      case 'limited':
        return send(429, { retryAfter: fate.ms, everywhere: fate.everywhere })
      case 'refused':
        return send(fate.why === 'invalid' ? 400 : fate.why === 'gone' ? 404 : 403, {
          why: fate.why,
          missing: fate.missing ?? [],
        })
      case 'silent':
        if (fate.done) act()
        return fate.tell()
    }
  }

  const server = http.createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy())
  })
  server.on('connection', socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  return Object.assign(channels, { url: `http://127.0.0.1:${port}` })
}
