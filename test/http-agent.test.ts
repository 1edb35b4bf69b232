import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fetch, request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UnpausedAgent } from '../src/http-agent.ts'

const body = Buffer.alloc(64 * 1024, 'a')
let server: Server
const agent = new UnpausedAgent()
const url = () => `http://127.0.0.1:${(server.address() as { port: number }).port}/`

/** Sends an answer with that head, and closes. */
let head = ''
beforeAll(async () => {
  server = createServer(socket => {
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\n${head}Connection: close\r\n\r\n`)
      socket.write(body)
      socket.end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  await agent.close()
  server.close()
})

describe.each([
  ['with a length', `Content-Length: ${body.length}\r\n`],
  ['that ends where the connection does', ''],
])('an answer %s, whose connection is closed before it is taken', (_, line) => {
  it('is read whole by fetch, and ends no process', async () => {
    head = line
    const response = await fetch(url(), { dispatcher: agent })
    await sleep(200)
    expect((await response.arrayBuffer()).byteLength).toBe(body.length)
  })

  it('is read whole by request, and ends no process', async () => {
    head = line
    const { body: stream } = await request(url(), { dispatcher: agent })
    await sleep(200)
    expect((await stream.bytes()).length).toBe(body.length)
  })
})
