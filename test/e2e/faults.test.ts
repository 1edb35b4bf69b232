import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { commands } from '../../commands/index.ts'
import { defineCommand } from '../../src/bot/command.ts'
import { systemClock } from '../../src/delivery/clock.ts'
import { Failure } from '../../src/errors.ts'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

const callback = '^/interactions/\\d+/[^/]+/callback$'

const command = (name: string, run: () => Promise<{ content: string; audience?: 'ephemeral' }>) =>
  defineCommand({
    spec: { type: 1, name, description: `A command for tests: ${name}` },
    input: z.object({}),
    audience: () => 'public',
    run,
  })

const slow = command('slow', () => sleep(1600, { content: 'slow but here' }))
const slowPrivate = command('slow-private', () =>
  sleep(1600, { content: 'for you alone', audience: 'ephemeral' as const }),
)
const bug = command('bug', async () => {
  throw new TypeError('secret internals')
})
const failure = command('failure', async () => {
  throw new Failure('limit', 'That is too much for today.')
})

let bot: Bot

beforeAll(async () => {
  bot = await startBot({ commands: [...commands, slow, slowPrivate, bug, failure] })
})
afterAll(() => bot.close())
beforeEach(() => bot.sandbox.faults.clear())
afterEach(() => {
  expect(bot.sandbox.faults.pending).toEqual([])
})

const ask = () => bot.sandbox.person('ada').slash('general', 'paper', { query: 'SVERL' })
const answers = () =>
  bot.sandbox
    .person('ada')
    .messages('general')
    .filter(message => message.author.bot).length

describe('a flaky Discord', () => {
  it.each([
    ['429', { kind: 'rate-limit', ms: 300 }],
    ['500', { kind: 'status', status: 500 }],
    ['502 after the write', { kind: 'status', status: 502, executed: true }],
    ['a lost answer', { kind: 'lost-answer' }],
    ['a dropped connection', { kind: 'dropped' }],
    ['a proxy’s page for 403', { kind: 'status', status: 403 }],
    ['a proxy’s page for 404', { kind: 'status', status: 404 }],
  ] as const)('%s: one interaction, one answer', async (_name, effect) => {
    const before = answers()
    bot.sandbox.faults.add({ path: callback, effect })
    const reply = await ask()
    expect(reply.embeds).toHaveLength(1)
    await sleep(700)
    expect(answers()).toBe(before + 1)
  })

  it.each([
    ['429', { kind: 'rate-limit', ms: 300 }],
    ['a lost answer', { kind: 'lost-answer' }],
    ['500', { kind: 'status', status: 500 }],
    ['a dropped connection', { kind: 'dropped' }],
    ['a proxy’s page for 404', { kind: 'status', status: 404 }],
  ] as const)('%s to a message: one question, one answer', async (_name, effect) => {
    const grace = bot.sandbox.person('grace')
    bot.sandbox.faults.add({ method: 'POST', path: '^/channels/\\d+/messages$', effect })
    const asked = grace.say('papers', `<@${bot.sandbox.applicationId}> what is SVERL?`)
    await grace.hears('papers', asked)
    await sleep(700)
    const replies = grace
      .messages('papers')
      .filter(message => message.message_reference?.message_id === asked.id)
    expect(replies).toHaveLength(1)
  })

  it('answers every question of a channel that takes five messages in five seconds', async () => {
    const [ada, grace] = [bot.sandbox.person('ada'), bot.sandbox.person('grace')]
    const text = `<@${bot.sandbox.applicationId}> what is SVERL?`
    const asked = [ada, grace, ada, grace, ada, grace, ada].map(one => one.say('papers', text).id)
    const answered = () => {
      const replies = ada.messages('papers').filter(({ author }) => author.bot)
      const references = replies.map(({ message_reference }) => message_reference?.message_id ?? '')
      return references.filter(id => asked.includes(id)).sort()
    }
    await expect.poll(answered, { timeout: 20_000 }).toEqual(asked.toSorted())
  }, 30_000)
})

describe('the gateway', () => {
  it.each([
    { kind: 'drop-sockets' },
    { kind: 'drop-sockets', resumable: false },
    { kind: 'reconnect' },
    { kind: 'invalid-session' },
  ] as const)('goes on after %j', async incident => {
    const before = bot.log.length
    bot.sandbox.simulate(incident)
    await sleep(50)
    await bot.sandbox.online()
    const reply = await ask()
    expect(reply.embeds).toHaveLength(1)
    const resumed = bot.log.slice(before).some(line => line.msg === 'resumed')
    expect(resumed).toBe(
      incident.kind === 'reconnect' || (incident.kind === 'drop-sockets' && !('resumable' in incident)),
    )
  })
})

describe('an interaction that Discord gave up before the bot heard of it', () => {
  it.each(['slash', 'press'] as const)('is not carried out unseen: a %s', async how => {
    let ahead = 0
    const now = () => Date.now() + ahead
    const clock = { ...systemClock, now, elapsed: () => performance.now() + ahead }
    const away = await startBot({ now, clock })
    const ada = away.sandbox.person('ada')
    const channel = [...away.sandbox.world.channels.values()].find(({ name }) => name === 'papers')!.id
    const question = await ada.slash('general', 'share', { paper: 'kv cache', channel })
    const [chosen] = (await ada.suggest('general', 'share', 'paper', 'sverl')) ?? []
    away.sandbox.simulate({ kind: 'drop-sockets' })
    const asked = [1, 2].map(() =>
      how === 'press'
        ? question.press('Share')
        : ada.slash('general', 'share', { paper: String(chosen?.value), channel }),
    )
    ahead += 6_000
    for (const one of asked) await expect(one).rejects.toThrow('did not respond')
    await away.sandbox.online()
    expect((await ada.slash('general', 'help')).embeds).toHaveLength(1)
    await sleep(500)
    expect(ada.messages('papers')).toEqual([])
    await away.close()
  })
})

describe('slow and failing work', () => {
  it('is acknowledged in time and edited in', async () => {
    const reply = await bot.sandbox.person('ada').slash('general', 'slow')
    expect(reply.content).toBe('slow but here')
    expect(reply.ephemeral).toBe(false)
  })

  it('is edited in though the answer to its acknowledgement was lost', async () => {
    bot.sandbox.faults.add({ path: callback, effect: { kind: 'lost-answer' } })
    await bot.sandbox.person('ada').slash('general', 'slow')
    const last = () => bot.sandbox.person('ada').messages('general').at(-1)?.content
    await expect.poll(last).toBe('slow but here')
  })

  it('stays private when the answer turns out to be', async () => {
    const reply = await bot.sandbox.person('ada').slash('general', 'slow-private')
    const seen = (name: string) =>
      bot.sandbox
        .person(name)
        .messages('general')
        .map(message => message.content)
    await expect.poll(() => seen('ada')).toContain('for you alone')
    expect(reply.ephemeral).toBe(true)
    expect(seen('grace')).not.toContain('for you alone')
  })

  it.each([
    ['a lost answer', { kind: 'lost-answer' }, 1],
    ['502 after the write', { kind: 'status', status: 502, executed: true }, 1],
    ['a dropped connection', { kind: 'dropped' }, 0],
    ['a rate limit', { kind: 'rate-limit', ms: 200 }, 1],
  ] as const)('%s to a follow-up: not twice, and not without a word', async (_name, effect, times) => {
    const before = bot.log.length
    const told = () =>
      bot.sandbox
        .person('ada')
        .messages('general')
        .filter(({ content }) => content.startsWith('The answer is for you alone.')).length
    const toldBefore = told()
    bot.sandbox.faults.add({ method: 'POST', path: '^/webhooks/\\d+/[^/]+$', effect })
    const reply = await bot.sandbox.person('ada').slash('general', 'slow-private')
    await expect.poll(() => bot.sandbox.faults.pending).toEqual([])
    await bot.sandbox.person('ada').slash('general', 'slow')
    expect(reply.followUps.map(({ content }) => content)).toEqual(Array(times).fill('for you alone'))
    expect(told() - toldBefore).toBe(effect.kind === 'rate-limit' ? 0 : 1)
    expect(bot.log.slice(before).filter(({ level }) => level >= 50)).toEqual([])
  })

  it('tells a failure that people may know, to the asker alone', async () => {
    const reply = await bot.sandbox.person('ada').slash('general', 'failure')
    expect(reply.content).toBe('That is too much for today.')
    expect(reply.ephemeral).toBe(true)
  })

  it('gives a bug an incident id and keeps the rest in the log', async () => {
    const reply = await bot.sandbox.person('ada').slash('general', 'bug')
    expect(reply.ephemeral).toBe(true)
    expect(reply.content).not.toContain('secret')
    const incident = /`([0-9a-f]{8})`/u.exec(reply.content)?.[1]
    const logged = bot.log.find(line => line.incident === incident)
    // Where it happened, and not what the engine says of it: that quotes values.
    expect(JSON.stringify(logged)).toMatch(/TypeError.*faults\.test\.ts/u)
    expect(JSON.stringify(logged)).not.toContain('secret internals')
  })
})

describe('the end of a connection', () => {
  it('is noticed when Discord closes it for good', async () => {
    const doomed = await startBot()
    doomed.sandbox.simulate({ kind: 'close-sockets', code: 4004 })
    expect((await doomed.connection.lost).message).toContain('4004')
    await doomed.close()
  })

  it('is an error in one line when the token is refused', async () => {
    await expect(
      startBot({
        prepare: sandbox =>
          sandbox.faults.add({
            path: 'gateway/bot',
            effect: { kind: 'refused', status: 401, code: 0, message: '401: Unauthorized' },
          }),
      }),
    ).rejects.toThrow('Discord refuses the token')
  })

  it('is tried again when Discord is down at the start', async () => {
    const late = await startBot({
      prepare: sandbox =>
        sandbox.faults.add({ path: 'gateway/bot', times: 6, effect: { kind: 'status', status: 503 } }),
    })
    expect((await late.sandbox.person('ada').slash('general', 'help')).embeds).toHaveLength(1)
    await late.close()
  })
})
