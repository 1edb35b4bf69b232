import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxSaves } from '../../src/store/ports.ts'
import { sanitizeText } from '../../src/store/sanitize-text.ts'
import { ann, bob, guild, type Setting } from './fixture.ts'

export function memberContract(setting: () => Setting) {
  describe('a member’s list', () => {
    it('adds a paper and keeps what a later change leaves out', async () => {
      const { saves } = setting().store
      const first = await saves.put(ann, { paperId: 'p1', note: 'read §3', tags: ['Cache', 'ml'], at: 10 })
      expect(first).toEqual({
        created: true,
        zotero: 'unwanted',
        save: {
          paperId: 'p1',
          status: 'to-read',
          note: 'read §3',
          tags: ['cache', 'ml'],
          savedAt: 10,
          changedAt: 10,
        },
      })
      const second = await saves.put(ann, { paperId: 'p1', status: 'read', at: 20 })
      expect(second.created).toBe(false)
      expect(second.save).toEqual({ ...first.save, status: 'read', changedAt: 20 })
      expect(await saves.get(ann, 'p1')).toEqual(second.save)
    })

    it('is each member’s own', async () => {
      const { saves } = setting().store
      await saves.put(ann, { paperId: 'p1', at: 1 })
      expect(await saves.get(bob, 'p1')).toBeUndefined()
      expect(await saves.remove(bob, 'p1')).toBe(false)
      expect((await saves.list(bob)).total).toBe(0)
      expect(await saves.remove(ann, 'p1')).toBe(true)
      expect(await saves.get(ann, 'p1')).toBeUndefined()
    })

    it('pages through what a filter leaves, newest first', async () => {
      const { saves } = setting().store
      for (let i = 0; i < 7; i++)
        await saves.put(ann, {
          paperId: `p${i}`,
          status: i % 2 === 0 ? 'to-read' : 'reading',
          tags: i < 3 ? ['early', `only-${i}`] : ['late'],
          at: i,
        })
      const page = await saves.list(ann, {}, { limit: 3, offset: 3 })
      expect(page.total).toBe(7)
      expect(page.saves.map(save => save.paperId)).toEqual(['p3', 'p2', 'p1'])
      const reading = await saves.list(ann, { status: 'reading', tag: 'Early' })
      expect(reading.saves.map(save => [save.paperId, save.tags])).toEqual([['p1', ['early', 'only-1']]])
      expect((await saves.tags(ann)).slice(0, 3)).toEqual([
        { tag: 'late', count: 4 },
        { tag: 'early', count: 3 },
        { tag: 'only-0', count: 1 },
      ])
    })

    it('replaces and clears tags', async () => {
      const { saves } = setting().store
      await saves.put(ann, { paperId: 'p1', tags: ['a', 'b'], at: 1 })
      expect((await saves.put(ann, { paperId: 'p1', tags: [' B ', 'c', 'b', ''], at: 2 })).save.tags).toEqual(
        ['b', 'c'],
      )
      expect((await saves.put(ann, { paperId: 'p1', tags: [], at: 3 })).save.tags).toEqual([])
      expect(await saves.tags(ann)).toEqual([])
    })

    it('loses neither tags nor a note when they are added at once', async () => {
      const { store, other } = setting()
      const adding = (tag: string) => ({
        paperId: 'p1',
        tags: (had: readonly string[]) => [...had, tag],
        at: 2,
      })
      await store.saves.put(ann, { paperId: 'p1', tags: ['a'], at: 1 })
      await Promise.all([
        store.saves.put(ann, adding('b')),
        other.saves.put(ann, adding('c')),
        other.saves.put(ann, { paperId: 'p1', note: 'for Monday', at: 2 }),
        store.saves.put(ann, { paperId: 'p1', status: 'reading', at: 2 }),
        ...['d', 'e', 'f'].map(tag => other.saves.put(ann, adding(tag))),
      ])
      expect(await store.saves.get(ann, 'p1')).toMatchObject({
        tags: ['a', 'b', 'c', 'd', 'e', 'f'],
        note: 'for Monday',
        status: 'reading',
      })
    })

    it('holds a limited number of papers, and says so', async () => {
      const { rows, store } = setting()
      const row = (i: number) => ({
        user_id: ann,
        paper_id: `p${i}`,
        guild_id: null,
        status: 'read',
        note: '',
        saved_at: i,
        changed_at: i,
      })
      for (let i = 0; i < maxSaves; i += 1_000)
        await rows
          .insertInto('saves')
          .values(Array.from({ length: 1_000 }, (_, j) => row(i + j)))
          .execute()
      await expect(store.saves.put(ann, { paperId: 'one more', at: 1 })).rejects.toMatchObject({
        kind: 'limit',
      })
      expect((await store.saves.put(ann, { paperId: 'p5', note: 'still changed', at: 2 })).created).toBe(
        false,
      )
      expect((await store.saves.put(bob, { paperId: 'one more', at: 1 })).created).toBe(true)
    })

    it('gives back any text as it was typed, but for what no database holds', async () => {
      const { saves } = setting().store
      const typed = fc.string({ unit: 'binary', maxLength: 40 })
      await fc.assert(
        fc.asyncProperty(typed, typed, async (note, tag) => {
          const { save } = await saves.put(ann, { paperId: 'p', note, tags: [tag], at: 1 })
          expect(save.note).toBe(sanitizeText(note))
          const kept = sanitizeText(tag.trim().toLowerCase())
          expect(save.tags).toEqual(kept === '' ? [] : [kept])
        }),
        { numRuns: 60 },
      )
      const hostile = `'; drop table saves; -- \0 \ud800 🙂 ${'x'.repeat(4_000)}`
      expect((await saves.put(ann, { paperId: 'p', note: hostile, at: 1 })).save.note).toBe(
        sanitizeText(hostile),
      )
    })

    it('survives the same change from two processes at once', async () => {
      const { store, other } = setting()
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (i % 2 === 0 ? store : other).saves.put(ann, { paperId: 'p', tags: ['x', `t${i}`], at: i }),
        ),
      )
      const { saves, total } = await store.saves.list(ann)
      expect(total).toBe(1)
      expect(saves[0]?.tags).toHaveLength(2)
    })
  })

  describe('interest', () => {
    it('counts what a server’s members do with papers by the hour, and nobody else’s', async () => {
      const { saves, posts, votes, interest } = setting().store
      const hour = 3_600_000
      await saves.put(ann, { paperId: 'p1', guildId: guild, at: 2 * hour + 5 })
      await saves.put(bob, { paperId: 'p1', guildId: guild, at: 2 * hour + 9 })
      await saves.put(ann, { paperId: 'p2', at: 2 * hour })
      const share = { id: 's1', guildId: guild, channelId: 'c', userId: ann, note: '' }
      await posts.share({ ...share, paperId: 'p1', at: hour + 1 })
      await votes.cast({
        guildId: guild,
        postId: 's1',
        paperId: 'p1',
        userId: bob,
        useful: true,
        at: hour + 2,
      })
      await votes.cast({
        guildId: guild,
        postId: 's1',
        paperId: 'p1',
        userId: ann,
        useful: false,
        at: 3 * hour,
      })
      expect(await interest.since(guild, 0)).toEqual([
        { kind: 'not-for-us', paperId: 'p1', hour: 3 * hour, count: 1 },
        { kind: 'save', paperId: 'p1', hour: 2 * hour, count: 2 },
        { kind: 'share', paperId: 'p1', hour, count: 1 },
        { kind: 'useful', paperId: 'p1', hour, count: 1 },
      ])
      expect(await interest.since(guild, 2 * hour)).toHaveLength(2)
      expect(await interest.since('1', 0)).toEqual([])
      expect((await interest.sinceIn(guild, 0, ['c'])).map(({ kind }) => kind)).toEqual([
        'not-for-us',
        'share',
        'useful',
      ])
      for (const channels of [[], ['d']]) expect(await interest.sinceIn(guild, 0, channels)).toEqual([])
    })
  })
}
