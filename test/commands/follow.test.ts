import { describe, expect, it } from 'vitest'
import follow from '../../commands/follow.ts'
import type { BotContext } from '../../src/bot/context.ts'
import { Failure } from '../../src/errors.ts'
import { maxFollows } from '../../src/store/schedule-ports.ts'
import type { Reply } from '../../src/view/reply.ts'
import {
  ada,
  bob,
  context,
  idOf,
  labelsOf,
  now,
  openBotContext,
  papersFrom,
  press,
  run,
  textOf,
} from '../fixtures/members.ts'

const commands = [follow]
const papers = papersFrom([
  { title: 'Key value caches for transformers' },
  { title: 'Caches of keys for transformers' },
  { title: 'Mixture of experts at the edge' },
])
const open = () => openBotContext(papers)
let ticks = 0
/** Every interaction comes a moment after the one before. */
const tick = () => new Date(now.getTime() + ticks++)
const say = (subcommand: string, options: object, bot: BotContext, userId = ada, locale = 'de') =>
  run(follow, { subcommand, ...options }, context(userId, { locale, at: tick() }), bot)
const pressAs = (userId: string, id: string, bot: BotContext, more: Parameters<typeof press>[1] = {}) =>
  press(id, more, context(userId, { locale: 'de', at: tick() }), bot, commands)
const berlin = { hour: 7, timezone: 'Berlin' }
const formText = (reply: Reply) => JSON.stringify(reply.modal)
/** What a form would bring back if it were sent as it is. */
const asShown = (reply: Reply): Record<string, string> =>
  Object.fromEntries(
    (reply.modal?.components ?? []).flatMap(part => {
      if (!('component' in part) || !('custom_id' in part.component)) return []
      const field = part.component
      const value =
        'options' in field && field.options
          ? field.options.find(option => option.default)?.value
          : 'value' in field
            ? field.value
            : ''
      return [[field.custom_id, value ?? '']]
    }),
  )

describe('/follow add', () => {
  it('follows a topic at the hour and in the time zone that was said', async () => {
    const bot = await open()
    const reply = await say('add', { topic: 'key value', ...berlin, days: '12345' }, bot)
    const [made] = await bot.store.follows.list(ada)
    expect(made).toMatchObject({
      topic: { query: 'key value' },
      timing: { hour: 7, minute: 0, zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5] },
    })
    // The interaction is at noon UTC on a Monday: the next digest comes on Tuesday at 7 in Berlin.
    expect(made?.next).toEqual({ at: Date.parse('2026-11-24T06:00:00Z'), offset: 60 })
    expect(textOf(reply)).toContain('Following key value')
    expect(textOf(reply)).toContain('07:00, Europe/Berlin, Monday to Friday')
    expect(textOf(reply)).toContain('Key value caches')
  })

  it('asks for the time in a form the first time, with a guess to look over, and never asks again', async () => {
    const bot = await open()
    const form = await say('add', { topic: 'experts', hour: 9 }, bot)
    expect(await bot.store.follows.list(ada)).toEqual([])
    expect(asShown(form)).toEqual({ topic: 'experts', hour: '9', zone: 'Europe/Berlin', days: '1234567' })
    const done = await pressAs(ada, form.modal?.custom_id ?? '', bot, {
      fields: { ...asShown(form), zone: 'lisbon' },
    })
    expect(textOf(done)).toContain('09:00, Europe/Lisbon, every day')
    const second = await say('add', { topic: 'caches' }, bot)
    expect(textOf(second)).toContain('09:00, Europe/Lisbon, every day')
  })

  it('follows a paper that was suggested, also through the form', async () => {
    const bot = await open()
    const choices = await follow.suggest?.(
      { focused: 'topic', text: 'experts', options: {} },
      context(ada),
      bot,
    )
    expect(choices?.[0]).toEqual({ name: '“experts” as a topic', value: 'experts' })
    expect(choices?.[1]).toEqual({ name: 'Related to Mixture of experts at the edge', value: 'paper:p3' })
    const form = await say('add', { topic: 'paper:p3' }, bot)
    expect(asShown(form)).not.toHaveProperty('topic')
    const done = await pressAs(ada, form.modal?.custom_id ?? '', bot, { fields: asShown(form) })
    expect(textOf(done)).toContain('Following papers related to Mixture of experts at the edge')
    expect((await bot.store.follows.list(ada))[0]?.topic).toEqual({ paperId: 'p3' })
  })

  it('follows an author and a venue, as the library names them, also through the form', async () => {
    const bot = await openBotContext(
      papersFrom([
        { title: 'Key value caches', authors: ['Lovelace, Ada', 'Grace Hopper'], venue: 'NeurIPS 2023' },
        { title: 'Caches of keys', authors: ['Ada Lovelace'], venue: 'NeurIPS 2024', categories: ['cs.CL'] },
        { title: 'Experts', authors: ['A. Lovelace'], venue: 'Nature' },
      ]),
    )
    const suggest = (focused: string, text: string) =>
      follow.suggest?.({ focused, text, options: {} }, context(ada), bot)
    expect(await suggest('author', 'LOVE')).toEqual([
      { name: 'Ada Lovelace (2)', value: 'Ada Lovelace' },
      { name: 'A. Lovelace (1)', value: 'A. Lovelace' },
    ])
    expect(await suggest('venue', 'neur')).toEqual([{ name: 'NeurIPS (2)', value: 'NeurIPS' }])
    expect(await suggest('venue', 'cs')).toEqual([{ name: 'cs.CL (1)', value: 'cs.CL' }])
    const form = await say('add', { author: 'ada lovelace' }, bot)
    expect(asShown(form)).toMatchObject({ author: 'ada lovelace' })
    const bad = await pressAs(ada, form.modal?.custom_id ?? '', bot, {
      fields: { ...asShown(form), zone: 'mars' },
    })
    const again = await press(idOf(bad, 'Try again'), { on: bad }, context(ada), bot, commands)
    expect(again.modal?.custom_id).toBe(form.modal?.custom_id)
    const done = await pressAs(ada, form.modal?.custom_id ?? '', bot, {
      fields: { ...asShown(form), zone: 'lisbon' },
    })
    expect(textOf(done)).toContain('Following papers by ada lovelace')
    expect(textOf(done)).toContain('Caches of keys')
    expect(textOf(done)).not.toContain('Experts')
    expect(textOf(await say('add', { author: 'Lovelace, Ada' }, bot))).toContain('You follow that already')
    expect(textOf(await say('add', { venue: 'NeurIPS 2025' }, bot))).toContain('papers from NeurIPS 2025')
    expect((await bot.store.follows.list(ada)).map(one => one.topic)).toEqual([
      { author: 'ada lovelace' },
      { venue: 'NeurIPS 2025' },
    ])
  })

  it('takes one of topic, author and venue', async () => {
    const bot = await open()
    for (const options of [{}, { topic: 'caches', author: 'Ada' }, { author: ' ', venue: '' }])
      await expect(say('add', { ...options, ...berlin }, bot)).rejects.toThrow('Give one of')
    await expect(say('add', { author: '<@1>?', ...berlin }, bot)).resolves.toBeDefined()
    await expect(say('add', { author: '???', ...berlin }, bot)).rejects.toThrow('is no name')
  })

  it('does not follow the same twice, nor what holds nothing to search for', async () => {
    const bot = await open()
    await say('add', { topic: 'Caches', ...berlin }, bot)
    expect(textOf(await say('add', { topic: 'caches' }, bot))).toContain('You follow that already')
    expect(textOf(await say('add', { topic: '???', ...berlin }, bot))).toContain('nothing to search for')
    expect(await bot.store.follows.list(ada)).toHaveLength(1)
  })

  it('says so when nothing fits yet', async () => {
    const bot = await open()
    expect(textOf(await say('add', { topic: 'qqqzzz', ...berlin }, bot))).toContain('Nothing matches yet')
  })

  it('names what it does not know of a time zone, with what may be meant', async () => {
    const bot = await open()
    await expect(say('add', { topic: 'caches', timezone: 'portugal' }, bot)).rejects.toThrow(
      /Did you mean .*Europe\/Lisbon/u,
    )
    await expect(say('add', { topic: 'caches', timezone: 'Mars/@everyone' }, bot)).rejects.toThrow(
      'Mars/\\@everyone',
    )
    expect(await bot.store.follows.list(ada)).toEqual([])
  })

  it('stops at the limit with one clear text', async () => {
    const bot = await open()
    for (let i = 0; i < maxFollows; i++) await say('add', { topic: `caches ${i}`, ...berlin }, bot)
    await expect(say('add', { topic: 'experts' }, bot)).rejects.toThrow(/25/u)
    const list = await say('list', {}, bot)
    expect(textOf(list)).toContain('**25.**')
  })
})

describe('a follow', () => {
  async function following(): Promise<{ bot: BotContext; card: Reply; id: string }> {
    const bot = await open()
    const card = await say('add', { topic: 'caches', ...berlin }, bot)
    return { bot, card, id: (await bot.store.follows.list(ada))[0]?.id ?? '' }
  }

  it('is paused, resumed and removed by buttons', async () => {
    const { bot, card, id } = await following()
    const paused = await pressAs(ada, idOf(card, 'Pause'), bot)
    expect(textOf(paused)).toContain('State\npaused')
    expect((await bot.store.follows.get(ada, id))?.pausedAt).toBeDefined()
    const resumed = await pressAs(ada, idOf(paused, 'Resume'), bot)
    expect(textOf(resumed)).toMatch(/State\nnext <t:\d+:R>/u)
    const removed = await pressAs(ada, idOf(resumed, 'Remove'), bot)
    expect(textOf(removed)).toContain('You follow nothing')
    expect(textOf(await pressAs(ada, idOf(resumed, 'Pause'), bot))).toContain('do not follow that any more')
  })

  it('moves to another time in a form that begins with the present one', async () => {
    const { bot, card, id } = await following()
    const form = await pressAs(ada, idOf(card, 'Change time'), bot)
    expect(asShown(form)).toEqual({ hour: '7', zone: 'Europe/Berlin', days: '1234567' })
    const changed = await pressAs(ada, form.modal?.custom_id ?? '', bot, {
      fields: { hour: '18', zone: 'Asia/Calcutta', days: '1' },
    })
    expect(textOf(changed)).toContain('18:00, Asia/Kolkata, on Mondays')
    expect((await bot.store.follows.get(ada, id))?.next).toEqual({
      at: Date.parse('2026-11-23T12:30:00Z'),
      offset: 330,
    })
    const forged = await pressAs(ada, form.modal?.custom_id ?? '', bot, {
      fields: { hour: '99', zone: 'Asia/Kolkata', days: 'xyz' },
    })
    expect(textOf(forged)).toContain('18:00, Asia/Kolkata, on Mondays')
  })

  it('is found, seen and changed by its member alone', async () => {
    const { bot, card, id } = await following()
    const ids = ['Pause', 'Remove', 'All I follow'].map(text => idOf(card, text))
    for (const customId of [
      ...ids,
      `L1:follow:resume::${id}`,
      `L1:follow:open::${id}`,
      `L1:follow:timed::${id}`,
    ]) {
      const reply = await pressAs(bob, customId, bot, { fields: { hour: '1', zone: 'UTC', days: '1' } })
      expect(textOf(reply)).toContain('You follow nothing')
    }
    await expect(pressAs(bob, idOf(card, 'Change time'), bot)).rejects.toThrow(Failure)
    for (const what of ['pause', 'remove', 'time'])
      await expect(say(what, { follow: id, hour: 1 }, bot, bob)).rejects.toThrow(
        'You do not follow anything like that',
      )
    expect(await follow.suggest?.({ focused: 'follow', text: '', options: {} }, context(bob), bot)).toEqual(
      [],
    )
    expect(await bot.store.follows.get(ada, id)).toMatchObject({ pausedAt: undefined, timing: { hour: 7 } })
  })

  it('says that closed direct messages stopped it, and resumes', async () => {
    const { bot, id } = await following()
    const [schedule] = await bot.store.slots.due(Date.parse('2026-11-24T07:00:00Z'), 10)
    expect(schedule?.id).toBe(id)
    if (schedule === undefined) return
    const at = Date.parse('2026-11-24T06:00:00Z')
    await bot.store.slots.plan(
      schedule,
      [{ date: '2026-11-24', at, expiresAt: at + 1e7 }],
      { at: at + 864e5, offset: 60 },
      at,
    )
    const [claim] = await bot.store.slots.claim('c', at, at + 60_000, 1)
    if (claim === undefined) throw new Error('no claim')
    await bot.store.slots.stop(claim, { kind: 'closed', missing: [], at }, at)
    const list = await say('list', {}, bot)
    expect(textOf(list)).toContain('direct messages closed')
    await say('resume', {}, bot)
    expect((await bot.store.follows.get(ada, id))?.problem).toBeUndefined()
  })
})

describe('/follow pause, resume, remove, time', () => {
  it('takes one by its name, or all of them', async () => {
    const bot = await open()
    await say('add', { topic: 'caches', ...berlin }, bot)
    await say('add', { topic: 'experts', hour: 20 }, bot)
    const states = async () => (await bot.store.follows.list(ada)).map(one => one.pausedAt !== undefined)
    await say('pause', { follow: 'exp' }, bot)
    expect(await states()).toEqual([false, true])
    expect(textOf(await say('pause', {}, bot))).toMatch(/paused.*paused/su)
    await say('resume', {}, bot)
    expect(await states()).toEqual([false, false])
    const moved = await say('time', { timezone: 'Asia/Tokyo' }, bot)
    expect(textOf(moved)).toContain('07:00, Asia/Tokyo')
    expect(textOf(moved)).toContain('20:00, Asia/Tokyo')
    await expect(say('remove', { follow: 'nothing like it' }, bot)).rejects.toThrow('anything like that')
    expect(labelsOf(await say('remove', { follow: 'caches' }, bot))).toEqual([
      'Open one to pause, reschedule or remove it',
    ])
    expect(await states()).toHaveLength(1)
  })

  it('changes nothing when the time zone is none', async () => {
    const bot = await open()
    await say('add', { topic: 'caches', ...berlin }, bot)
    await expect(say('time', { timezone: 'nowhere', hour: 3 }, bot)).rejects.toThrow(Failure)
    expect((await bot.store.follows.list(ada))[0]?.timing.hour).toBe(7)
  })

  it('asks in a form when no time is said', async () => {
    const bot = await open()
    expect(textOf(await say('time', {}, bot))).toContain('You follow nothing')
    await say('add', { topic: 'caches', ...berlin }, bot)
    await say('add', { topic: 'experts' }, bot)
    const form = await say('time', {}, bot)
    expect(formText(form)).toContain('Europe/Berlin')
    const all = await pressAs(ada, form.modal?.custom_id ?? '', bot, {
      fields: { ...asShown(form), hour: '5' },
    })
    expect(textOf(all)).toMatch(/05:00.*05:00/su)
  })
})
