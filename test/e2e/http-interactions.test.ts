import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/delivery/clock.ts'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

let bot: Bot

beforeAll(async () => {
  bot = await startBot({ http: true })
})
afterAll(() => bot.close())

const ada = () => bot.sandbox.person('ada')
const channelNamed = (wanted: string) =>
  [...bot.sandbox.world.channels.values()].find(({ name }) => name === wanted)?.id ?? ''
const general = () => channelNamed('general')
const callbacks = () => bot.sandbox.requests.filter(({ path }) => path.endsWith('/callback')).length

describe('a bot without a gateway', () => {
  it('answers a command, its buttons and its menus', async () => {
    const reply = await ada().slash('general', 'paper', { query: 'kv cache' })
    expect(reply.embeds[0]?.title).toMatch(/KV|Key|Cache/u)
    const whole = await ada().press(reply.message, 'Whole abstract')
    expect(whole.ephemeral || whole.state === 'updated' || whole.state === 'replied').toBe(true)
    const related = await ada().press(reply.message, 'Related papers')
    expect(JSON.stringify(related.embeds)).toContain('elated')
  })

  it('completes what is typed', async () => {
    const choices = await ada().suggest('general', 'paper', 'query', 'kv')
    expect(choices?.length).toBeGreaterThan(0)
  })

  it('answers a question in a direct message’s command', async () => {
    const reply = await ada().slash('dm', 'ask', { question: 'what is the KV cache?' })
    expect(JSON.stringify(reply.embeds)).toMatch(/cache/iu)
  })

  it('knows what a member may do, and what it may do itself', async () => {
    const set = { topic: 'kv cache', time: '09:00', timezone: 'UTC', channel: general() }
    const refused = await bot.sandbox.person('alan').slash('general', 'daily set', set)
    expect(refused.content).toContain('Manage Server')
    bot.sandbox.simulate({ kind: 'deny', channel: 'general', permissions: ['SendMessages'] })
    const reply = await ada().slash('general', 'daily set', set)
    expect(reply.content + JSON.stringify(reply.embeds)).toMatch(/may not|permission/iu)
    bot.sandbox.simulate({ kind: 'deny', channel: 'general', permissions: [] })
  })

  it('names all that it lacks before it tries', async () => {
    bot.sandbox.simulate({ kind: 'deny', channel: 'general', permissions: ['SendMessages', 'EmbedLinks'] })
    const posted = () =>
      bot.sandbox.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'))
        .length
    const before = posted()
    const asked = [
      ['daily set', { topic: 'kv cache', time: '09:00', timezone: 'UTC', channel: general() }],
      ['share', { paper: 'kv cache', channel: general() }],
    ] as const
    for (const [command, options] of asked) {
      const reply = await ada().slash('general', command, options)
      const text = reply.content + JSON.stringify(reply.embeds)
      expect(text, command).toContain('Send Messages')
      expect(text, command).toContain('Embed Links')
    }
    expect(posted()).toBe(before)
    bot.sandbox.simulate({ kind: 'deny', channel: 'general', permissions: [] })
  })

  it('knows at once what it was given or lost, in a server that it has read', async () => {
    const paper = (await ada().suggest('general', 'share', 'paper', 'kv'))?.[0]?.value ?? ''
    const share = () => ada().slash('general', 'share', { paper, channel: channelNamed('reading-group') })
    for (const permissions of [[], ['SendMessages'], [], ['EmbedLinks']] as const) {
      bot.sandbox.simulate({ kind: 'deny', channel: 'reading-group', permissions: [...permissions] })
      const { content } = await share()
      if (permissions.length > 0) expect(content).toContain('I lack')
      else expect(content).not.toContain('I lack')
    }
    bot.sandbox.simulate({ kind: 'deny', channel: 'reading-group', permissions: [] })
  })

  it('posts a share where it was used', async () => {
    const reply = await ada().slash('general', 'share', { paper: 'kv cache', channel: general() })
    expect(reply.state).not.toBe('failed')
    expect(JSON.stringify(ada().messages('general').at(-1))).toMatch(/ache/u)
  })

  it('makes only requests that Discord would take', () => {
    expect(bot.sandbox.refused.filter(({ code }) => code !== 50_001)).toEqual([])
    expect(bot.log.filter(line => line.level >= 50)).toEqual([])
  })
})

describe('a machine that was suspended', () => {
  it('takes interactions again at once', async () => {
    let suspended = 0
    // The monotonic clock stands still meanwhile, and the wall clock does not.
    const clock = { ...systemClock, elapsed: () => performance.now() - suspended }
    const slept = await startBot({ http: true, clock })
    const asked = () => slept.sandbox.person('ada').slash('general', 'help', {})
    expect((await asked()).state).toBe('replied')
    // Until the bot has read the answers to its requests, which tell the time.
    await sleep(500)
    suspended = 3_600_000
    expect((await asked()).state).toBe('replied')
    await slept.close()
  })
})

describe('the endpoint', () => {
  const url = () => bot.sandbox.world.interactionsEndpoint ?? ''
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(url(), { method: 'POST', body, headers })

  it('refuses what is not signed, and does nothing', async () => {
    const before = callbacks()
    const body = JSON.stringify({ id: '123456789012345678', type: 2, token: 't', data: { name: 'help' } })
    const timestamp = String(Math.floor(Date.now() / 1_000))
    for (const headers of [
      {},
      { 'x-signature-ed25519': 'ab'.repeat(64), 'x-signature-timestamp': timestamp },
      { 'x-signature-ed25519': '', 'x-signature-timestamp': timestamp },
      { 'x-signature-ed25519': 'zz'.repeat(64), 'x-signature-timestamp': '-1' },
    ] as Record<string, string>[])
      expect((await post(body, headers)).status).toBe(401)
    expect(callbacks()).toBe(before)
  })

  it('has nothing but what it is for', async () => {
    expect((await fetch(url())).status).toBe(404)
    expect((await fetch(new URL('/', url()))).status).toBe(404)
  })

  it('is refused by Discord unless it checks signatures', async () => {
    await expect(bot.sandbox.setInteractionsEndpoint(`${bot.sandbox.url}/sandbox/nothing`)).rejects.toThrow(
      /signature/u,
    )
  })

  it('reads no more than an interaction has', async () => {
    expect((await post('x'.repeat(600_000))).status).toBe(413)
  })
})
