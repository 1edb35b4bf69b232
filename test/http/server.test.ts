import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpServer, listen } from '../../src/http/server.ts'
import { serializers } from '../../src/log.ts'

const limits = { keepAlive: 1_000, request: 500, check: 50, connections: 40 }

const lines: string[] = []
const log = pino({ base: null, serializers }, { write: line => lines.push(line) })
let server: HttpServer
const sockets: Socket[] = []

beforeEach(async () => {
  const app = new Hono()
  app.get('/', c => c.text('here'))
  app.get('/large', c => c.text('x'.repeat(50_000_000)))
  app.post('/', async c => c.text(`${(await c.req.arrayBuffer()).byteLength}`))
  for (const path of ['/broken', '/keys/:key'])
    app.get(path, () => {
      throw new Error('what nobody should read')
    })
  lines.length = 0
  server = await listen([app], '127.0.0.1', 0, log, limits)
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await server.close()
})

async function open(text: string): Promise<{ socket: Socket; closed: Promise<unknown> }> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  sockets.push(socket)
  socket.on('error', () => {})
  socket.resume()
  const closed = new Promise(resolve => socket.once('close', resolve))
  socket.write(text)
  return { socket, closed }
}

const isHere = async () => (await fetch(server.url)).text()

describe('whoever sends slowly, or not at all', () => {
  it.each([
    ['a head that never ends', 'GET / HTTP/1.1\r\nHost: a\r\nX-', 'a'],
    ['a body that never ends', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n', 'b'],
    [
      'a chunk that never ends',
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n',
      'c',
    ],
  ])('is cut, and keeps nobody waiting: %s', async (_, begin, drop) => {
    const slow = await Promise.all(Array.from({ length: 30 }, () => open(begin)))
    const drip = setInterval(() => {
      for (const { socket } of slow) if (socket.writable) socket.write(drop)
    }, 50)
    expect(await isHere()).toBe('here')
    await Promise.all(slow.map(({ closed }) => closed))
    clearInterval(drip)
    expect(await isHere()).toBe('here')
    expect(lines).toEqual([])
  })

  it('is cut when it sends what is no HTTP', async () => {
    for (const text of [
      '\u0000\u0001\r\n\r\n',
      'GET\r\n\r\n',
      `GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(20_000)}`,
    ])
      await (await open(text)).closed
    expect(await isHere()).toBe('here')
  })

  it('is cut when it does not read what it asked for', async () => {
    const { socket, closed } = await open('GET /large HTTP/1.1\r\nHost: a\r\n\r\n')
    socket.pause()
    await sleep(100)
    expect(await isHere()).toBe('here')
    // A paused socket tells of its end only when it is read.
    setTimeout(() => socket.resume(), 4_000)
    await closed
    expect(socket.bytesRead).toBeLessThan(50_000_000)
  })

  it('is not connected to beyond so many', async () => {
    const many = await Promise.all(Array.from({ length: 60 }, () => open('')))
    await Promise.all(many.slice(40).map(({ closed }) => closed))
    for (const { socket } of many) socket.destroy()
    await sleep(50)
    expect(await isHere()).toBe('here')
  })
})

it('says no more of an error than that there is one, and logs where it was', async () => {
  for (const path of ['/broken', '/keys/secret']) {
    const response = await fetch(new URL(path, server.url))
    expect([response.status, await response.text()]).toEqual([500, 'internal error'])
  }
  const said = lines.map(line => JSON.parse(line) as { route: string; err: { at: string[] } })
  expect(said.map(({ route }) => route)).toEqual(['GET /broken', 'GET /keys/:key'])
  expect(said[0]?.err.at.join()).toContain('server.test.ts')
  expect(lines.join()).not.toContain('secret')
})
