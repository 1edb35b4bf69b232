import { afterEach, describe, expect, it } from 'vitest'
import { findMessage } from '../../src/discord/own-messages.ts'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

let bot: Bot
afterEach(() => bot.close())

const post = '^/channels/\\d+/messages$'

const channel = (name: string) => [...bot.sandbox.world.channels.values()].find(one => one.name === name)!.id

const setDaily = () =>
  bot.sandbox
    .person('ada')
    .slash('general', 'daily set', { channel: channel('papers'), time: '09:30', timezone: 'Europe/Berlin' })

const postNow = () => bot.sandbox.person('ada').slash('general', 'daily post-now')

const posts = () =>
  bot.sandbox
    .person('ada')
    .messages('papers')
    .filter(message => message.author.bot).length

describe('a request that is answered with 401', () => {
  it('once, by whatever proxy, does not silence the bot', async () => {
    bot = await startBot()
    await setDaily()
    bot.sandbox.faults.add({ method: 'POST', path: post, effect: { kind: 'status', status: 401 } })
    await postNow()
    await expect.poll(posts, { timeout: 20_000 }).toBe(1)
    expect(bot.sandbox.faults.pending).toEqual([])
    await postNow()
    await expect.poll(posts, { timeout: 20_000 }).toBe(2)
  })

  it('again and again ends the connection in one clear line', async () => {
    bot = await startBot()
    await setDaily()
    const effect = { kind: 'refused', status: 401, code: 0, message: '401: Unauthorized' } as const
    bot.sandbox.faults.add({ times: 30, path: '^/(?:users|channels)', effect })
    await postNow()
    const { message } = await bot.connection.lost
    expect(message).toBe('Discord no longer accepts the token in DISCORD_TOKEN.')
    bot.sandbox.faults.clear()
  })
})

describe('a machine whose clock is ahead of Discord’s', () => {
  it('finds the message whose answer was lost, and sends no second one', async () => {
    bot = await startBot({ now: () => Date.now() - 600_000 })
    await setDaily()
    bot.sandbox.faults.add({ method: 'POST', path: post, effect: { kind: 'lost-answer' } })
    bot.sandbox.faults.add({ method: 'POST', path: post, effect: { kind: 'dropped' } })
    await postNow()
    bot.sandbox.faults.add({ method: 'GET', path: post, effect: { kind: 'slow', ms: 0 } })
    await expect.poll(() => bot.sandbox.faults.pending.length, { timeout: 20_000 }).toBe(1)
    await bot.connection.picks.idle()
    expect(posts()).toBe(1)
    expect(bot.sandbox.faults.pending).toHaveLength(1)
  })
})

describe('a message of the bot’s own', () => {
  it('is found behind more pages than a second allows, each of which is read once', async () => {
    bot = await startBot()
    const { client } = bot.connection
    const since = Date.now() - 3_600_000
    for (let i = 0; i < 1_150; i++) bot.sandbox.person('ada').say('papers', `${i}`)
    const press = { type: 2, style: 2, label: 'Queue', custom_id: 'L1:queue:show::q-mark' }
    const body = { content: 'proposed', components: [{ type: 1, components: [press] }] }
    await client.rest.post(`/channels/${channel('papers')}/messages`, { body })
    const where = { id: channel('papers'), name: 'papers', guildId: undefined, needsTag: false } as const
    const before = bot.sandbox.requests.length
    const found = await findMessage(client, { ...where, kind: 'text', parentId: undefined }, 'q-mark', since)
    expect(found?.channelId).toBe(channel('papers'))
    const read = bot.sandbox.requests.slice(before).filter(({ method }) => method === 'GET')
    expect(read.map(({ status }) => status)).toEqual(Array(12).fill(200))
  }, 20_000)
})

describe('a message whose answer was lost', () => {
  it('is not posted again when somebody deleted it before it was looked for', async () => {
    bot = await startBot()
    await setDaily()
    bot.sandbox.faults.add({ method: 'POST', path: post, effect: { kind: 'lost-answer' } })
    bot.sandbox.faults.add({ method: 'POST', path: post, effect: { kind: 'dropped' } })
    await postNow()
    await expect.poll(posts).toBe(1)
    const [message] = bot.sandbox
      .person('ada')
      .messages('papers')
      .filter(({ author }) => author.bot)
    await bot.connection.client.rest.delete(`/channels/${channel('papers')}/messages/${message?.id}`)
    bot.sandbox.faults.add({ method: 'GET', path: post, effect: { kind: 'slow', ms: 0 } })
    await expect.poll(() => bot.sandbox.faults.pending.length, { timeout: 20_000 }).toBe(1)
    await bot.connection.picks.idle()
    expect(posts()).toBe(0)
    expect(bot.sandbox.faults.pending).toHaveLength(1)
  })
})
