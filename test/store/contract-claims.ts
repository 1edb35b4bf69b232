import { describe, expect, it } from 'vitest'
import type { Claim } from '../../src/store/schedule-ports.ts'
import { maxExtras } from '../../src/store/schedule-ports.ts'
import { bob, channel, claimOne, daily, guild, openSlot, otherGuild, pick, type Setting } from './fixture.ts'

const stopped = { kind: 'permission', missing: ['Send Messages', 'Embed Links'], at: 1_000 } as const

export function claimContract(setting: () => Setting) {
  describe('planning', () => {
    it('makes a slot once, whoever plans, and moves the schedule on', async () => {
      const { store, other } = setting()
      await store.dailies.create(daily('d1'))
      const [schedule] = await store.slots.due(1_000, 5)
      const plan = (by: typeof store) =>
        by.slots.plan(
          schedule!,
          [{ date: '2026-11-23', at: 1_000, expiresAt: 10_000 }],
          { at: 90_000, offset: 60 },
          1_000,
        )
      const done = await Promise.all([plan(store), plan(other), plan(store), plan(other)])
      expect(done.filter(Boolean)).toHaveLength(1)
      expect(await store.slots.history('d1', 5)).toHaveLength(1)
      expect((await store.dailies.get(guild, 'd1'))?.next).toEqual({ at: 90_000, offset: 60 })
      expect(await store.slots.due(1_000, 5)).toEqual([])
    })

    it('never makes a date’s slot twice, even when the hour was changed', async () => {
      const { store } = setting()
      await store.dailies.create(daily('d1'))
      await openSlot(store, 'd1')
      await store.dailies.change(guild, 'd1', { next: { at: 2_000, offset: 0 } })
      await openSlot(store, 'd1', '2026-11-23', 2_000)
      expect((await store.slots.history('d1', 5)).map(slot => slot.at)).toEqual([1_000])
    })

    it('settles what came too late at once, and leaves paused schedules alone', async () => {
      const { store } = setting()
      await store.dailies.create(daily('d1'))
      await store.dailies.create(daily('d2'))
      await store.dailies.pause(guild, 'd2', 1)
      const due = await store.slots.due(5_000, 5)
      expect(due.map(schedule => schedule.id)).toEqual(['d1'])
      const late = { date: '2026-11-20', at: 1_000, expiresAt: 2_000, reason: 'late' } as const
      await store.slots.plan(due[0]!, [late], { at: 9_000, offset: 0 }, 5_000)
      expect(await store.slots.history('d1', 5)).toMatchObject([
        { state: 'missed', reason: 'late', settledAt: 5_000 },
      ])
      expect(await store.slots.claim('o1', 5_000, 6_000, 5)).toEqual([])
    })

    it('grants a few extra slots a date, to the schedule’s own server', async () => {
      const { store } = setting()
      const extra = { guildId: guild, scheduleId: 'd1', date: '2026-11-23', at: 5, expiresAt: 100 }
      await store.dailies.create(daily('d1'))
      expect(await store.slots.extra({ ...extra, guildId: otherGuild })).toBeUndefined()
      for (let i = 1; i <= maxExtras; i++) expect(await store.slots.extra(extra)).toBe(`2026-11-23+${i}`)
      expect(await store.slots.extra(extra)).toBeUndefined()
      await store.dailies.pause(guild, 'd1', 6)
      expect(await store.slots.claim('o1', 6, 50, 9)).toHaveLength(maxExtras)
    })
  })

  describe('claims', () => {
    it('give a slot to one of many', async () => {
      const { store, other } = setting()
      for (let i = 0; i < 30; i++) {
        await store.dailies.create(daily(`d${i}`, { guildId: `g${i}`, channelId: `c${i % 7}` }))
        await openSlot(store, `d${i}`)
      }
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          (i % 2 === 0 ? store : other).slots.claim(`o${i}`, 1_000, 2_000, 4),
        ),
      )
      const ids = claims.flat().map(claim => claim.slot.scheduleId)
      expect(ids).toHaveLength(30)
      expect(new Set(ids).size).toBe(30)
    })

    it('let channels take turns', async () => {
      const { store } = setting()
      for (let i = 0; i < 6; i++) {
        await store.dailies.create(daily(`a${i}`, { channelId: 'crowded' }))
        await openSlot(store, `a${i}`)
      }
      await store.dailies.create(daily('z', { channelId: 'quiet' }))
      await openSlot(store, 'z', '2026-11-23', 1_000)
      const first = await store.slots.claim('o1', 1_000, 2_000, 2)
      expect(first.map(claim => claim.slot.scheduleId).sort()).toEqual(['a0', 'z'])
    })

    it('pass to another when their lease ends, with everything stored so far', async () => {
      const { store, other } = setting()
      await store.dailies.create(daily('d1'))
      await openSlot(store, 'd1')
      const first = await claimOne(store, 'o1', 1_000, 2_000)
      expect(await store.slots.choose(first, [pick('p1')], 1_500)).toBe('stored')
      expect(await other.slots.claim('o2', 1_999, 3_000, 5)).toEqual([])
      const second = await claimOne(other, 'o2', 2_000, 3_000)
      expect(second.slot).toMatchObject({ state: 'chosen', picks: [pick('p1')], attempts: 2 })
    })

    it('are worth nothing once lost: no step of a stale owner does anything', async () => {
      const { store, other } = setting()
      await store.dailies.create(daily('d1'))
      await openSlot(store, 'd1')
      const stale = await claimOne(store, 'o1', 1_000, 2_000)
      const fresh = await claimOne(other, 'o2', 2_000, 9_000)
      const refused = async (claim: Claim, now: number) => [
        await store.slots.choose(claim, [pick('p9')], now),
        await store.slots.unchoose(claim, now),
        await store.slots.sending(claim, now, now + 9_999),
        await store.slots.release(claim, now, now, { unsent: true }),
        await store.slots.stop(claim, stopped, now),
        await store.slots.settle(claim, { state: 'posted', messageId: 'stale', at: now }),
      ]
      const nothing = ['lost', false, false, false, false, false]
      expect(await refused(stale, 2_500)).toEqual(nothing)
      expect(await store.slots.choose(fresh, [pick('p1')], 2_600)).toBe('stored')
      expect(await store.slots.sending(fresh, 2_700, 5_000)).toBe(true)
      expect(await refused(stale, 2_800)).toEqual(nothing)
      expect(await refused(fresh, 5_000)).toEqual(nothing)
      expect((await store.dailies.get(guild, 'd1'))?.problem).toBeUndefined()
      expect(await store.slots.settle(fresh, { state: 'posted', messageId: 'm1', at: 4_000 })).toBe(true)
      expect(await refused(fresh, 4_100)).toEqual(nothing)
      expect(await store.slots.history('d1', 1)).toMatchObject([{ state: 'posted', messageId: 'm1' }])
    })

    it('never choose one paper for a channel twice, from two schedules at once', async () => {
      const { store, other } = setting()
      for (const id of ['d1', 'd2']) {
        await store.dailies.create(daily(id))
        await openSlot(store, id)
      }
      const claims = await store.slots.claim('o1', 1_000, 2_000, 2)
      const chosen = await Promise.all(
        claims.map((claim, i) =>
          (i === 0 ? store : other).slots.choose(claim, [pick('p1'), pick('p2')], 1_100),
        ),
      )
      expect(chosen.toSorted()).toEqual(['stored', 'taken'])
      const [loser] = claims.filter((_, i) => chosen[i] === 'taken')
      expect(await store.slots.choose(loser!, [pick('p3')], 1_200)).toBe('stored')
      expect(await store.posts.papersIn(channel)).toEqual(new Set(['p1', 'p2', 'p3']))
    })

    it('choose again when someone shares the chosen paper before it is sent', async () => {
      const { store } = setting()
      await store.dailies.create(daily('d1', { count: 2 }))
      await openSlot(store, 'd1')
      const claim = await claimOne(store, 'o1')
      await store.slots.choose(claim, [pick('p1'), pick('p2')], 1_100)
      const share = { guildId: guild, channelId: channel, userId: bob, note: '', at: 1_200 }
      await store.posts.share({ ...share, id: 's0', paperId: 'p7' })
      await store.posts.share({ ...share, id: 's1', paperId: 'p2' })
      expect(await store.slots.sending(claim, 1_300, 2_000)).toBe(false)
      const again = await claimOne(store, 'o2', 2_000)
      expect(again.slot).toMatchObject({ state: 'open', picks: [] })
      expect(await store.posts.papersIn(channel)).toEqual(new Set(['p2', 'p7']))
    })

    it('do not send for a schedule that was paused or removed meanwhile', async () => {
      const { store } = setting()
      for (const id of ['d1', 'd2']) {
        await store.dailies.create(daily(id))
        await openSlot(store, id)
      }
      const claims = await store.slots.claim('o1', 1_000, 2_000, 2)
      for (const claim of claims) await store.slots.choose(claim, [pick(`of ${claim.schedule.id}`)], 1_100)
      await store.dailies.pause(guild, 'd1', 1_200)
      await store.dailies.remove(guild, 'd2')
      for (const claim of claims) expect(await store.slots.sending(claim, 1_300, 2_000)).toBe(false)
    })
  })

  describe('what is next', () => {
    it('is the next slot to plan, to try or to settle', async () => {
      const { store } = setting()
      expect(await store.slots.nextAt()).toBeUndefined()
      await store.dailies.create(daily('d1'))
      expect(await store.slots.nextAt()).toBe(1_000)
      await openSlot(store, 'd1')
      expect(await store.slots.nextAt()).toBe(1_000)
      const claim = await claimOne(store, 'o1', 1_000, 2_000)
      expect(await store.slots.nextAt()).toBe(2_000)
      await store.slots.release(claim, 5_000, 1_500, { unsent: true })
      expect(await store.slots.nextAt()).toBe(5_000)
      await store.slots.stop(await claimOne(store, 'o2', 5_000), stopped, 5_000)
      expect(await store.slots.nextAt()).toBe(10_000)
      await store.slots.expire(10_000)
      expect(await store.slots.nextAt()).toBe(101_000)
    })
  })
}
