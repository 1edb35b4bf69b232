import { ChannelFlags, ChannelFlagsBitField, ChannelType } from 'discord.js'
import type { MessageView } from 'discord-sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ScheduledBot, startScheduledBot } from '../fixtures/scheduled-bot.ts'

const never = Date.parse('2099-01-01')
const name = 'arxiv cs.CL'

let scheduled: ScheduledBot
let lab: string
beforeAll(async () => {
  scheduled = await startScheduledBot('2027-03-01T12:10:00Z')
  lab = scheduled.bot.sandbox.guild('Lab').id
  await scheduled.bot.store.sources.add({
    id: 'l1',
    collection: lab,
    name,
    spec: { kind: 'arxiv', categories: ['cs.CL'] },
    createdBy: undefined,
    lane: 'arxiv',
    // The test tells what it has read.
    at: never,
  })
})
afterAll(async () => {
  // The thread that the bot was not allowed to open, and the one that was locked.
  expect(scheduled.bot.sandbox.refused.map(({ code }) => code)).toEqual([50013, 50083])
  await scheduled.bot.close()
})
const person = (who: string) => scheduled.bot.sandbox.person(who)
const channel = (called: string) =>
  [...scheduled.bot.sandbox.world.channels.values()].find(one => one.name === called)?.id ?? ''
const posts = (where: string): MessageView[] =>
  person('ada')
    .messages(where)
    .filter(({ author }) => author.bot)
const hourOf = (message: MessageView | undefined) => message?.timestamp.slice(0, 16)
const set = (options: Record<string, unknown>, who = 'ada') =>
  person(who).slash('general', 'daily set', {
    channel: channel('papers'),
    time: '07:00',
    timezone: 'UTC',
    ...(options as Record<string, string>),
  })

/** The source has read what it says of a day. */
async function announced(day: string, count: number, taken = count): Promise<void> {
  const { store } = scheduled.bot
  const now = scheduled.clock.now()
  const claim = await store.sources.claim('c1', now, now + 60_000, 'l1')
  if (claim === undefined) throw new Error('no claim')
  const health = {
    batches: [{ part: 'cs.CL', day, announced: count, taken }],
    readAt: now,
    failure: undefined,
  }
  const look = { state: {}, health, isFirst: false, nextAt: never, tell: undefined, isWell: true }
  await store.sources.settle(claim, look, now)
  await store.sources.release(claim)
}
const arrive = (id: string) =>
  scheduled.arrive([{ id, title: `Zorblax ${id}`, abstract: `Zorblax of ${id}.` }], lab, name)

describe('a pick from a source’s newest', () => {
  it('waits until the source has settled its day, and takes nothing else', async () => {
    await announced('2027-03-01', 1)
    const done = await set({ source: 'l1', 'wait-until': '12:00' })
    expect(done.embeds[0]?.description).toContain(
      'From the newest of arxiv cs.CL (fresh) · waits for it until 12:00',
    )
    await scheduled.until('2027-03-02T08:40:00Z')
    expect(posts('papers')).toEqual([])
    const why = await person('emmy').slash('general', 'daily why')
    expect(why.embeds[0]?.description).toContain('Waiting for its source')
    await arrive('a1')
    await announced('2027-03-02', 2, 1)
    await scheduled.until('2027-03-02T09:10:00Z')
    expect(posts('papers')).toEqual([])
    await announced('2027-03-02', 1)
    await scheduled.until('2027-03-02T09:40:00Z')
    const [pick] = posts('papers')
    expect(hourOf(pick)).toBe('2027-03-02T09:30')
    expect(pick?.embeds[0]?.title).toBe('Zorblax a1')
    expect(pick?.embeds[0]?.description).toContain('is among the newest of arxiv cs.CL')
    expect(pick?.content).toBe('**Pick of the day**')
  })

  it('is posted at the latest hour with what has come, and says that the day is not settled', async () => {
    await arrive('b1')
    await announced('2027-03-03', 5, 1)
    await scheduled.until('2027-03-03T12:40:00Z')
    const pick = posts('papers').at(-1)
    expect(hourOf(pick)).toBe('2027-03-03T12:00')
    expect(pick?.embeds[0]?.title).toBe('Zorblax b1')
    expect(pick?.content).toMatch(/arxiv cs.CL has not settled its day: .*1 of 5 papers/u)
    const why = await person('emmy').slash('general', 'daily why')
    expect(why.embeds[0]?.description).toContain('had not settled its day by the latest hour')
  })

  it('that has nothing by the latest hour says so once, and why', async () => {
    await scheduled.until('2027-03-04T12:40:00Z')
    const notice = posts('papers').at(-1)
    expect(hourOf(notice)).toBe('2027-03-04T12:00')
    expect(notice?.embeds[0]?.description).toMatch(
      /No pick today: \*\*arxiv cs.CL\*\* has not settled its day.*late: cs.CL: Thursday,? 4 March has not come out/su,
    )
    expect(posts('papers')).toHaveLength(3)
    await arrive('c1')
    await announced('2027-03-05', 1)
    await scheduled.until('2027-03-05T07:40:00Z')
    expect(hourOf(posts('papers').at(-1))).toBe('2027-03-05T07:00')
    expect(posts('papers').at(-1)?.embeds[0]?.title).toBe('Zorblax c1')
  })

  it('does not wait on a day for which nothing is expected, nor for a source that is gone', async () => {
    await scheduled.until('2027-03-06T12:40:00Z')
    await scheduled.until('2027-03-07T12:40:00Z')
    expect(posts('papers')).toHaveLength(4)
    const why = await person('emmy').slash('general', 'daily why')
    expect(why.embeds[0]?.description).toContain('Nothing new')
    const list = () => person('emmy').slash('general', 'daily list')
    expect((await list()).embeds[0]?.description).toContain('arxiv cs.CL (quiet)')
    const gone = await person('ada').slash('general', 'sources remove', { source: 'l1' })
    expect(gone.content).toContain(`Daily picks take their papers from it in <#${channel('papers')}>`)
    expect((await list()).embeds[0]?.description).toContain('arxiv cs.CL (removed)')
    await scheduled.until('2027-03-08T07:40:00Z')
    expect(posts('papers').at(-1)?.embeds[0]?.description).toContain('it was removed')
    expect((await person('ada').slash('general', 'daily remove')).content).toBe('Removed.')
  })

  it.each([
    [{ 'wait-until': '12:00' }, 'Say with **source**'],
    [{ source: 'nothing', 'wait-until': '12:00' }, 'There is no live source **nothing**'],
    [{ source: 'l1' }, 'There is no live source'],
    [{ 'wait-until': 'teatime' }, 'Enter a time'],
  ])('is not set with %j', async (options, text) => {
    expect((await set(options)).content).toContain(text)
  })

  it('takes no hour that is not after its own, and suggests sources to whoever manages the server', async () => {
    const { sources } = scheduled.bot.store
    const spec = { kind: 'rss', url: 'https://example.org/feed?key=secret' } as const
    await sources.add({
      id: 'l2',
      collection: '',
      name: `rss ${spec.url}`,
      spec,
      createdBy: undefined,
      lane: 'other',
      at: never,
    })
    expect((await set({ source: 'l2', 'wait-until': '07:00' })).content).toContain('must be after')
    const suggest = (who: string, where = 'general') => person(who).suggest(where, 'daily set', 'source', '')
    expect(await suggest('ada')).toEqual([{ name: 'rss example.org (shared)', value: 'l2' }])
    expect(await suggest('emmy')).toEqual([])
    expect((await set({ source: 'l2' })).embeds[0]?.description).not.toContain('secret')
    await person('ada').slash('general', 'daily remove')
  })
})

describe('a thread for each pick', () => {
  it('is opened on the message, named by the paper', async () => {
    const done = await set({ thread: true, topic: 'kv cache' })
    expect(done.embeds[0]?.description).toContain('A thread on each')
    await scheduled.until('2027-03-10T07:40:00Z')
    const pick = posts('papers').at(-1)
    expect(pick?.embeds[0]?.title).toBeDefined()
    const thread = scheduled.bot.sandbox.world.channels.get(pick?.id ?? '')
    expect(thread?.name).toBe(pick?.embeds[0]?.title?.slice(0, 100))
  })

  it('is a post where the channel is a forum, with votes', async () => {
    const forum = [...scheduled.bot.sandbox.world.channels.values()].find(one => one.type === 15)
    const done = await set({ channel: forum?.id, topic: 'reasoning', count: 2 })
    expect(done.content).toBe('Done.')
    expect(done.embeds[0]?.description).toContain('A post for each')
    await scheduled.until('2027-03-11T07:40:00Z')
    const post = [...scheduled.bot.sandbox.world.channels.values()].find(one => one.parentId === forum?.id)
    const [pick] = post === undefined ? [] : posts(post.id)
    expect(pick?.content).toContain('**Picks of the day**')
    const vote = JSON.stringify(pick?.components).match(/L1:share:vote:[^"]+,u/u)?.[0] ?? ''
    await person('emmy').tap(pick as MessageView, vote)
    const counted = () => JSON.stringify(posts(post?.id ?? '')[0]?.components)
    await expect.poll(counted, { timeout: 10_000 }).toContain('Useful · 1')
    const less = JSON.stringify(pick?.components).match(/L1:daily:less:[^"]+/u)?.[0] ?? ''
    expect((await person('emmy').press(pick as MessageView, less)).content).toContain('From now on')
  })

  it('in a forum that comes to demand a tag waits until it does no more, and is told', async () => {
    const { sandbox, connection } = scheduled.bot
    const forum = [...sandbox.world.channels.values()].find(one => one.type === 15)
    const cached = connection.client.channels.cache.get(forum?.id ?? '')
    if (cached?.type !== ChannelType.GuildForum) throw new Error('no forum')
    const count = () => [...sandbox.world.channels.values()].filter(one => one.parentId === forum?.id).length
    const before = count()
    const { flags } = cached
    const refusal = { kind: 'refused', status: 400, code: 40067, message: 'A tag is required' } as const
    cached.flags = new ChannelFlagsBitField(ChannelFlags.RequireTag)
    sandbox.faults.add({ path: `^/channels/${forum?.id}/threads$`, times: 1_000, effect: refusal })
    const list = async () => (await person('emmy').slash('general', 'daily list')).embeds[0]?.description
    await scheduled.until('2027-03-12T07:40:00Z')
    expect(await list()).toContain('stopped: I lack **leave to post without a tag** there')
    const [daily] = (await scheduled.bot.store.dailies.list(lab)).filter(one => one.channelId === forum?.id)
    const asked = await person('ada').slash('general', 'daily post-now', { schedule: daily?.id ?? '' })
    expect(asked.content).toContain('once I can post there')
    sandbox.faults.clear()
    cached.flags = flags
    await scheduled.until('2027-03-12T08:40:00Z')
    expect(await list()).not.toContain('stopped')
    expect(count()).toBe(before + 1)
    await person('ada').slash('general', 'daily remove', { schedule: daily?.id ?? '' })
  })

  it('that cannot be opened takes no pick away, and is told', async () => {
    scheduled.bot.sandbox.simulate({ kind: 'deny', channel: 'papers', permissions: ['CreatePublicThreads'] })
    await scheduled.until('2027-03-13T07:40:00Z')
    expect(hourOf(posts('papers').at(-1))).toBe('2027-03-13T07:00')
    const list = await person('emmy').slash('general', 'daily list')
    expect(list.embeds[0]?.description).toContain('Its thread could not be opened')
    const refused = await set({ thread: true, topic: 'another' })
    expect(refused.content).toContain('Create Public Threads')
  })

  it('in a thread that is locked costs no papers, and is told', async () => {
    const { world } = scheduled.bot.sandbox
    const thread = [...world.channels.values()].find(one => one.parentId === channel('papers'))
    const state = thread?.thread
    if (thread === undefined || state === undefined) throw new Error('no thread')
    await set({ channel: thread.id, topic: 'agents' })
    const before = posts(thread.id).length
    Object.assign(state, { archived: true, locked: true })
    await scheduled.until('2027-03-14T07:40:00Z')
    const list = async () => (await person('emmy').slash('general', 'daily list')).embeds[0]?.description
    expect(await list()).toContain('stopped: the channel was deleted or locked')
    state.locked = false
    await scheduled.until('2027-03-14T08:40:00Z')
    expect(await list()).not.toContain('stopped')
    expect(posts(thread.id)).toHaveLength(before + 1)
  })
})
