import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { Search } from '../../src/search/port.ts'
import { openSqlite } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { type Channels, openChannels } from '../fixtures/channels.ts'
import { httpPoster } from '../fixtures/http-poster.ts'
import { seedSearch } from '../fixtures/papers.ts'
import { dailyAt, type MovedClock, movedClock, schedulerFixture, weekdays } from '../fixtures/scheduler.ts'

/** What each test of the scheduler gets: a new database, new channels behind a real socket, a clock that it moves. */
const folder = mkdtempSync(join(tmpdir(), 'lectern-runner-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

export let seed: Search
beforeAll(async () => {
  seed = await seedSearch()
})

export const guild = '900000000000000001'
export const setter = '700000000000000001'
export const minute = 60_000
/** Every day at nine. */
export const nine = { hour: 9, minute: 0, zone: 'UTC', days: weekdays }

let files = 0
export const newFile = (ending: string) => join(folder, `${files++}.${ending}`)
export let store: Store
export let channels: Channels
export let clock: MovedClock

beforeEach(async () => {
  store = await openSqlite(newFile('db'))
  channels = await openChannels()
  startAt('2026-11-23T08:00Z')
})
afterEach(async () => {
  await store.close()
  await channels.close()
})

/** Puts a new clock in the place of the one that the test began with. */
export function startAt(time: string): void {
  clock = movedClock(time)
  channels.now = clock.now
}

export const open = (search: Search = seed, allowed?: () => boolean) =>
  schedulerFixture(store, search, httpPoster(channels.url, clock.now, allowed), clock)
export const create = (id: string, change = {}, timing = nine) =>
  store.dailies.create(dailyAt(id, timing, clock.now(), change))
export const inChannel = (id: string) => channels.messages.filter(kept => kept.channel === `channel-${id}`)
export const lastSlot = async (id: string) => (await store.slots.history(id, 1))[0]
