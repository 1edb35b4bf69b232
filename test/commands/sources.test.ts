import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'
import { type ManualClock, manualClock } from '../fixtures/moved-clock.ts'
import { startArxiv, type World } from '../sources/arxiv-world.ts'

describe('/sources', () => {
  let bot: Bot
  let world: World
  let clock: ManualClock
  const ada = () => bot.sandbox.person('ada')
  const list = async () => (await ada().slash('general', 'sources list')).embeds[0]?.description ?? ''
  const toAda = () =>
    ada()
      .messages('dm')
      .filter(message => message.author.bot)
      .map(message => message.embeds[0]?.description ?? '')

  beforeAll(async () => {
    clock = manualClock(Date.parse('2026-11-16T12:00:00Z'))
    world = await startArxiv(clock.now)
    world.announce('cs.CL', '2026-11-16', [['new', '2611.00001']])
    bot = await startBot({
      now: clock.now,
      clock,
      env: { ARXIV_URL: world.url, ARXIV_RSS_URL: `${world.url}/rss` },
    })
  })
  afterAll(async () => {
    await bot.close()
    await world.close()
  })

  it('adds a source, reads it, and says in one word how it is', async () => {
    const added = await ada().slash('general', 'sources add', { kind: 'arxiv', what: 'cs.CL' })
    expect(added.ephemeral).toBe(true)
    expect(added.content).toContain('Added **arxiv cs.CL**. What it shows now counts as known')
    await expect.poll(list, { timeout: 20_000 }).toContain('fresh')
    expect(await list()).toContain('1 paper of Monday 16 November')
    const again = await ada().slash('general', 'sources add', { kind: 'arxiv', what: 'cs.CL' })
    expect(again.content).toBe('There is **arxiv cs.CL** already.')
  })

  it('names what cannot be used, and keeps folders of its machine and its network to the operator', async () => {
    const say = async (kind: string, what: string) =>
      (await ada().slash('general', 'sources add', { kind, what })).content
    expect(await say('arxiv', 'cs/CL; drop')).toContain('After arxiv comes cs.CL cs.IR')
    expect(await say('rss', 'file:///etc/passwd')).toContain('is not an http or https address')
    await ada().slash('general', 'sources add', { kind: 'rss', what: `${world.url}/rss/cs.CL` })
    await expect.poll(list, { timeout: 20_000 }).toContain('the address is in a private network')
    const id = (await ada().suggest('general', 'sources remove', 'source', 'rss'))?.[0]?.value
    await ada().slash('general', 'sources remove', { source: String(id) })
    expect(await list()).not.toContain('rss')
    expect(world.heard.some(one => one.url.pathname === '/rss/cs.CL')).toBe(false)
  })

  it('is for who manages the server, and shows another server nothing', async () => {
    const alan = bot.sandbox.person('alan')
    await expect(alan.slash('general', 'sources list')).rejects.toThrow('offered no command')
    const mallory = bot.sandbox.person('mallory')
    const other = mallory
      .overview()
      .guilds.find(guild => guild.name !== 'Lab')!
      .channels.find(one => one.type === 0)!.id
    expect((await mallory.slash(other, 'sources list')).embeds[0]?.description).toContain('No sources yet')
    const id = String((await ada().suggest('general', 'sources pause', 'source', ''))?.[0]?.value)
    expect((await mallory.slash(other, 'sources remove', { source: id })).content).toContain('no such source')
    expect(await mallory.suggest(other, 'sources remove', 'source', '')).toEqual([])
    expect(await list()).toContain('arxiv cs.CL')
  })

  it('suggests nothing to who is offered the command all the same, as a server can set it', async () => {
    for (const command of bot.sandbox.world.commands.get('global') ?? [])
      Object.assign(command, { default_member_permissions: null })
    const alan = bot.sandbox.person('alan')
    expect((await alan.slash('general', 'sources list')).content).toBe('You may not use this command here.')
    expect(await alan.suggest('general', 'sources remove', 'source', '')).toEqual([])
    expect(await ada().suggest('general', 'sources remove', 'source', '')).toHaveLength(1)
  })

  it('pauses and goes on', async () => {
    const paused = await ada().slash('general', 'sources pause')
    expect(paused.embeds[0]?.description).toContain('paused')
    const before = world.heard.length
    const resumed = await ada().slash('general', 'sources resume')
    expect(resumed.content).toBe('Resumed.')
    await expect.poll(() => world.heard.length, { timeout: 20_000 }).toBeGreaterThan(before)
    expect(await list()).toContain('fresh')
  })

  it('tells who set a source up, once, that it fails', async () => {
    world.faults.push({
      on: /./,
      from: '2026-11-16T12:00:00Z',
      until: '2027-01-01T00:00:00Z',
      answer: () => ({ status: 404 }),
    })
    await ada().slash('general', 'sources sync')
    // Not by a command: a notice that is waiting comes with its reply.
    const failure = async () => (await bot.store.sources.all())[0]?.health.failure?.kind
    await expect.poll(failure, { timeout: 20_000 }).toBe('refused')
    // An hour in which it goes on failing, at the bot's own pace.
    for (let step = 0; step < 60; step++) {
      clock.moveTo(clock.now() + 60_000)
      await sleep(50)
    }
    await expect.poll(toAda, { timeout: 20_000 }).toHaveLength(1)
    expect(toAda()[0]).toMatch(/\*\*arxiv cs\\?\.CL\*\* is failing: 127\\?\.0\\?\.0\\?\.1:\d+ answers 404/)
    expect(bot.sandbox.refused).toEqual([])
  })
})
