import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Search } from '../../src/search/port.ts'
import { openSqlite } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { type Channels, openChannels } from '../fixtures/channels.ts'
import { httpPoster } from '../fixtures/http-poster.ts'
import { seedSearch } from '../fixtures/papers.ts'
import {
  dailyAt,
  type MovedClock,
  movedClock,
  runUntil,
  schedulerFixture,
  weekdays,
} from '../fixtures/scheduler.ts'

const folder = mkdtempSync(join(tmpdir(), 'lectern-clock-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let seed: Search
beforeAll(async () => {
  seed = await seedSearch()
})

const nine = { hour: 9, minute: 0, zone: 'UTC', days: weekdays }
const day = 86_400_000
const year = 365 * day
let files = 0
let store: Store
let channels: Channels
let clock: MovedClock

beforeEach(async () => {
  store = await openSqlite(join(folder, `${files++}.db`))
  channels = await openChannels()
  clock = movedClock('2026-11-23T08:00Z')
  channels.now = clock.elapsed
})
afterEach(async () => {
  await store.close()
  await channels.close()
})

/** @param discordNow the time by Discord's clock, as far as the bot knows it */
const open = (discordNow: () => number = clock.now) =>
  schedulerFixture(store, seed, httpPoster(channels.url, discordNow), clock)
/** Three minutes of rounds, as the scheduler makes them. */
async function settle({ runner }: ReturnType<typeof open>) {
  for (let i = 0; i < 36; i++) {
    clock.set(clock.now() + 5_000)
    await runner.round()
    await runner.idle()
  }
}
const posts = () => channels.messages.map(kept => new Date(kept.at).toISOString().slice(0, 16))
const days = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `2026-11-${String(from + i).padStart(2, '0')}`)

describe('a wall clock that leaps', () => {
  it.each([
    ['a year', year],
    ['two days', 2 * day],
    ['seven hours', 7 * 3_600_000],
    ['back by a day', -day],
    ['back by a year', -year],
  ])('by %s for one round and back costs no day and doubles none', async (_, by) => {
    await store.dailies.create(dailyAt('d1', nine, clock.now()))
    const on = open()
    await runUntil(on, clock, '2026-11-24T08:58Z')
    clock.step(by)
    await on.runner.round()
    await on.runner.idle()
    clock.step(-by)
    await runUntil(on, clock, '2026-11-28T12:00Z')
    expect(posts().map(at => at.slice(0, 10))).toEqual(days(23, 28))
    expect(on.notes.some(note => note.startsWith('the clock was set'))).toBe(true)
  })

  it('at the very start, before anything could tell, is healed when it comes back', async () => {
    await store.dailies.create(dailyAt('d1', nine, clock.now()))
    clock.step(year)
    const on = open()
    for (let i = 0; i < 3; i++) {
      await on.runner.round()
      await on.runner.idle()
    }
    expect((await store.dailies.list('900000000000000001'))[0]?.next.at).toBeGreaterThan(
      Date.parse('2027-11-01'),
    )
    clock.step(-year)
    await settle(on)
    await runUntil(on, clock, '2026-11-27T12:00Z')
    const posted = posts()
      .filter(at => at < '2026-11-28')
      .map(at => at.slice(0, 10))
    expect(new Set(posted).size).toBe(posted.length)
    expect(posted).toEqual(expect.arrayContaining(days(24, 27)))
  })

  it('while a restart lies between, is healed by the next process', async () => {
    await store.dailies.create(dailyAt('d1', nine, clock.now()))
    clock.step(year)
    const wrong = open()
    await wrong.runner.round()
    await wrong.runner.idle()
    clock.step(-year)
    await runUntil(open(), clock, '2026-11-26T12:00Z')
    expect(new Set(posts().map(at => at.slice(0, 10))).size).toBe(posts().length)
    expect(posts().map(at => at.slice(0, 10))).toEqual(expect.arrayContaining(days(24, 26)))
  })

  it.each([
    ['by the same process', true],
    ['by the next one', false],
  ])('while a permission is missing: it is found granted when it comes back, %s', async (_, isSame) => {
    await store.dailies.create(dailyAt('d1', nine, clock.now()))
    let isMissing = true
    channels.outcomeOf = ({ method }) =>
      isMissing && method === 'POST'
        ? { kind: 'refused', why: 'permission', missing: ['Send Messages'] }
        : { kind: 'answer' }
    const started = () =>
      schedulerFixture(
        store,
        seed,
        httpPoster(channels.url, clock.now, () => !isMissing),
        clock,
      )
    clock.step(year + 2 * 3_600_000)
    const on = started()
    await settle(on)
    expect((await store.dailies.list('900000000000000001'))[0]?.problem?.kind).toBe('permission')
    clock.step(-year - 2 * 3_600_000)
    isMissing = false
    await settle(on)
    await runUntil(isSame ? on : started(), clock, '2026-11-26T12:00Z')
    expect(posts().map(at => at.slice(0, 10))).toEqual(expect.arrayContaining(days(24, 26)))
  })

  it.each([
    ['is known', () => clock.elapsed()],
    ['was never told', () => clock.now()],
  ])('while a send had no answer doubles nothing, where Discord’s time %s', async (_, discordNow) => {
    await store.dailies.create(dailyAt('d1', nine, clock.now()))
    let isDown = false
    channels.outcomeOf = ({ method }) => {
      if (!isDown && method === 'POST') {
        isDown = true
        return { kind: 'lost' }
      }
      return isDown ? { kind: 'dropped' } : { kind: 'answer' }
    }
    const ahead = day + 2 * 3_600_000
    clock.step(ahead)
    const on = open(discordNow)
    await settle(on)
    expect(posts()).toHaveLength(1)
    // It comes back a little too far.
    clock.step(-ahead - 20 * 60_000)
    await settle(on)
    channels.outcomeOf = () => ({ kind: 'answer' })
    await runUntil(on, clock, '2026-11-24T12:00Z')
    const keys = channels.messages.map(({ nonce }) => nonce)
    expect(keys).toEqual([...new Set(keys)])
  })

  it('for hours, by years, has nothing forgotten that is not old by Discord’s time', async () => {
    await store.dailies.create(dailyAt('d1', nine, clock.now()))
    await runUntil(open(), clock, '2026-11-23T12:00Z')
    clock.step(2 * year)
    const wrong = open(clock.elapsed)
    for (let i = 0; i < 60; i++) await settle(wrong)
    clock.step(-2 * year)
    expect((await store.slots.history('d1', 2_000)).map(({ date }) => date)).toContain('2026-11-23')
  })

  it('for good is followed after a while', async () => {
    await store.dailies.create(dailyAt('d1', nine, clock.now()))
    const on = open()
    await runUntil(on, clock, '2026-11-23T12:00Z')
    clock.step(3 * day)
    channels.now = clock.now
    await settle(on)
    await runUntil(on, clock, '2026-11-28T12:00Z')
    expect(posts().map(at => at.slice(0, 10))).toEqual([...days(23, 23), ...days(26, 28)])
  })
})
