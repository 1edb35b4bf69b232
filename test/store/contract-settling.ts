import { describe, expect, it } from 'vitest'
import { ann, bob, channel, claimOne, daily, follow, guild, openSlot, pick, type Setting } from './fixture.ts'

const stopped = { kind: 'permission', missing: ['Send Messages', 'Embed Links'], at: 1_000 } as const

export function settlingContract(setting: () => Setting) {
  describe('settling', () => {
    it('makes a pick votable before its message stands, and notes the message after', async () => {
      const { store } = setting()
      await store.dailies.create(daily('d1', { count: 2 }))
      await openSlot(store, 'd1')
      const claim = await claimOne(store, 'o1')
      await store.slots.choose(claim, [pick('p2'), pick('p1')], 1_100)
      await store.slots.sending(claim, 1_200, 2_000)
      const vote = { guildId: guild, postId: 'd1-20261123', paperId: 'p1', userId: bob, useful: true, at: 1 }
      expect([...((await store.votes.cast(vote)) ?? [])]).toEqual([
        ['p2', { useful: 0, notForUs: 0 }],
        ['p1', { useful: 1, notForUs: 0 }],
      ])
      await store.slots.settle(claim, { state: 'posted', messageId: 'm1', at: 1_300 })
      expect(await store.posts.latest(channel, 'p1')).toMatchObject({ kind: 'pick', messageId: 'm1' })
      expect(await store.slots.recentPicks('d1', 5)).toEqual(['p2', 'p1'])
    })

    it('keeps the doubt of a send until it is settled', async () => {
      const { store } = setting()
      await store.dailies.create(daily('d1'))
      await openSlot(store, 'd1')
      const first = await claimOne(store, 'o1')
      await store.slots.choose(first, [pick('p1')], 1_100)
      await store.slots.sending(first, 1_200, 2_000)
      expect(await store.slots.release(first, 1_500, 1_300, { unsent: false })).toBe(true)
      const second = await claimOne(store, 'o2', 1_500)
      expect(second.slot).toMatchObject({ state: 'sending', sendingSince: 1_200 })
      expect(await store.slots.sendingSince()).toBe(1_200)
      await store.slots.sending(second, 1_600, 2_500)
      await store.slots.release(second, 1_700, 1_650, { unsent: true })
      const third = await claimOne(store, 'o3', 1_700)
      expect(third.slot).toMatchObject({ state: 'sending', sendingSince: 1_200 })
      expect(await store.slots.settle(third, { state: 'unknown', reason: 'unreadable', at: 1_800 })).toBe(
        true,
      )
      expect(await store.slots.sendingSince()).toBeUndefined()
      expect(await store.posts.papersIn(channel)).toEqual(new Set(['p1']))
      expect(await store.notices.untried(5)).toMatchObject([
        { kind: 'unknown', date: '2026-11-23', userId: ann },
      ])
    })

    it('dates a doubt of the future back, by Discord’s clock and not by the one that was wrong', async () => {
      const { store } = setting()
      const day = 86_400_000
      const since = async (now: number, discordNow: number) => {
        await store.slots.repair(now, discordNow)
        return store.slots.sendingSince()
      }
      await store.dailies.create(daily('d1', { next: { at: 9 * day, offset: 0 } }))
      await openSlot(store, 'd1', '2026-12-02', 9 * day, 10 * day)
      const claim = await claimOne(store, 'o1', 9 * day)
      await store.slots.choose(claim, [pick('p1')], 9 * day)
      await store.slots.sending(claim, 9 * day, 9 * day + 1_000, 8 * day)
      expect(await since(7 * day, 8 * day)).toBe(8 * day)
      expect(await since(7 * day, 7 * day)).toBe(6.5 * day)
    })

    it('clears the doubt of a send that is nowhere to be found', async () => {
      const { store } = setting()
      await store.dailies.create(daily('d1'))
      await openSlot(store, 'd1')
      const first = await claimOne(store, 'o1')
      await store.slots.choose(first, [pick('p1')], 1_100)
      await store.slots.sending(first, 1_200, 2_000)
      await store.slots.release(first, 1_500, 1_300, { unsent: false })
      const second = await claimOne(store, 'o2', 1_500)
      expect(await store.slots.clear(first, 1_550)).toBe(false)
      expect(await store.slots.clear(second, 1_550)).toBe(true)
      await store.slots.release(second, 1_600, 1_560, { unsent: true })
      const third = await claimOne(store, 'o3', 1_600)
      expect(third.slot).toMatchObject({ state: 'chosen', sendingSince: undefined, picks: [pick('p1')] })
      expect(await store.slots.clear(third, 1_650)).toBe(false)
    })

    it('has no doubt after a send that certainly did not arrive', async () => {
      const { store } = setting()
      await store.dailies.create(daily('d1'))
      await openSlot(store, 'd1')
      const first = await claimOne(store, 'o1')
      await store.slots.choose(first, [pick('p1')], 1_100)
      await store.slots.sending(first, 1_200, 2_000)
      await store.slots.release(first, 1_500, 1_300, { unsent: true })
      expect(await store.posts.latest(channel, 'p1')).toBeUndefined()
      const second = await claimOne(store, 'o2', 1_500)
      expect(second.slot).toMatchObject({ state: 'chosen', sendingSince: undefined, picks: [pick('p1')] })
      expect(await store.slots.unchoose(second, 1_600)).toBe(true)
      expect(await store.posts.papersIn(channel)).toEqual(new Set())
    })

    it('ends windows with the reason a slot waited for, and gives its papers back', async () => {
      const { store } = setting()
      for (const id of ['d1', 'd2', 'd3', 'd4']) {
        await store.dailies.create(daily(id, { channelId: `c-${id}` }))
        await openSlot(store, id)
      }
      const claims = await store.slots.claim('o1', 1_000, 2_000, 4)
      const of = (id: string) => claims.find(claim => claim.slot.scheduleId === id)!
      for (const claim of claims) await store.slots.choose(claim, [pick('p1')], 1_100)
      await store.slots.stop(of('d1'), stopped, 1_200)
      await store.dailies.pause(guild, 'd2', 1_200)
      await store.slots.sending(of('d4'), 1_200, 2_000)
      expect(await store.slots.expire(9_999)).toBe(0)
      expect(await store.slots.expire(10_000)).toBe(3)
      const states = await Promise.all(
        ['d1', 'd2', 'd3', 'd4'].map(async id => (await store.slots.history(id, 1))[0]),
      )
      expect(states.map(slot => [slot?.state, slot?.reason])).toEqual([
        ['missed', 'permission'],
        ['missed', 'paused'],
        ['missed', 'late'],
        ['sending', undefined],
      ])
      expect(await store.posts.papersIn('c-d1')).toEqual(new Set())
      // What may have been sent is looked for, even after its window.
      expect((await claimOne(store, 'o2', 20_000)).slot.scheduleId).toBe('d4')
    })

    it('ends the window of a slot that is worked on when its claim ends, and asks for no round before', async () => {
      const { store, other } = setting()
      await store.dailies.create(daily('d1', { next: { at: 1_000, offset: 0 } }))
      await openSlot(store, 'd1')
      await claimOne(other, 'o1', 9_500, 12_000)
      expect(await store.slots.expire(10_500)).toBe(0)
      expect(await store.slots.nextAt()).toBe(12_000)
      expect(await store.slots.expire(12_000)).toBe(1)
    })

    it('is forgotten after a long time, but not what was shown', async () => {
      const { store } = setting()
      for (const id of ['d1', 'd2']) {
        await store.dailies.create(daily(id))
        await openSlot(store, id)
      }
      const [claim] = await store.slots.claim('o1', 1_000, 2_000, 1)
      await store.slots.choose(claim!, [pick('p1')], 1_100)
      await store.slots.sending(claim!, 1_200, 2_000)
      await store.slots.settle(claim!, { state: 'posted', messageId: 'm', at: 1_300 })
      expect(await store.slots.forget(1_300)).toBe(0)
      expect(await store.slots.forget(1_301)).toBe(1)
      expect(await store.posts.papersIn(channel)).toEqual(new Set(['p1']))
      expect(await store.slots.claim('o2', 5_000, 6_000, 5)).toHaveLength(1)
    })

    it('tells once that the topic is exhausted', async () => {
      const { store } = setting()
      await store.dailies.create(daily('d1'))
      await openSlot(store, 'd1')
      const claim = await claimOne(store, 'o1')
      expect(await store.slots.choose(claim, [], 1_100)).toBe('stored')
      await store.slots.sending(claim, 1_200, 2_000)
      await store.slots.settle(claim, { state: 'posted', messageId: 'm', at: 1_300 })
      expect((await store.dailies.get(guild, 'd1'))?.exhaustedAt).toBe(1_300)
      await store.dailies.change(guild, 'd1', { topic: { query: 'another' } })
      expect((await store.dailies.get(guild, 'd1'))?.exhaustedAt).toBeUndefined()
    })

    it('knows a notice that a source has not come from one that the topic is exhausted', async () => {
      const { store } = setting()
      await store.dailies.create(daily('d1'))
      await openSlot(store, 'd1')
      const claim = await claimOne(store, 'o1')
      await store.slots.choose(claim, [pick('p1')], 1_050, 'unsettled')
      await store.slots.unchoose(claim, 1_060)
      expect(await store.slots.history('d1', 1)).toMatchObject([{ state: 'open', reason: undefined }])
      expect(await store.slots.choose(claim, [], 1_100, 'unsettled')).toBe('stored')
      await store.slots.sending(claim, 1_200, 2_000)
      await store.slots.settle(claim, { state: 'posted', reason: 'unsettled', messageId: 'm', at: 1_300 })
      expect((await store.dailies.get(guild, 'd1'))?.exhaustedAt).toBeUndefined()
      expect(await store.slots.history('d1', 1)).toMatchObject([{ state: 'posted', reason: 'unsettled' }])
    })
  })

  describe('problems', () => {
    it('stop a schedule, are told once, and are lifted', async () => {
      const { store } = setting()
      await store.dailies.create(daily('d1'))
      await openSlot(store, 'd1')
      const claim = await claimOne(store, 'o1')
      await store.slots.choose(claim, [pick('p1')], 1_100)
      expect(await store.slots.stop(claim, stopped, 1_200)).toBe(true)
      expect((await store.dailies.get(guild, 'd1'))?.problem).toEqual(stopped)
      expect(await store.slots.claim('o2', 1_300, 2_000, 5)).toEqual([])
      const notices = await store.notices.untried(5)
      expect(notices).toMatchObject([
        { kind: 'stopped', userId: ann, guildId: guild, channelId: channel, problem: stopped },
      ])
      expect(await store.notices.untried(5)).toEqual([])
      expect(await store.notices.pending({ userId: bob, guildId: guild, manages: false })).toEqual([])
      expect(await store.notices.pending({ userId: bob, guildId: guild, manages: true })).toEqual(notices)
      await store.notices.remove(notices[0]?.id ?? '')
      expect(await store.notices.pending({ userId: ann, guildId: guild, manages: true })).toEqual([])
      expect((await store.slots.withProblem(5)).map(schedule => schedule.id)).toEqual(['d1'])
      await store.slots.clearProblem('d1')
      expect(await store.slots.withProblem(5)).toEqual([])
      expect((await claimOne(store, 'o3', 1_400)).slot.picks).toEqual([pick('p1')])
    })

    it('that come back before anything was posted are not told again', async () => {
      const { store } = setting()
      await store.dailies.create(daily('d1'))
      await openSlot(store, 'd1')
      const stopAt = async (now: number, missing: string[]) => {
        const claim = await claimOne(store, `o${now}`, now)
        await store.slots.stop(claim, { kind: 'permission', missing, at: now }, now)
        return (await store.notices.untried(5)).length
      }
      expect(await stopAt(1_000, ['Embed Links'])).toBe(1)
      await store.slots.clearProblem('d1')
      expect(await stopAt(2_000, ['Embed Links'])).toBe(0)
      await store.slots.clearProblem('d1')
      expect(await stopAt(3_000, ['Send Messages'])).toBe(1)
    })

    it('of a member’s direct messages wait for the member’s next command', async () => {
      const { store } = setting()
      await store.follows.create(follow('f1'))
      await openSlot(store, 'f1')
      const claim = await claimOne(store, 'o1')
      await store.slots.stop(claim, { kind: 'closed', missing: [], at: 1_000 }, 1_000)
      expect(await store.notices.untried(5)).toEqual([])
      expect(await store.notices.pending({ userId: bob, manages: true })).toEqual([])
      expect(await store.notices.pending({ userId: ann, manages: false })).toMatchObject([
        { kind: 'stopped', schedule: { id: 'f1', kind: 'follow' }, problem: { kind: 'closed' } },
      ])
      expect(await store.follows.resume(ann, 'f1', { at: 5_000, offset: 0 })).toBe(true)
      expect((await store.follows.get(ann, 'f1'))?.problem).toBeUndefined()
    })
  })
}
