import { describe, expect, it } from 'vitest'
import { parseSpec, sourceName } from '../../src/sources/spec.ts'
import type { Store } from '../../src/store/ports.ts'
import { maxSources, type SourceLook } from '../../src/store/source-ports.ts'
import { ann, bob, guild, otherGuild, type Setting } from './fixture.ts'

const minute = 60_000

const add = (
  store: Store,
  id: string,
  words = 'arxiv cs.CL',
  more: { collection?: string; at?: number } = {},
) => {
  const [kind = '', ...rest] = words.split(' ')
  const spec = parseSpec(kind, rest)
  return store.sources.add({
    id,
    collection: guild,
    name: sourceName(spec),
    spec,
    createdBy: ann,
    lane: kind,
    at: 1_000,
    ...more,
  })
}

const well: SourceLook = {
  state: { v: 1, seen: ['a'] },
  health: {
    batches: [{ part: 'cs.CL', day: '2026-11-23', announced: 3, taken: 3 }],
    readAt: 2_000,
    failure: undefined,
  },
  isFirst: false,
  nextAt: 500_000,
  tell: undefined,
  isWell: true,
}
const failing: SourceLook = {
  ...well,
  health: { batches: [], readAt: undefined, failure: { kind: 'refused', reason: 'no', count: 1, since: 1 } },
  nextAt: 1_000,
  tell: 'failing',
  isWell: false,
}

const look = async (store: Store, id: string, what: SourceLook, now: number) => {
  const claim = (await store.sources.claim(`c${now}`, now, now + minute, id))!
  const settled = await store.sources.settle(claim, what, now)
  await store.sources.release(claim)
  return settled
}

/** Live sources, each read by one process at a time. */
export function sourceContract(setting: () => Setting) {
  describe('sources', () => {
    it('are kept by collection, once a name, and found with that collection alone', async () => {
      const { store } = setting()
      expect(await add(store, 'l1')).toBe('added')
      expect(await add(store, 'l2')).toBe('exists')
      expect(await add(store, 'l3', 'arxiv cs.CL', { collection: otherGuild })).toBe('added')
      expect(await store.sources.list(guild)).toEqual([
        {
          id: 'l1',
          collection: guild,
          name: 'arxiv cs.CL',
          spec: { kind: 'arxiv', categories: ['cs.CL'] },
          createdBy: ann,
          createdAt: 1_000,
          pausedAt: undefined,
          state: undefined,
          health: { batches: [], readAt: undefined, failure: undefined },
          isFirst: true,
          nextAt: 1_000,
        },
      ])
      expect(await store.sources.get(otherGuild, 'l1')).toBeUndefined()
      for (const act of ['pause', 'resume', 'wake'] as const)
        expect(await store.sources[act](otherGuild, 'l1', 5)).toBe(false)
      expect(await store.sources.remove(otherGuild, 'l1')).toBe(false)
      expect(await store.sources.remove(guild, 'l1')).toBe(true)
      expect((await store.sources.all()).map(source => source.id)).toEqual(['l3'])
    })

    it('are limited in number', async () => {
      const { store } = setting()
      for (let i = 0; i < maxSources; i++) await add(store, `l${i}`, `rss https://example.org/${i}`)
      await expect(add(store, 'more')).rejects.toMatchObject({ kind: 'limit' })
      expect(await add(store, 'again', 'rss https://example.org/0')).toBe('exists')
    })

    it('are claimed when due, by one process for each kind', async () => {
      const { store, other } = setting()
      await add(store, 'l1', 'arxiv cs.CL', { at: 1_000 })
      await add(store, 'l2', 'arxiv cs.IR', { at: 900 })
      await add(store, 'l3', 'hf-daily', { at: 1_100 })
      expect(await store.sources.claim('a', 800, 2_000)).toBeUndefined()
      const claims = await Promise.all([
        store.sources.claim('a', 1_200, 61_200),
        other.sources.claim('b', 1_200, 61_200),
        store.sources.claim('c', 1_200, 61_200),
        other.sources.claim('d', 1_200, 61_200),
      ])
      expect(claims.flatMap(claim => claim?.source.id ?? []).toSorted()).toEqual(['l2', 'l3'])
      await store.sources.release(claims.find(claim => claim?.source.id === 'l2')!)
      expect((await other.sources.claim('e', 1_300, 61_300))?.source.id).toBe('l2')
      // After the lease's end another process takes over, and the first changes nothing any more.
      const taken = await other.sources.claim('f', 61_400, 121_400)
      expect(taken?.source.id).toBe('l2')
      expect(await store.sources.settle(claims[0] ?? claims[1]!, well, 61_500)).toBe(false)
    })

    it('keep a look, and are due again when it says', async () => {
      const { store, other } = setting()
      await add(store, 'l1')
      expect(await look(store, 'l1', well, 2_000)).toBe(true)
      expect(await other.sources.get(guild, 'l1')).toMatchObject({
        state: well.state,
        health: well.health,
        isFirst: false,
        nextAt: 500_000,
      })
      expect(await store.sources.nextAt()).toBe(500_000)
      expect(await store.sources.claim('x', 499_999, 600_000)).toBeUndefined()
      await store.sources.wake(guild, 'l1', 3_000)
      await store.sources.pause(guild, 'l1', 4_000)
      expect(await store.sources.nextAt()).toBeUndefined()
      expect(await store.sources.claim('x', 5_000, 600_000)).toBeUndefined()
      await store.sources.resume(guild, 'l1', 6_000)
      expect((await store.sources.claim('x', 6_000, 600_000))?.source.id).toBe('l1')
    })

    it('tell once of trouble, until it is over', async () => {
      const { store, other } = setting()
      await add(store, 'l1')
      await look(store, 'l1', failing, 2_000)
      await look(store, 'l1', { ...failing, tell: 'stalled' }, 3_000)
      const [told, ...more] = [
        ...(await Promise.all([store.sources.untried(5), other.sources.untried(5)])).flat(),
      ]
      expect(told).toMatchObject({ word: 'failing', source: { id: 'l1' } })
      expect(more).toEqual([])
      expect(await store.sources.pending({ userId: bob, guildId: guild, manages: false })).toEqual([])
      expect(await store.sources.pending({ userId: bob, guildId: otherGuild, manages: true })).toEqual([])
      expect((await store.sources.pending({ userId: bob, guildId: guild, manages: true })).length).toBe(1)
      expect((await store.sources.pending({ userId: ann, manages: false })).length).toBe(1)
      await store.sources.told('l1')
      expect(await store.sources.pending({ userId: ann, manages: false })).toEqual([])
      await look(store, 'l1', failing, 4_000)
      expect(await store.sources.untried(5)).toEqual([])
      await look(store, 'l1', well, 5_000)
      await look(store, 'l1', failing, 6_000)
      expect((await store.sources.untried(5)).length).toBe(1)
      await store.sources.told('l1')
      expect(await store.sources.pending({ userId: ann, manages: false })).toEqual([])
    })

    it('go with their server, and forget who set them up', async () => {
      const { store } = setting()
      await add(store, 'l1')
      await store.members.erase(ann, 5)
      expect((await store.sources.get(guild, 'l1'))?.createdBy).toBeUndefined()
      await store.guilds.missing(guild, 1)
      await store.guilds.missing(guild, 4_000_000)
      await store.guilds.purge(5_000_000)
      expect(await store.sources.all()).toEqual([])
    })

    it('announce a paper that was known from a first sync only, once', async () => {
      const { store } = setting()
      await store.arrivals.note(['old', 'older'], 0)
      await store.arrivals.note(['there'], 10)
      expect(await store.arrivals.announce(['old', 'there', 'new'], 50)).toBe(2)
      expect(await store.arrivals.announce(['old', 'there', 'new'], 60)).toBe(0)
      expect(await store.arrivals.after(0)).toEqual(new Set(['old', 'there', 'new']))
      expect(await store.arrivals.after(49)).toEqual(new Set(['old', 'new']))
    })

    it('come back from a backup', async () => {
      const { store, folder } = setting()
      await add(store, 'l1')
      await look(store, 'l1', well, 2_000)
      const before = await store.sources.all()
      const file = `${folder}/sources-${Math.random()}.jsonl.gz`
      await store.backup(file, 10)
      await store.sources.remove(guild, 'l1')
      await store.restore(file, 20)
      expect(await store.sources.all()).toEqual(before)
    })
  })
}
