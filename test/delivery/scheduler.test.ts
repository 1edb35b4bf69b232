import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../src/delivery/clock.ts'
import { openScheduler } from '../../src/delivery/scheduler.ts'
import { carries } from '../../src/schedule/slot-key.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import type { Search } from '../../src/search/port.ts'
import { openSqlite } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { type Channels, openChannels } from '../fixtures/channels.ts'
import { httpPoster } from '../fixtures/http-poster.ts'
import { paper } from '../fixtures/paper.ts'
import { seedSearch } from '../fixtures/papers.ts'
import {
  dailyAt,
  followAt,
  type MovedClock,
  movedClock,
  runUntil,
  stage,
  weekdays,
} from '../fixtures/scheduler.ts'

const folder = mkdtempSync(join(tmpdir(), 'lectern-runner-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let seed: Search
beforeAll(async () => {
  seed = await seedSearch()
})

const guild = '900000000000000001'
const setter = '700000000000000001'
const nine = { hour: 9, minute: 0, zone: 'UTC', days: weekdays }
const minute = 60_000

let files = 0
let store: Store
let channels: Channels
let clock: MovedClock
const start = '2026-11-23T08:00Z'

beforeEach(async () => {
  store = await openSqlite(join(folder, `${files++}.db`))
  channels = await openChannels()
  clock = movedClock(start)
  channels.now = clock.now
})
afterEach(async () => {
  await store.close()
  await channels.close()
})

const open = (search: Search = seed, allowed?: () => boolean) =>
  stage(store, search, httpPoster(channels.url, clock.now, allowed), clock)
const create = (id: string, change = {}, timing = nine) =>
  store.dailies.create(dailyAt(id, timing, clock.now(), change))
const inChannel = (id: string) => channels.messages.filter(kept => kept.channel === `channel-${id}`)
const lastSlot = async (id: string) => (await store.slots.history(id, 1))[0]

describe('a day', () => {
  it('posts once, at its time, with its mark', async () => {
    await create('d1')
    const on = open()
    await runUntil(on, clock, '2026-11-23T08:59:59Z')
    expect(channels.messages).toEqual([])
    await runUntil(on, clock, '2026-11-23T12:00Z')
    expect(inChannel('d1')).toHaveLength(1)
    const [message] = inChannel('d1')
    expect(message).toMatchObject({ nonce: 'd1-20261123', at: Date.parse('2026-11-23T09:00Z') })
    expect(carries(message?.customIds ?? [], 'd1-20261123')).toBe(true)
    expect(await lastSlot('d1')).toMatchObject({ state: 'posted', messageId: message?.id, attempts: 1 })
  })

  it('posts what its preview showed', async () => {
    await create('d1', { count: 3, topic: { query: 'value alignment' } })
    const on = open()
    const daily = await store.dailies.get(guild, 'd1')
    const { slot, choice } = await on.runner.preview(daily!)
    expect(slot.date).toBe('2026-11-23')
    expect(await store.slots.history('d1', 1)).toEqual([])
    await runUntil(on, clock, '2026-11-23T10:00Z')
    expect((await lastSlot('d1'))?.picks).toEqual(choice.kind === 'picks' && choice.picks)
  })

  it('can have an extra post by hand, which does not use up its own', async () => {
    await create('d1')
    const on = open()
    const date = await store.slots.extra(guild, 'd1', '2026-11-23', clock.now(), clock.now() + 5 * minute)
    await runUntil(on, clock, '2026-11-23T10:00Z')
    expect(date).toBe('2026-11-23+1')
    expect(inChannel('d1').map(kept => kept.nonce)).toEqual(['d1-20261123-1', 'd1-20261123'])
  })
})

describe('thirty days in three zones over both clock changes', () => {
  it.each([
    ['2026-03-14T00:00Z', '2026-04-13T00:00Z'],
    ['2026-10-14T00:00Z', '2026-11-13T00:00Z'],
  ])('from %s: the right local times, every day, no paper twice', async (from, to) => {
    clock = movedClock(from)
    channels.now = clock.now
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe']
    const id = (zone: string) => `d${zones.indexOf(zone)}`
    for (const zone of zones)
      await create(id(zone), { channelId: 'one-channel' }, { hour: 2, minute: 30, zone, days: weekdays })
    await runUntil(open(), clock, to)
    for (const zone of zones) {
      const posts = channels.messages.filter(kept => kept.nonce.startsWith(`${id(zone)}-`))
      expect(posts).toHaveLength(30)
      const local = posts.map(kept =>
        new Date(kept.at).toLocaleString('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }),
      )
      expect(new Set(local.map(text => text.slice(0, 10))).size).toBe(30)
      const odd = local.filter(text => !text.endsWith(' 02:30'))
      // In spring one day has no half past two: the clocks jump over it, and the post comes then.
      expect(odd.every(text => text.endsWith(' 03:00'))).toBe(true)
      expect(odd.length).toBe(from.startsWith('2026-03') && zone === 'Europe/Berlin' ? 1 : 0)
    }
    const picked = await Promise.all(zones.map(zone => store.slots.recentPicks(id(zone), 100)))
    expect(picked.flat()).toHaveLength(90)
    expect(new Set(picked.flat()).size).toBe(90)
  })
})

describe('lost and broken answers', () => {
  it.each([
    ['lost after it was done', { kind: 'lost' }],
    ['dropped before it was done', { kind: 'dropped' }],
    ['done long after the connection broke', { kind: 'late', ms: 30 }],
    ['answered 502 though it was done', { kind: 'error', status: 502, done: true }],
    ['answered 500 and not done', { kind: 'error', status: 500, done: false }],
  ] as const)('a send that is %s is posted once', async (_, fate) => {
    await create('d1')
    channels.decide = ({ method, count }) => (method === 'POST' && count <= 1 ? fate : { kind: 'answer' })
    await runUntil(open(), clock, '2026-11-23T12:00Z')
    expect(inChannel('d1')).toHaveLength(1)
    expect(await lastSlot('d1')).toMatchObject({ state: 'posted', messageId: inChannel('d1')[0]?.id })
  })

  it('is looked for before it is sent again, even when the nonce is long forgotten', async () => {
    await create('d1')
    channels.decide = ({ method, count }) =>
      method === 'POST' ? { kind: 'lost' } : count < 12 ? { kind: 'dropped' } : { kind: 'answer' }
    await runUntil(open(), clock, '2026-11-24T08:00Z')
    expect(inChannel('d1')).toHaveLength(1)
    expect(clock.now() - (inChannel('d1')[0]?.at ?? 0)).toBeGreaterThan(10 * minute)
    expect(channels.requests.filter(request => request.method === 'POST')).toHaveLength(1)
    expect(await lastSlot('d1')).toMatchObject({ state: 'posted' })
  })

  it('is settled as unknown, and told, where the channel may not be read', async () => {
    await create('d1')
    channels.decide = ({ method, channel }) =>
      channel === setter
        ? { kind: 'answer' }
        : method === 'POST'
          ? { kind: 'lost' }
          : { kind: 'refused', why: 'permission', missing: ['Read Message History'] }
    const on = open()
    await runUntil(on, clock, '2026-11-23T12:00Z')
    expect(inChannel('d1')).toHaveLength(1)
    expect(await lastSlot('d1')).toMatchObject({ state: 'unknown', reason: 'unreadable' })
    expect(channels.messages.filter(kept => kept.channel === setter)).toHaveLength(1)
    expect(await store.notices.take({ userId: setter, guildId: guild, manages: true })).toEqual([])
    expect(on.notes.join()).toContain('unknown')
  })

  it('waits as long as it is told, and no request comes before', async () => {
    for (const id of ['d1', 'd2', 'd3']) await create(id)
    let limited: number | undefined
    channels.decide = ({ method }) => {
      if (method !== 'POST' || limited !== undefined) return { kind: 'answer' }
      limited = clock.now()
      return { kind: 'limited', ms: 90_000, everywhere: true }
    }
    await runUntil(open(), clock, '2026-11-23T12:00Z')
    for (const id of ['d1', 'd2', 'd3']) expect(inChannel(id)).toHaveLength(1)
    const waited = channels.messages.filter(kept => kept.at >= (limited ?? 0) + 90_000)
    expect(waited.length).toBeGreaterThanOrEqual(1)
  })

  it('that last all the window are said to be so, and the next day goes on', async () => {
    await create('d1')
    channels.decide = () =>
      clock.now() < Date.parse('2026-11-24T00:00Z')
        ? { kind: 'limited', ms: 60_000, everywhere: false }
        : { kind: 'answer' }
    await runUntil(open(), clock, '2026-11-24T10:00Z')
    expect((await store.slots.history('d1', 5)).map(slot => [slot.date, slot.state, slot.reason])).toEqual([
      ['2026-11-24', 'posted', undefined],
      ['2026-11-23', 'missed', 'late'],
    ])
    const [first, ...more] = await store.slots.recentPicks('d1', 9)
    expect([first !== undefined, more]).toEqual([true, []])
  })
})

describe('what stops a schedule', () => {
  it('a missing permission is told once, others go on, and the day’s pick comes when it is fixed', async () => {
    await create('d1')
    await create('d2')
    let fixed = false
    channels.decide = ({ channel, method }) =>
      channel === 'channel-d1' && method === 'POST' && !fixed
        ? { kind: 'refused', why: 'permission', missing: ['Send Messages'] }
        : { kind: 'answer' }
    const on = open(seed, () => fixed)
    await runUntil(on, clock, '2026-11-23T10:30Z')
    expect(inChannel('d2')).toHaveLength(1)
    expect((await store.dailies.get(guild, 'd1'))?.problem).toMatchObject({
      kind: 'permission',
      missing: ['Send Messages'],
    })
    expect(channels.messages.filter(kept => kept.channel === setter)).toHaveLength(1)
    const chosen = (await lastSlot('d1'))?.picks
    expect(channels.requests.filter(request => request.channel === 'channel-d1')).toHaveLength(1)
    fixed = true
    await runUntil(on, clock, '2026-11-23T11:00Z')
    await runUntil(on, clock, '2026-11-23T11:05Z')
    expect(inChannel('d1')).toHaveLength(1)
    expect(await lastSlot('d1')).toMatchObject({ state: 'posted', picks: chosen })
    expect((await store.dailies.get(guild, 'd1'))?.problem).toBeUndefined()
    expect(channels.messages.filter(kept => kept.channel === setter)).toHaveLength(1)
  })

  it('that is never fixed settles each day with the reason, and does not knock again', async () => {
    await create('d1')
    channels.decide = ({ channel }) =>
      channel === setter
        ? { kind: 'refused', why: 'closed' }
        : { kind: 'refused', why: 'permission', missing: ['Embed Links'] }
    await runUntil(
      open(seed, () => false),
      clock,
      '2026-11-26T08:00Z',
    )
    expect((await store.slots.history('d1', 9)).map(slot => [slot.state, slot.reason])).toEqual(
      Array.from({ length: 3 }, () => ['missed', 'permission']),
    )
    expect(channels.requests.filter(request => request.channel === 'channel-d1')).toHaveLength(1)
    // Closed to direct messages: told at the next command.
    expect(await store.notices.take({ userId: setter, manages: false })).toHaveLength(1)
  })

  it('a deleted channel stops it until another is set', async () => {
    await create('d1')
    channels.decide = ({ channel }) => ({
      kind: channel === 'channel-d1' ? 'refused' : 'answer',
      why: 'gone',
    })
    const on = open()
    await runUntil(on, clock, '2026-11-24T10:00Z')
    expect((await store.dailies.get(guild, 'd1'))?.problem?.kind).toBe('gone')
    await store.dailies.change(guild, 'd1', { channelId: 'channel-new' })
    await runUntil(on, clock, '2026-11-24T12:00Z')
    expect(inChannel('new').map(kept => kept.nonce)).toEqual(['d1-20261124'])
  })

  it('a message that Discord refuses is settled, and its papers are not tried again', async () => {
    await create('d1')
    channels.decide = ({ nonce }) =>
      nonce === 'd1-20261123' ? { kind: 'refused', why: 'invalid' } : { kind: 'answer' }
    await runUntil(open(), clock, '2026-11-24T10:00Z')
    const [second, first] = await store.slots.history('d1', 5)
    expect([first?.state, first?.reason, second?.state]).toEqual(['failed', 'invalid', 'posted'])
    expect(second?.picks[0]?.paperId).not.toBe(first?.picks[0]?.paperId)
  })

  it('a person’s pause before the post leaves the day out', async () => {
    await create('d1')
    channels.decide = ({ method }) =>
      method === 'POST' ? { kind: 'limited', ms: 30 * minute, everywhere: false } : { kind: 'answer' }
    const on = open()
    await runUntil(on, clock, '2026-11-23T09:10Z')
    await store.dailies.pause(guild, 'd1', clock.now())
    channels.decide = () => ({ kind: 'answer' })
    await runUntil(on, clock, '2026-11-24T12:00Z')
    expect(channels.messages).toEqual([])
    expect((await store.slots.history('d1', 5)).map(slot => [slot.date, slot.reason])).toEqual([
      ['2026-11-23', 'paused'],
    ])
  })

  it('one broken schedule does not hold up the others', async () => {
    await store.dailies.create({ ...dailyAt('bad', nine, clock.now()), timing: { ...nine, days: [] } })
    await create('d1')
    const on = open()
    await runUntil(on, clock, '2026-11-23T12:00Z')
    expect(inChannel('d1')).toHaveLength(1)
    expect(on.notes.join()).toContain('cannot be planned')
  })
})

describe('late starts', () => {
  it('catch up within the window, and leave out what is older', async () => {
    await create('d1')
    await create('d2', {}, { ...nine, hour: 20 })
    clock.set(Date.parse('2026-11-26T01:30Z'))
    await runUntil(open(), clock, '2026-11-26T02:00Z')
    expect((await store.slots.history('d1', 9)).map(slot => [slot.date, slot.state, slot.reason])).toEqual([
      ['2026-11-25', 'missed', 'late'],
      ['2026-11-24', 'missed', 'late'],
      ['2026-11-23', 'missed', 'late'],
    ])
    expect(inChannel('d2').map(kept => kept.nonce)).toEqual(['d2-20261125'])
  })

  it('do not repeat what was posted before a backup was restored', async () => {
    await create('d1')
    const file = join(folder, `${files++}.jsonl`)
    await store.backup(file, clock.now())
    const on = open()
    await runUntil(on, clock, '2026-11-23T10:00Z')
    const [first] = await store.slots.recentPicks('d1', 1)
    await store.restore(file, clock.now())
    await runUntil(on, clock, '2026-11-24T10:00Z')
    expect(inChannel('d1').map(kept => kept.nonce)).toEqual(['d1-20261123', 'd1-20261124'])
    expect(await store.slots.recentPicks('d1', 9)).not.toContain(first)
  })
})

describe('the end of a topic', () => {
  it('is told once in the channel; then days are silent, until there are new papers', async () => {
    const two = await buildSearch(['a', 'b'].map(id => paper(id, `Sparse attention in birds ${id}`)))
    await create('d1', { topic: { query: 'sparse attention' }, count: 2 })
    await runUntil(open(two), clock, '2026-11-27T10:00Z')
    expect(inChannel('d1').map(kept => kept.nonce)).toEqual(['d1-20261123', 'd1-20261124'])
    expect(
      (await store.slots.history('d1', 9)).map(slot => [slot.state, slot.reason, slot.picks.length]),
    ).toEqual([
      ['none', 'exhausted', 0],
      ['none', 'exhausted', 0],
      ['none', 'exhausted', 0],
      ['posted', undefined, 0],
      ['posted', undefined, 2],
    ])
    const three = await buildSearch(['a', 'b', 'c'].map(id => paper(id, `Sparse attention in birds ${id}`)))
    await runUntil(open(three), clock, '2026-11-29T10:00Z')
    expect(await store.slots.recentPicks('d1', 1)).toEqual(['c'])
    // Exhausted anew: the channel hears it anew.
    expect(inChannel('d1')).toHaveLength(4)
  })

  it('papers that left the library between choice and post are replaced', async () => {
    await create('d1')
    channels.decide = () => ({ kind: 'limited', ms: 5 * minute, everywhere: false })
    await runUntil(open(await buildSearch([paper('a', 'One')])), clock, '2026-11-23T09:01Z')
    expect((await lastSlot('d1'))?.picks[0]?.paperId).toBe('a')
    channels.decide = () => ({ kind: 'answer' })
    await runUntil(open(await buildSearch([paper('b', 'Two')])), clock, '2026-11-23T10:00Z')
    expect(await lastSlot('d1')).toMatchObject({ state: 'posted', picks: [{ paperId: 'b' }] })
  })
})

describe('digests', () => {
  const eight = { hour: 8, minute: 0, zone: 'Asia/Kolkata', days: weekdays }
  const others = [
    'Ice cores',
    'Roman roads',
    'Tidal power',
    'Cheese',
    'Black holes',
    'Bees',
    'Glass',
    'Chess',
  ]
  const library = (ids: string[]) =>
    buildSearch([
      ...ids.map(id => paper(id, `Sparse attention in birds ${id}`)),
      ...others.map(title => paper(title, title)),
    ])
  const topic = { query: 'sparse attention' }
  const digests = () => channels.messages.filter(kept => kept.channel === setter)

  it('bring the best of what is there first, then only what is new, and nothing twice', async () => {
    const old = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    await store.arrivals.note(old, clock.now() - 1)
    await store.follows.create(followAt('f1', eight, clock.now(), { topic }))
    await store.follows.create(followAt('f2', { ...eight, hour: 9 }, clock.now(), { topic }))
    await runUntil(open(await library(old)), clock, '2026-11-25T00:00Z')
    // Both follows share what the member has seen: five, then the other two; after that silence.
    expect(digests().map(kept => kept.nonce)).toEqual(['f1-20261124', 'f2-20261124'])
    expect((await store.follows.seen(setter)).size).toBe(7)
    await store.arrivals.note(['new'], clock.now())
    await runUntil(open(await library([...old, 'new'])), clock, '2026-11-27T00:00Z')
    expect(digests()).toHaveLength(3)
    expect(await store.slots.recentPicks('f1', 1)).toEqual(['new'])
    expect((await store.slots.history('f1', 1))[0]).toMatchObject({ state: 'none', reason: 'nothing-new' })
  })

  it('stop when direct messages are closed, and the member learns of it at the next command', async () => {
    await store.follows.create(followAt('f1', eight, clock.now()))
    channels.decide = () => ({ kind: 'refused', why: 'closed' })
    await runUntil(open(), clock, '2026-11-27T00:00Z')
    expect(channels.requests).toHaveLength(1)
    const notices = await store.notices.take({ userId: setter, manages: false })
    expect(notices).toMatchObject([{ kind: 'stopped', problem: { kind: 'closed' } }])
    channels.decide = () => ({ kind: 'answer' })
    const follow = await store.follows.get(setter, 'f1')
    await store.follows.resume(setter, 'f1', { at: clock.now() + 1, offset: follow?.next.offset ?? 0 })
    await runUntil(open(), clock, '2026-11-28T00:00Z')
    expect(digests().length).toBeGreaterThanOrEqual(1)
  })
})

describe('a stop', () => {
  it('gives back what was not sent, for the next process to post at once', async () => {
    for (let i = 0; i < 4; i++) await create(`d${i}`, { channelId: 'channel-one', topic: undefined })
    clock.set(Date.parse('2026-11-23T09:00Z'))
    const stop = new AbortController()
    channels.decide = () => {
      stop.abort()
      return { kind: 'answer' }
    }
    const first = open()
    const asleep: Clock = {
      ...clock,
      sleep: (ms, signal) =>
        new Promise(resolve => {
          if (ms <= 0 || signal?.aborted) resolve()
          signal?.addEventListener('abort', () => resolve(), { once: true })
        }),
    }
    await openScheduler({ ...first.delivery, clock: asleep }, { tell: () => ({}) }).run(stop.signal)
    const posted = channels.messages.length
    expect(posted).toBe(1)
    const waiting = await Promise.all([0, 1, 2, 3].map(async i => (await lastSlot(`d${i}`))?.state))
    expect(waiting.filter(state => state === 'posted')).toHaveLength(posted)
    const second = open()
    await second.runner.round()
    await second.runner.idle()
    expect(channels.messages).toHaveLength(4)
  })
})

describe('a stale owner', () => {
  it('that slept through its lease neither posts nor settles', async () => {
    await create('d1')
    const first = open()
    const second = open()
    let asleep = false
    const { poster } = first.delivery
    // The first process falls asleep between its last look at the clock and its send.
    const sleepy = {
      ...first.delivery,
      shelf: {
        ...first.delivery.shelf,
        store: {
          ...store,
          slots: {
            ...store.slots,
            sending: async (...args: Parameters<Store['slots']['sending']>) => {
              const sent = await store.slots.sending(...args)
              asleep = true
              clock.set(clock.now() + 10 * minute)
              await runUntil(second, clock, clock.now() + minute)
              return sent
            },
          },
        },
      },
      poster,
    }
    clock.set(Date.parse('2026-11-23T09:00Z'))
    const runner = openScheduler(sleepy, { tell: () => ({}) })
    await runner.round()
    await runner.idle()
    expect(asleep).toBe(true)
    expect(inChannel('d1')).toHaveLength(1)
    expect(channels.requests.filter(request => request.method === 'POST')).toHaveLength(1)
    expect(await lastSlot('d1')).toMatchObject({ state: 'posted', attempts: 2 })
  })
})

describe('hundreds of schedules due in the same minute', () => {
  it('are posted evenly within Discord’s limits, none left out, no channel first', async () => {
    for (let i = 0; i < 300; i++)
      await create(`d${i}`, { guildId: `g${i}`, channelId: `c${i % 120}`, topic: { query: 'kv cache' } })
    const on = open()
    await runUntil(on, clock, '2026-11-23T12:00Z')
    const times = on.turns.toSorted((a, b) => a - b)
    const nothing = await Promise.all(
      Array.from({ length: 300 }, async (_, i) => (await lastSlot(`d${i}`))?.state),
    )
    expect(nothing.filter(state => state !== 'posted' && state !== 'none')).toEqual([])
    expect(channels.messages.length + nothing.filter(state => state === 'none').length).toBe(300)
    for (const [i, at] of times.entries())
      expect((times[i + 41] ?? Infinity) - at).toBeGreaterThanOrEqual(1_000)
    expect(new Set(channels.messages.map(kept => kept.nonce)).size).toBe(channels.messages.length)
  }, 120_000)
})
