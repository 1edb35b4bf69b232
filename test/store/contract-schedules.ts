import { describe, expect, it } from 'vitest'
import { maxDailies, maxFollows } from '../../src/store/schedule-ports.ts'
import {
  ann,
  bob,
  channel,
  claimOne,
  daily,
  follow,
  guild,
  openSlot,
  otherGuild,
  type Setting,
} from './fixture.ts'

export function scheduleContract(setting: () => Setting) {
  describe('daily picks', () => {
    it('are kept as they were set, and found by their own server alone', async () => {
      const { dailies } = setting().store
      await dailies.create(daily('d1', { topic: { paperId: 'p9' }, count: 3 }))
      await dailies.create(daily('d2', { topic: undefined, createdAt: 2, createdBy: undefined }))
      const expected = {
        ...daily('d1', { topic: { paperId: 'p9' }, count: 3 }),
        kind: 'daily',
        pausedAt: undefined,
        problem: undefined,
        exhaustedAt: undefined,
      }
      expect(await dailies.get(guild, 'd1')).toEqual(expected)
      expect((await dailies.list(guild)).map(found => found.id)).toEqual(['d1', 'd2'])
      expect(await dailies.get(otherGuild, 'd1')).toBeUndefined()
      expect(await dailies.list(otherGuild)).toEqual([])
    })

    it('are changed, paused, resumed and removed by their own server alone', async () => {
      const { dailies, follows } = setting().store
      await dailies.create(daily('d1'))
      for (const attempt of [
        () => dailies.change(otherGuild, 'd1', { count: 5 }),
        () => dailies.pause(otherGuild, 'd1', 5),
        () => dailies.resume(otherGuild, 'd1', { at: 1, offset: 0 }),
        () => dailies.remove(otherGuild, 'd1'),
        () => follows.remove(ann, 'd1'),
      ])
        expect(await attempt()).toBe(false)
      const timing = { hour: 23, minute: 59, zone: 'Asia/Kathmandu', days: [7, 1] }
      expect(
        await dailies.change(guild, 'd1', { timing, next: { at: 7, offset: 345 }, topic: 'none', count: 2 }),
      ).toBe(true)
      expect(await dailies.pause(guild, 'd1', 5)).toBe(true)
      expect(await dailies.get(guild, 'd1')).toMatchObject({
        timing: { ...timing, days: [1, 7] },
        next: { at: 7, offset: 345 },
        topic: undefined,
        count: 2,
        pausedAt: 5,
      })
      expect(await dailies.resume(guild, 'd1', { at: 70, offset: 0 })).toBe(true)
      expect(await dailies.get(guild, 'd1')).toMatchObject({ pausedAt: undefined, next: { at: 70 } })
      expect(await dailies.remove(guild, 'd1')).toBe(true)
      expect(await dailies.list(guild)).toEqual([])
    })

    it('that several set at once for one channel and topic are one', async () => {
      const { store, other } = setting()
      const topics = [{ query: 'kv cache' }, { paperId: 'p1' }, undefined]
      for (const topic of topics) {
        const done = await Promise.all(
          [1, 2, 3, 4, 5].map(n =>
            (n % 2 ? store : other).dailies.set(daily(`${JSON.stringify(topic)}${n}`, { topic, count: n })),
          ),
        )
        expect(done.filter(result => result === 'set')).toHaveLength(1)
      }
      expect(await store.dailies.list(guild)).toHaveLength(topics.length)
      await store.dailies.set(daily('d2', { channelId: 'another' }))
      expect(await store.dailies.list(guild)).toHaveLength(topics.length + 1)
    })

    it('keep their source, how long they wait for it and their threads, and are two with two sources', async () => {
      const { dailies } = setting().store
      const posting = { source: 'arxiv cs.CL', holdMinutes: 300, thread: 'thread' } as const
      expect(await dailies.set(daily('d1'))).toBe('set')
      expect(await dailies.set(daily('d2', posting))).toBe('changed')
      expect(await dailies.list(guild)).toMatchObject([{ id: 'd1', ...posting }])
      expect(await dailies.set(daily('d3', { source: 'hf-daily', thread: 'forum' }))).toBe('set')
      expect(await dailies.set(daily('d4', { source: 'arxiv cs.CL' }))).toBe('changed')
      expect(
        (await dailies.list(guild)).map(one => [one.id, one.source, one.holdMinutes, one.thread]),
      ).toEqual([
        ['d1', 'arxiv cs.CL', undefined, undefined],
        ['d3', 'hf-daily', undefined, 'forum'],
      ])
    })

    it('that are set for one topic in other letters are one', async () => {
      const { dailies } = setting().store
      expect(await dailies.set(daily('d1', { topic: { query: 'KV Cache' } }))).toBe('set')
      expect(await dailies.set(daily('d2', { topic: { query: 'kv cache' }, count: 2 }))).toBe('changed')
      expect(await dailies.set(daily('d3', { topic: { paperId: 'kv cache' } }))).toBe('set')
      expect(await dailies.list(guild)).toMatchObject([
        { id: 'd1', topic: { query: 'KV Cache' }, count: 2 },
        { id: 'd3' },
      ])
    })

    it('that are set again go on with the new time, whatever stopped them', async () => {
      const { dailies } = setting().store
      expect(await dailies.set(daily('d1'))).toBe('set')
      await dailies.pause(guild, 'd1', 5)
      const timing = { hour: 11, minute: 5, zone: 'Asia/Kolkata', days: [1] }
      expect(await dailies.set(daily('d2', { timing, count: 4, next: { at: 9, offset: 330 } }))).toBe(
        'changed',
      )
      expect(await dailies.list(guild)).toMatchObject([
        { id: 'd1', timing, count: 4, next: { at: 9, offset: 330 }, pausedAt: undefined, createdAt: 1 },
      ])
    })

    it('take their slots with them when removed, and keep what the channel was shown', async () => {
      const { store } = setting()
      await store.dailies.create(daily('d1'))
      await openSlot(store, 'd1')
      const claim = await claimOne(store, 'o1')
      await store.slots.choose(claim, [{ paperId: 'p1', reasons: [] }], 1_000)
      await store.slots.sending(claim, 1_000, 2_000)
      expect(await store.slots.settle(claim, { state: 'posted', messageId: 'm', at: 1_001 })).toBe(true)
      await store.dailies.remove(guild, 'd1')
      expect(await store.slots.history('d1', 5)).toEqual([])
      expect(await store.posts.papersIn(channel)).toEqual(new Set(['p1']))
    })

    it('and follows are limited in number', async () => {
      const { dailies, follows } = setting().store
      for (let i = 0; i < maxDailies; i++) await dailies.create(daily(`d${i}`))
      await expect(dailies.create(daily('more'))).rejects.toMatchObject({ kind: 'limit' })
      await dailies.create(daily('elsewhere', { guildId: otherGuild }))
      for (let i = 0; i < maxFollows; i++) await follows.create(follow(`f${i}`))
      await expect(follows.create(follow('more'))).rejects.toMatchObject({ kind: 'limit' })
    })
  })

  describe('follows', () => {
    it('are each member’s own', async () => {
      const { follows } = setting().store
      await follows.create(follow('f1'))
      expect(await follows.get(ann, 'f1')).toEqual({
        ...follow('f1'),
        kind: 'follow',
        pausedAt: undefined,
        problem: undefined,
        lastDigestAt: undefined,
      })
      expect(await follows.get(bob, 'f1')).toBeUndefined()
      expect(await follows.remove(bob, 'f1')).toBe(false)
      expect(await follows.change(bob, 'f1', { topic: 'none' })).toBe(false)
      expect(await follows.remove(ann, 'f1')).toBe(true)
    })

    it('keep the server whose own papers they bring, until its data goes', async () => {
      const { follows, guilds } = setting().store
      await guilds.joined(guild, 1)
      await follows.create(follow('f1', { serverId: guild }))
      await follows.create(follow('f2', { serverId: otherGuild, createdAt: 2 }))
      await follows.create(follow('f3', { createdAt: 3 }))
      await follows.change(ann, 'f3', { serverId: guild })
      const servers = async () => (await follows.list(ann)).map(one => one.serverId)
      expect(await servers()).toEqual([guild, otherGuild, guild])
      await guilds.missing(guild, 10)
      await guilds.missing(guild, 10 + 3_600_000)
      await guilds.purge(10 + 3_600_001)
      expect(await servers()).toEqual([undefined, otherGuild, undefined])
    })
  })

  describe('a topic', () => {
    it('is a query, a paper, an author or a venue, and is kept as it is', async () => {
      const { follows, dailies } = setting().store
      const topics = [
        { query: 'kv cache' },
        { paperId: 'p1' },
        { author: 'Ada Łovelace' },
        { venue: 'NeurIPS' },
      ]
      for (const [at, topic] of topics.entries()) {
        await follows.create(follow(`f${at}`, { topic, createdAt: at }))
        await dailies.create(daily(`d${at}`, { topic, createdAt: at }))
      }
      expect((await follows.list(ann)).map(one => one.topic)).toEqual(topics)
      expect((await dailies.list(guild)).map(one => one.topic)).toEqual(topics)
      await follows.change(ann, 'f2', { topic: { query: 'x' } })
      expect((await follows.get(ann, 'f2'))?.topic).toEqual({ query: 'x' })
      expect(await dailies.set(daily('d9', { topic: { author: 'ŁOVELACE, Ada' } }))).toBe('changed')
    })
  })

  describe('arrivals', () => {
    it('note a paper once, with the time it came', async () => {
      const { arrivals } = setting().store
      expect(await arrivals.note(['a', 'b', 'a'], 10)).toBe(2)
      expect(await arrivals.note(['a', 'b', 'c'], 20)).toBe(1)
      expect(await arrivals.after(9)).toEqual(new Set(['a', 'b', 'c']))
      expect(await arrivals.after(10)).toEqual(new Set(['c']))
      const many = Array.from({ length: 12_345 }, (_, i) => `many${i}`)
      expect(await arrivals.note(many, 30)).toBe(12_345)
      expect((await arrivals.after(20)).size).toBe(12_345)
    })
  })
}
