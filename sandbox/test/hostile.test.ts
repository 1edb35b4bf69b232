import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { paths } from '../src/person-api.ts'
import { type ClientFixture, startClientFixture } from './fixture.ts'

let fixture: ClientFixture
beforeEach(async () => {
  fixture = await startClientFixture()
})
afterEach(() => fixture.close())

const address = () => new URL(fixture.sandbox.url)
const alive = async () => (await fetch(`${fixture.sandbox.url}${paths.info()}`)).status

/** Sends the head of a request as it is, and waits until the server hangs up or answers. */
async function raw(head: string): Promise<string> {
  const socket = connect(Number(address().port), '127.0.0.1')
  let answer = ''
  socket.setEncoding('utf8').on('data', text => {
    answer += text
  })
  socket.on('error', () => {})
  socket.write(`${head}\r\n\r\n`)
  await Promise.race([
    once(socket, 'close'),
    once(socket, 'data'),
    new Promise(done => setTimeout(done, 2_000)),
  ])
  socket.destroy()
  return answer
}

const upgrade = (path: string, ...headers: string[]) =>
  raw(
    [
      `GET ${path} HTTP/1.1`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    ].join('\r\n'),
  )

describe('an upgrade', () => {
  test.each(['//[', '//[::1', '/gateway?v=10&\u0000', 'http://[/gateway', '/', '/elsewhere'])(
    'to %j is hung up on, and nothing else happens',
    async path => {
      expect(await upgrade(path, 'Host: 127.0.0.1')).not.toContain('101')
      expect(await alive()).toBe(200)
    },
  )

  test('by a web page, or under a name that is not ours, is refused', async () => {
    const path = '/gateway/?v=10&encoding=json'
    expect(await upgrade(path, 'Host: 127.0.0.1', 'Origin: https://evil.example')).not.toContain('101')
    expect(await upgrade(path, 'Host: rebound.example')).not.toContain('101')
    expect(await upgrade(path, 'Host: 127.0.0.1')).toContain('101 Switching Protocols')
  })
})

test.each(['/sandbox/ada/channels/1/messages', '/api/v10/channels/1/messages'])(
  'a body without end sent to %s is refused, and not kept',
  async path => {
    const sent = request({
      host: '127.0.0.1',
      port: address().port,
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bot ${fixture.sandbox.token}` },
    })
    sent.on('error', () => {})
    let isAnswered = false
    const answered = once(sent, 'response')
      .catch(() => [undefined])
      .finally(() => {
        isAnswered = true
      })
    const piece = Buffer.alloc(1024 * 1024, 'a')
    for (let i = 0; i < 120 && !sent.destroyed && !isAnswered; i++) {
      if (sent.write(piece)) continue
      const signal = AbortSignal.timeout(500)
      await Promise.race([once(sent, 'drain', { signal }).catch(() => {}), answered])
    }
    const [answer] = await Promise.race([
      answered,
      new Promise<undefined[]>(done => setTimeout(done, 3_000, [undefined])),
    ])
    sent.destroy()
    expect(answer?.statusCode).toBe(413)
    expect(await alive()).toBe(200)
  },
)

test('pages that never read are limited in number', async () => {
  const open = await Promise.all(
    Array.from({ length: 80 }, async () => {
      const ending = new AbortController()
      const answer = await fetch(`${fixture.sandbox.url}${paths.events('ada')}`, { signal: ending.signal })
      // Held: the body of an answer that is collected as garbage is cancelled, which frees its place.
      return { answer, status: answer.status, ending }
    }),
  )
  expect(open.filter(({ status }) => status === 503).length).toBe(80 - 64)
  for (const { ending } of open) ending.abort()
  await expect
    .poll(async () => {
      const ending = new AbortController()
      const { status } = await fetch(`${fixture.sandbox.url}${paths.events('ada')}`, {
        signal: ending.signal,
      })
      ending.abort()
      return status
    })
    .toBe(200)
})
