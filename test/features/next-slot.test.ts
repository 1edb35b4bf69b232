import { expect, test } from 'vitest'
import { nextFreeSlot } from '../../src/features/next-slot.ts'
import { openBotContext, papersFrom } from '../fixtures/members.ts'
import { dailyAt, weekdays } from '../fixtures/scheduler.ts'

const nine = { hour: 9, minute: 0, zone: 'Europe/Berlin', days: weekdays }
const iso = (at: number) => new Date(at).toISOString()

test.each([
  ['a time moved to later today', { ...nine, hour: 11 }, '2026-11-24T10:00:00.000Z'],
  ['a zone moved to the west', { ...nine, zone: 'America/Los_Angeles' }, '2026-11-24T17:00:00.000Z'],
  ['the same time again', nine, '2026-11-24T08:00:00.000Z'],
])('%s after the post of the day promises the next date that is free', async (_, timing, expected) => {
  const { store } = await openBotContext(papersFrom([{ title: 'One' }]))
  const morning = Date.parse('2026-11-23T07:00Z')
  await store.dailies.create(dailyAt('d1', nine, morning))
  const posted = Date.parse('2026-11-23T08:00Z')
  const [schedule] = await store.slots.due(posted, 10)
  await store.slots.plan(
    schedule!,
    [{ date: '2026-11-23', at: posted, expiresAt: posted + 3_600_000 }],
    { at: posted + 86_400_000, offset: 60 },
    posted,
  )
  const now = new Date('2026-11-23T08:30Z')
  expect(iso((await nextFreeSlot(store.slots, 'd1', timing, now)).at)).toBe(expected)
  // A schedule that is not made yet has had no date.
  expect((await nextFreeSlot(store.slots, undefined, { ...nine, hour: 11 }, now)).at).toBe(
    Date.parse('2026-11-23T10:00Z'),
  )
})
