import { describe, expect, it } from 'vitest'
import { carries } from '../../src/schedule/slot-key.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { paper } from '../fixtures/paper.ts'
import { followAt, runUntil, weekdays } from '../fixtures/scheduler.ts'
import {
  channels,
  clock,
  create,
  guild,
  inChannel,
  lastSlot,
  minute,
  newFile,
  nine,
  open,
  setter,
  startAt,
  store,
} from './scheduler-setup.ts'

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
    const date = await store.slots.extra({
      guildId: guild,
      scheduleId: 'd1',
      date: '2026-11-23',
      at: clock.now(),
      expiresAt: clock.now() + 5 * minute,
    })
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
    startAt(from)
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
    await create('d1', { channelId: '800000000000000001' })
    const file = newFile('jsonl')
    await store.backup(file, clock.now())
    const on = open()
    await runUntil(on, clock, '2026-11-23T10:00Z')
    const [first] = await store.slots.recentPicks('d1', 1)
    await store.restore(file, clock.now())
    await runUntil(on, clock, '2026-11-24T10:00Z')
    expect(channels.messages.map(kept => kept.nonce)).toEqual(['d1-20261123', 'd1-20261124'])
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
    channels.outcomeOf = () => ({ kind: 'limited', ms: 5 * minute, everywhere: false })
    await runUntil(open(await buildSearch([paper('a', 'One')])), clock, '2026-11-23T09:01Z')
    expect((await lastSlot('d1'))?.picks[0]?.paperId).toBe('a')
    channels.outcomeOf = () => ({ kind: 'answer' })
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
    channels.outcomeOf = () => ({ kind: 'refused', why: 'closed' })
    await runUntil(open(), clock, '2026-11-27T00:00Z')
    expect(channels.requests).toHaveLength(1)
    const notices = await store.notices.pending({ userId: setter, manages: false })
    expect(notices).toMatchObject([{ kind: 'stopped', problem: { kind: 'closed' } }])
    channels.outcomeOf = () => ({ kind: 'answer' })
    const follow = await store.follows.get(setter, 'f1')
    await store.follows.resume(setter, 'f1', { at: clock.now() + 1, offset: follow?.next.offset ?? 0 })
    await runUntil(open(), clock, '2026-11-28T00:00Z')
    expect(digests().length).toBeGreaterThanOrEqual(1)
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
