import zlib from 'node:zlib'
import { Events } from 'discord.js'
import { describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import type { Sandbox } from '../src/sandbox.ts'
import { eventually, openFixture, openSandbox } from './fixture.ts'

interface Frame {
  op: number
  d: never
  s?: number
  t?: string
}

/** A bare socket: what it got, what comes next, and with which code it was closed. */
async function openSocket(sandbox: Sandbox, query = 'v=10&encoding=json') {
  const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/gateway?${query}`)
  const queue: Frame[] = []
  const waiting: ((frame: Frame) => void)[] = []
  const take = (frame: Frame) => {
    const first = waiting.shift()
    if (first === undefined) queue.push(frame)
    else first(frame)
  }
  socket.on('message', data => take(JSON.parse(String(data))))
  const closed = new Promise<number>(resolve => socket.on('close', resolve))
  const next = () => {
    const ready = queue.shift()
    return ready === undefined ? new Promise<Frame>(resolve => waiting.push(resolve)) : Promise.resolve(ready)
  }
  await new Promise(resolve => socket.once('open', resolve))
  return { socket, closed, next, send: (op: number, d: unknown) => socket.send(JSON.stringify({ op, d })) }
}

const identify = (sandbox: Sandbox, more: object = {}) => ({
  token: sandbox.token,
  intents: 1,
  properties: { os: 'x', browser: 'x', device: 'x' },
  ...more,
})

describe('a session', () => {
  test('begins with hello, READY and the servers, and beats', async () => {
    const sandbox = await openSandbox()
    const line = await openSocket(sandbox)
    expect(await line.next()).toMatchObject({ op: 10, d: { heartbeat_interval: 41250 } })
    line.send(1, null)
    expect(await line.next()).toMatchObject({ op: 11 })
    line.send(2, identify(sandbox))
    expect(await line.next()).toMatchObject({
      op: 0,
      s: 1,
      t: 'READY',
      d: { user: { bot: true }, guilds: [{ unavailable: true }, { unavailable: true }] },
    })
    expect(await line.next()).toMatchObject({ s: 2, t: 'GUILD_CREATE', d: { name: 'Lab' } })
    expect(sandbox.world.online).toBe(true)
    line.socket.close(1000)
    await line.closed
    await eventually(() => sandbox.world.reachable).toBe(false)
  })

  test('takes only its own shard', async () => {
    const sandbox = await openSandbox()
    const names: string[] = []
    for (const shard of [0, 1]) {
      const line = await openSocket(sandbox)
      await line.next()
      line.send(2, identify(sandbox, { shard: [shard, 2] }))
      const ready = await line.next()
      const { guilds } = ready.d as { guilds: unknown[] }
      for (const _ of guilds) names.push((await line.next()).d['name'])
    }
    expect(names.sort()).toEqual(['Lab', 'Next door'])
  })

  test('sends the members that are asked for', async () => {
    const { sandbox, client } = await openFixture({ privileged: 2 }, { intents: 3 })
    const guild = client.guilds.cache.get(sandbox.guild('Lab').id)
    expect((await guild?.members.fetch())?.size).toBe(5)
    expect((await guild?.members.fetch({ query: 'al' }))?.map(({ displayName }) => displayName)).toEqual([
      'Alan',
    ])
    const joined = new Promise<string>(resolve =>
      client.once(Events.GuildMemberAdd, member => resolve(member.user.username)),
    )
    sandbox.addPerson('rosalind', ['Lab'])
    expect(await joined).toBe('rosalind')
  })

  test.each(['zlib-stream', 'zstd-stream'])('can be one %s', async compress => {
    const sandbox = await openSandbox()
    const socket = new WebSocket(
      `${sandbox.url.replace('http', 'ws')}/gateway?v=10&encoding=json&compress=${compress}`,
    )
    const decoder = compress === 'zlib-stream' ? zlib.createInflate() : zlib.createZstdDecompress()
    let text = ''
    decoder.on('data', chunk => {
      text += chunk
    })
    socket.on('message', data => decoder.write(data as Buffer))
    await eventually(() => text).toContain('heartbeat_interval')
    socket.send(JSON.stringify({ op: 2, d: identify(sandbox) }))
    await eventually(() => text).toContain('"name":"Next door"')
    socket.terminate()
  })
})

describe('a bad client is closed with', () => {
  const codes: [
    what: string,
    code: number,
    act: (line: Awaited<ReturnType<typeof openSocket>>, sandbox: Sandbox) => void,
  ][] = [
    ['4001 for an unknown opcode', 4001, line => line.send(99, {})],
    ['4002 for no JSON', 4002, line => line.socket.send('{')],
    ['4002 for a broken identify', 4002, line => line.send(2, { token: 7 })],
    ['4003 for anything before identify', 4003, line => line.send(3, {})],
    [
      '4004 for a wrong token',
      4004,
      (line, sandbox) => line.send(2, identify(sandbox, { token: 'x'.repeat(60) })),
    ],
    [
      '4010 for an impossible shard',
      4010,
      (line, sandbox) => line.send(2, identify(sandbox, { shard: [2, 2] })),
    ],
    [
      '4013 for unknown intents',
      4013,
      (line, sandbox) => line.send(2, identify(sandbox, { intents: 2 ** 30 })),
    ],
    [
      '4014 for privileged intents',
      4014,
      (line, sandbox) => line.send(2, identify(sandbox, { intents: 1 << 15 })),
    ],
    [
      '4005 for a second identify',
      4005,
      (line, sandbox) => {
        line.send(2, identify(sandbox))
        line.send(2, identify(sandbox))
      },
    ],
    [
      '4008 for too much',
      4008,
      line => {
        for (let count = 0; count < 130; count += 1) line.send(1, null)
      },
    ],
  ]

  test.each(codes)('%s', async (_, code, act) => {
    const sandbox = await openSandbox()
    const line = await openSocket(sandbox)
    await line.next()
    act(line, sandbox)
    expect(await line.closed).toBe(code)
  })

  test('4012 for another version, 4009 for silence', async () => {
    const sandbox = await openSandbox({ heartbeatInterval: 10 })
    expect(await (await openSocket(sandbox, 'v=6')).closed).toBe(4012)
    expect(await (await openSocket(sandbox)).closed).toBe(4009)
  })

  test('4007 for a resume from the future', async () => {
    const sandbox = await openSandbox()
    const line = await openSocket(sandbox)
    await line.next()
    line.send(2, identify(sandbox))
    const { session_id } = (await line.next()).d as { session_id: string }
    line.socket.terminate()
    const again = await openSocket(sandbox)
    await again.next()
    again.send(6, { token: sandbox.token, session_id, seq: 1000 })
    expect(await again.closed).toBe(4007)
  })
})
