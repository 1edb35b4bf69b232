import { describe, expect, it } from 'vitest'
import privacy from '../../commands/privacy.ts'
import type { BotContext } from '../../src/bot/context.ts'
import { newId } from '../../src/store/ids.ts'
import type { Reply } from '../../src/view/reply.ts'
import {
  ada,
  bob,
  context,
  guild,
  idOf,
  openBotContext,
  papersFrom,
  press,
  run,
  textOf,
} from '../fixtures/members.ts'

const papers = papersFrom([{ title: 'Key value caches' }, { title: 'Mixtures of experts' }])
const say = (subcommand: string, bot: BotContext, userId = ada) =>
  run(privacy, { subcommand }, context(userId), bot)
const pressAs = (userId: string, id: string, bot: BotContext) =>
  press(id, {}, context(userId), bot, [privacy])
const fileIn = (reply: Reply) => JSON.parse(String(reply.files?.[0]?.data))
const forum = '400000000000000009'
const text = '400000000000000001'

/** Ada and Bob have one of everything; `woken` counts how often the scheduler was woken. */
async function open(): Promise<{ bot: BotContext; woken: () => number }> {
  const kit = await openBotContext(papers)
  let wakes = 0
  const bot = { ...kit, picks: { ...kit.picks, wake: () => void wakes++ } }
  const { saves, posts, votes, queue, follows, dailies } = bot.store
  const timing = { hour: 8, minute: 0, zone: 'UTC', days: [1] }
  const next = { at: 9e12, offset: 0 }
  for (const userId of [ada, bob]) {
    const note = `note of ${userId}`
    await saves.put(userId, { paperId: 'p1', guildId: guild, note, tags: ['kv', 'x'], at: 1 })
    for (const [channelId, messageId] of [
      [text, `60000000000000000${userId.at(-1)}`],
      [forum, `70000000000000000${userId.at(-1)}`],
    ] as const) {
      const id = newId('s')
      await posts.share({ id, guildId: guild, channelId, userId, paperId: 'p1', note, at: 1 })
      await posts.arrived(id, { messageId, threadId: messageId })
      await votes.cast({ guildId: guild, postId: id, paperId: 'p1', userId, useful: true, at: 1 })
    }
    const paperId = userId === ada ? 'p1' : 'p2'
    await queue.propose({ guildId: guild, paperId, userId, note, at: 1 })
    await follows.create({ id: newId('f'), userId, timing, topic: { query: note }, createdAt: 1, next })
    await dailies.create({
      id: newId('d'),
      guildId: guild,
      channelId: text,
      createdBy: userId,
      count: 1,
      timing,
      topic: undefined,
      createdAt: 1,
      next,
    })
  }
  return { bot, woken: () => wakes }
}

describe('/privacy export', () => {
  it('gives the member all that is stored about them, and nothing about others', async () => {
    const { bot } = await open()
    const reply = await say('export', bot)
    const data = fileIn(reply)
    expect(data).toMatchObject({ member: ada, saves: [{ paper_id: 'p1', note: `note of ${ada}` }] })
    for (const kind of ['saves', 'tags', 'shares', 'votes', 'proposals', 'follows', 'dailyPicksSet'])
      expect(data[kind], kind).not.toEqual([])
    expect(JSON.stringify(data)).not.toContain(bob)
  })

  it('is always for the member alone', () => {
    expect(privacy.audience({ subcommand: 'export' })).toBe('ephemeral')
    const answers = Object.values(privacy.actions ?? {}).map(action => action.answers)
    expect(answers.filter(one => one !== 'ephemeral' && one !== 'update-ephemeral')).toEqual([])
  })

  it('says truthfully that nothing is stored', async () => {
    const bot = await openBotContext(papers)
    const data = fileIn(await say('export', bot))
    expect(Object.values(data).filter(Array.isArray).flat()).toEqual([])
    expect(textOf(await say('delete', bot))).toBe('Nothing is stored about you.')
  })
})

describe('/privacy delete', () => {
  it('asks first, with what would go and what stays without a name', async () => {
    const { bot } = await open()
    const question = await say('delete', bot)
    expect(textOf(question)).toContain('1 saved paper, 2 tags on them')
    expect(textOf(question)).toContain('2 shared papers')
    expect((await bot.store.saves.list(ada)).total).toBe(1)
    await pressAs(ada, idOf(question, 'Keep it'), bot)
    expect((await bot.store.saves.list(ada)).total).toBe(1)
    expect(fileIn(await pressAs(ada, idOf(question, 'Take a copy'), bot)).member).toBe(ada)
  })

  it('deletes for good, says what is gone, and touches nobody else', async () => {
    const { bot, woken } = await open()
    const others = await bot.store.members.export(bob)
    const question = await say('delete', bot)
    const done = await pressAs(ada, idOf(question, 'Delete it all'), bot)
    expect(textOf(done)).toMatch(/^Deleted: 1 saved paper, 2 tags on them, 2 votes, 1 followed topic\./u)
    expect(textOf(done)).toContain(
      'removed from: 2 shared papers, 1 proposal in a queue, 1 daily pick that you set',
    )
    const after = await bot.store.members.export(ada)
    expect(Object.values(after).flat()).toEqual([])
    expect(await bot.store.members.export(bob)).toEqual(others)
    expect(textOf(await pressAs(ada, idOf(question, 'Delete it all'), bot))).toBe(
      'Nothing is stored about you.',
    )
    expect(woken()).toBe(2)
    const taken = await bot.store.erasures.take(9e12, 9e12 + 1, 10)
    expect(taken.map(({ kind, messageId, unnamed }) => [kind, messageId, unnamed])).toEqual(
      expect.arrayContaining([
        ['share', '600000000000000001', true],
        ['share', '700000000000000001', true],
      ]),
    )
  })

  it('deletes only the presser’s own, and only when asked twice', async () => {
    const { bot } = await open()
    const question = await say('delete', bot)
    await pressAs(bob, idOf(question, 'Delete it all'), bot)
    expect((await bot.store.saves.list(ada)).total).toBe(1)
    expect((await bot.store.saves.list(bob)).total).toBe(0)
    expect(textOf(await pressAs(ada, 'L1:privacy:delete::', bot))).toContain(
      'Delete what is stored about you?',
    )
    expect((await bot.store.saves.list(ada)).total).toBe(1)
  })
})
