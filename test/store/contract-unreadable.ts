import { describe, expect, it } from 'vitest'
import type { Paper } from '../../src/corpus/paper.ts'
import { parseSpec, sourceName } from '../../src/sources/spec.ts'
import type { Store } from '../../src/store/ports.ts'
import {
  ann,
  channel,
  claimOne,
  daily,
  follow,
  guild,
  openSlot,
  otherGuild,
  type Setting,
} from './fixture.ts'

/** What a newer release wrote, or what is damaged, stays as it is and is left out until it can be read. */
export function unreadableContract(setting: () => Setting) {
  describe('rows that cannot be read', () => {
    const hour = 3_600_000
    const unknownSlots = [
      { picks: '[{"paperId":"p1","reasons":[{"kind":"of a later release"}]}]' },
      { picks: 'not JSON' },
      { state: 'of a later release' },
      { reason: 'of a later release' },
    ]
    const unknownSchedules = [
      { problem: 'permission', missing: 'not JSON' },
      { problem: 'of a later release' },
      { kind: 'of a later release' },
      { hour: 99 },
      { minute: -1 },
      { days: '' },
      { days: '1890' },
      { zone: '' },
    ]

    it.each(unknownSlots)('of a slot, %j, are set aside as they are and hold up nobody', async broken => {
      const { store, rows } = setting()
      for (const id of ['d1', 'd2']) {
        await store.dailies.create(daily(id))
        await openSlot(store, id)
      }
      const bad = () => rows.updateTable('slots').where('schedule_id', '=', 'd1')
      await bad().set(broken).execute()
      const claimed = await store.slots.claim('o1', 1_000, 2_000, 10)
      expect(claimed.map(({ schedule }) => schedule.id)).toEqual(['d2'])
      expect(await store.slots.claim('o2', 1_500, 2_500, 10)).toEqual([])
      expect(
        await rows.selectFrom('slots').selectAll().where('schedule_id', '=', 'd1').execute(),
      ).toMatchObject([{ ...broken, owner: null, retry_at: 1_000 + hour }])
      expect(await store.slots.history('d1', 5)).toEqual([])
      expect(await store.slots.recentPicks('d1', 5)).toEqual([])
      // A release that knows the value goes on with it.
      await bad()
        .set({ picks: '[]', state: 'open', reason: null, expires_at: 3 * hour })
        .execute()
      const later = await store.slots.claim('o3', 1_000 + hour, 2 * hour, 10)
      expect(later.map(({ schedule }) => schedule.id)).toContain('d1')
    })

    it.each(unknownSchedules)(
      'of a schedule, %j, are set aside as they are and hold up nobody',
      async broken => {
        const { store, rows } = setting()
        for (const id of ['d1', 'd2']) await store.dailies.create(daily(id))
        await rows.updateTable('schedules').set(broken).where('schedule_id', '=', 'd1').execute()
        expect((await store.slots.due(1_000, 10)).map(({ id }) => id)).toEqual(['d2'])
        expect((await store.slots.due(1_000, 10)).map(({ id }) => id)).toEqual(['d2'])
        await openSlot(store, 'd2')
        await store.slots.settle(await claimOne(store, 'o1'), { state: 'none', at: 1_001 })
        expect(await store.slots.nextAt()).toBe(101_000)
        expect((await store.slots.plannedAfter(1_000, 10)).map(({ id }) => id)).toEqual(['d2'])
        expect(await store.slots.withProblem(10)).toEqual([])
        expect((await store.dailies.list(guild)).map(({ id }) => id)).toEqual(['d2'])
        expect(await store.dailies.unreadable(guild)).toEqual([{ id: 'd1', channelId: channel }])
        expect(await store.dailies.unreadable(otherGuild)).toEqual([])
        expect(await store.follows.unreadable(ann)).toEqual([])
        expect(
          await rows.selectFrom('schedules').selectAll().where('schedule_id', '=', 'd1').execute(),
        ).toMatchObject([{ ...broken, next_at: 1_000 + hour }])
        expect(await store.follows.remove(ann, 'd1')).toBe(false)
        expect(await store.dailies.remove(otherGuild, 'd1')).toBe(false)
        expect(await store.dailies.remove(guild, 'd1')).toBe(true)
        expect(await store.dailies.unreadable(guild)).toEqual([])
      },
    )

    it.each(unknownSchedules)('of a follow, %j, are the member’s to see and to remove', async broken => {
      const { store, rows } = setting()
      await store.follows.create(follow('f1'))
      await store.follows.create(follow('f2'))
      await rows.updateTable('schedules').set(broken).where('schedule_id', '=', 'f1').execute()
      expect((await store.follows.list(ann)).map(({ id }) => id)).toEqual(['f2'])
      expect((await store.follows.unreadable(ann)).map(({ id }) => id)).toEqual(['f1'])
      expect(await store.dailies.unreadable(guild)).toEqual([])
      expect(await store.follows.remove(ann, 'f1')).toBe(true)
      expect(await store.follows.unreadable(ann)).toEqual([])
    })

    const paper = (id: string): Paper => ({
      id,
      title: `A long enough title about subject ${id}`,
      abstract: `What ${id} is about.`,
      authors: [],
      categories: [],
    })
    const papersOf = (store: Store, ids: readonly string[], at: number) =>
      store.papers.upsert({ collection: guild, source: 'a.bib', at, papers: ids.map(paper) })

    it.each([
      { paper: 'not JSON' },
      { paper: '{"id":"a"}' },
      { sources: 'not JSON' },
      { sources: '[1]' },
      { keys: '{}' },
      { paper: '', sources: '', keys: '' },
    ])('of a paper, %j, hold up no other, and the paper comes back with its file', async broken => {
      const { store, rows } = setting()
      await papersOf(store, ['a', 'b'], 5)
      await rows.updateTable('papers').set(broken).where('paper_id', '=', 'a').execute()
      const isLost = broken.paper !== undefined
      expect((await store.papers.changes()).changed).toMatchObject([
        isLost ? { id: 'a', joinedInto: undefined } : { paper: { id: 'a' } },
        { paper: { id: 'b' } },
      ])
      const listed = await store.papers.list(guild, { limit: 10 })
      expect(listed.map(({ paper: { id } }) => id)).toEqual(isLost ? ['b'] : ['a', 'b'])
      expect((await store.papers.get(guild, 'a'))?.paper.id).toBe(isLost ? undefined : 'a')
      expect(await store.papers.sources(guild)).toEqual([
        { source: 'a.bib', papers: broken.sources === undefined ? 2 : 1 },
      ])
      const done = await papersOf(store, ['a', 'b', 'c'], 6)
      expect(done.map(({ outcome }) => outcome)).toEqual([
        isLost ? 'added' : broken.sources === undefined ? 'unchanged' : 'updated',
        'unchanged',
        'added',
      ])
      const titles = (await store.papers.list(guild, { limit: 10 })).map(found => found.paper.title)
      expect(titles.toSorted()).toEqual(['a', 'b', 'c'].map(id => paper(id).title))
      expect((await papersOf(store, ['a', 'b', 'c'], 7)).map(({ outcome }) => outcome)).toEqual([
        'unchanged',
        'unchanged',
        'unchanged',
      ])
      // What a newer release wrote stays for it.
      if (isLost)
        expect(
          await rows.selectFrom('papers').selectAll().where('paper_id', '=', 'a').execute(),
        ).toMatchObject([broken])
      await store.papers.remove(guild, 'all', 8)
      expect(await store.papers.count(guild)).toBe(0)
      expect(await rows.selectFrom('paper_keys').selectAll().execute()).toEqual([])
      const left = await rows.selectFrom('papers').select('paper').execute()
      expect(left.every(row => row.paper === '')).toBe(true)
    })

    it.each([
      { spec: 'not JSON' },
      { spec: '{"kind":"of a later release"}' },
      { health: '[]' },
      { state: '{' },
    ])('of a source, %j, hold up no other source', async broken => {
      const { store, rows } = setting()
      for (const [id, kind, name] of [
        ['l1', 'arxiv', 'cs.CL'],
        ['l2', 'biorxiv', 'neuroscience'],
      ] as const) {
        const spec = parseSpec(kind, [name])
        const source = { id, collection: guild, name: sourceName(spec), spec, createdBy: ann, lane: kind }
        await store.sources.add({ ...source, at: 100 })
      }
      await rows.updateTable('sources').set(broken).where('source_id', '=', 'l1').execute()
      expect((await store.sources.list(guild)).map(({ id }) => id)).toEqual(['l2'])
      expect((await store.sources.claim('a', 1_000, 2_000))?.source.id).toBe('l2')
      expect(await store.sources.claim('b', 1_100, 2_000)).toBeUndefined()
      expect(await store.sources.get(guild, 'l1')).toBeUndefined()
      expect(
        await rows.selectFrom('sources').selectAll().where('source_id', '=', 'l1').execute(),
      ).toMatchObject([{ ...broken, next_at: 1_000 + hour }])
      expect(await store.sources.remove(guild, 'l1')).toBe(true)
    })
  })
}
