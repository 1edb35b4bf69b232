import type { MessageView } from 'discord-sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'
import { manualClock } from '../fixtures/moved-clock.ts'
import { settled } from '../fixtures/scheduled-bot.ts'

const picksIn = (bot: Bot, channel: string): MessageView[] =>
  bot.sandbox
    .person('ada')
    .messages(channel)
    .filter(message => message.author.bot && /^\*\*Picks? of the day\*\*/u.test(message.content))

const titlesOf = (messages: readonly MessageView[]) =>
  messages.flatMap(message => message.embeds.map(embed => embed.title))

describe('/daily', () => {
  let bot: Bot
  beforeAll(async () => {
    bot = await startBot()
  })
  afterAll(() => bot.close())
  const ada = () => bot.sandbox.person('ada')
  const channel = (name: string) =>
    [...bot.sandbox.world.channels.values()].find(one => one.name === name)!.id
  const set = (options = {}) =>
    ada().slash('general', 'daily set', {
      channel: channel('papers'),
      time: '09:30',
      timezone: 'Europe/Berlin',
      ...options,
    })

  it('is set by who manages the server, listed for everyone, and refused to others', async () => {
    const reply = await set({ topic: 'reinforcement learning', days: '12345' })
    expect(reply.ephemeral).toBe(true)
    expect(reply.content).toBe('Done.')
    expect(reply.embeds[0]?.description).toContain(
      '09:30, Europe/Berlin, monday to Friday'.replace('monday', 'Monday'),
    )
    const list = await bot.sandbox.person('grace').slash('general', 'daily list')
    expect(list.embeds[0]?.description).toContain('reinforcement learning')
    for (const line of ['pause', 'resume', 'remove', 'post-now'])
      expect((await bot.sandbox.person('alan').slash('general', `daily ${line}`)).content).toContain(
        'Manage Server',
      )
    const refused = await bot.sandbox
      .person('alan')
      .slash('general', 'daily set', { channel: channel('papers'), time: '9', timezone: 'UTC' })
    expect(refused.content).toContain('Manage Server')
  })

  it('changes the one that is there instead of adding its twin', async () => {
    const reply = await set({ topic: 'reinforcement learning', time: '5 pm' })
    expect(reply.content).toContain('has been updated')
    expect(reply.embeds[0]?.description?.match(/<#/gu)).toHaveLength(1)
    expect(reply.embeds[0]?.description).toContain('17:00')
  })

  it.each(['25:00', 'teatime', '9:99', '13pm'])('does not take %s for a time', async time => {
    expect((await set({ time })).content).toContain('Enter a time such as')
  })

  it('names what the bot lacks in a channel', async () => {
    bot.sandbox.simulate({ kind: 'deny', channel: 'reading-group', permissions: ['EmbedLinks'] })
    const reply = await set({ channel: channel('reading-group') })
    expect(reply.content).toContain('Embed Links')
  })

  it('previews, posts an extra pick that is not the same again, and says why', async () => {
    const preview = await bot.sandbox.person('grace').slash('general', 'daily preview')
    expect(preview.embeds[0]?.description).toContain('fits')
    expect(JSON.stringify(preview.message.components)).toMatch(/Open.*Save/u)
    // Nothing was posted yet that somebody could want less of.
    expect(JSON.stringify(preview.message.components)).not.toContain('Less like this')
    const titles = new Set<string>()
    for (let i = 1; i <= 3; i++) {
      expect((await ada().slash('general', 'daily post-now')).content).toContain('extra pick')
      await expect.poll(() => picksIn(bot, 'papers').length, { timeout: 20_000 }).toBe(i)
      titles.add(titlesOf(picksIn(bot, 'papers'))[i - 1] ?? '')
    }
    expect(titles.size).toBe(3)
    expect(titles).toContain(preview.embeds[0]?.title)
    expect((await ada().slash('general', 'daily post-now')).content).toContain('All extra picks for today')
    const why = await bot.sandbox.person('grace').slash('general', 'daily why')
    expect(why.embeds[0]?.description).toContain('This paper fits “reinforcement learning”')
    const voted = await bot.sandbox
      .person('grace')
      .press(picksIn(bot, 'papers')[0]!, 'Useful')
      .catch(() => undefined)
    expect(voted?.state).not.toBe('failed')
    await expect
      .poll(() => JSON.stringify(picksIn(bot, 'papers')[0]?.components), { timeout: 10_000 })
      .toContain('Useful · 1')
  })

  it('is out of reach for another server and for forged ids', async () => {
    const mallory = bot.sandbox.person('mallory')
    const other = mallory
      .overview()
      .guilds.find(guild => guild.name !== 'Lab')!
      .channels.find(one => one.type === 0)!.id
    expect((await mallory.slash(other, 'daily list')).embeds[0]?.description).toContain('No daily picks')
    const id = String((await ada().suggest('general', 'daily pause', 'schedule', ''))?.[0]?.value)
    expect((await mallory.slash(other, 'daily remove', { schedule: id })).content).not.toBe('Removed.')
    expect((await ada().slash('general', 'daily list')).embeds[0]?.description).toContain('reinforcement')
  })

  it('pauses, resumes and goes', async () => {
    expect((await ada().slash('general', 'daily pause')).embeds[0]?.description).toContain('paused')
    expect((await ada().slash('general', 'daily preview')).content).toContain('It is paused')
    expect((await ada().slash('general', 'daily resume')).embeds[0]?.description).toContain('next <t:')
    expect((await ada().slash('general', 'daily remove')).embeds[0]?.description).toContain('No daily picks')
    expect(bot.sandbox.refused).toEqual([])
  })
})

describe('a change of the clocks', () => {
  const halfHour = 1_800_000

  it('is met by the whole bot: one pick a day at the local time', async () => {
    const clock = manualClock(Date.parse('2027-03-27T12:00:00Z'))
    const bot = await startBot({ now: clock.now, clock })
    const papers = [...bot.sandbox.world.channels.values()].find(one => one.name === 'papers')!.id
    await bot.sandbox
      .person('ada')
      .slash('general', 'daily set', { channel: papers, time: '02:30', timezone: 'Europe/Berlin' })
    for (let step = 0; step < 3 * 48; step++) {
      clock.moveTo(clock.now() + halfHour - (clock.now() % halfHour))
      await bot.connection.picks.round()
      await settled(bot, clock)
    }
    const posts = picksIn(bot, 'papers')
    // 02:30 does not exist on the 28th: the pick comes when the clocks jump.
    expect(posts.map(post => new Date(post.timestamp).toISOString().slice(0, 16))).toEqual([
      '2027-03-28T01:00',
      '2027-03-29T00:30',
      '2027-03-30T00:30',
    ])
    expect(new Set(titlesOf(posts)).size).toBe(3)
    expect(bot.sandbox.refused).toEqual([])
    await bot.close()
  })
})
