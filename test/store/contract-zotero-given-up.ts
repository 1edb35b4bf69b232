import { beforeEach, describe, expect, it } from 'vitest'
import { ann, bob, type Setting } from './fixture.ts'
import { zoteroEntry as entry, type LinkTo, linkTo } from './zotero-entries.ts'

/** What Zotero does not take. */
export function givenUpContract(setting: () => Setting) {
  beforeEach(async () => {
    for (const table of ['zotero_outbox', 'zotero_links'] as const)
      await setting().rows.deleteFrom(table).execute()
  })
  const link: LinkTo = (...which) => linkTo(setting().store, ...which)

  describe('what Zotero does not take and is given up', () => {
    const giveUp = async (paperId: string, reason: string, at: number) => {
      const { zotero } = setting().store
      await zotero.add(entry(paperId, { note: paperId === 'b' ? 'n' : '' }))
      const found = (await zotero.entries('g1', 50, 1_000)).find(one => one.paperId === paperId)
      await zotero.failed(found!.id, { isRefused: true, nextAt: 0, reason })
      await zotero.giveUp('g1', { entryId: found!.id }, at)
    }

    it('is kept with its reason, and waits no more', async () => {
      const { zotero } = setting().store
      await link()
      await giveUp('a', 'too odd', 50)
      await giveUp('b', 'too long', 60)
      expect([await zotero.waiting('g1'), await zotero.entries('g1', 5, 1_000)]).toEqual([0, []])
      expect(await zotero.claim('c1', 1_000, 2_000)).toBeUndefined()
      const newest = { paperId: 'b', hasNote: true, reason: 'too long', at: 60 }
      expect(await zotero.givenUp('g1', 1)).toEqual({ total: 2, entries: [newest] })
      expect(await zotero.givenUp('g2', 5)).toEqual({ total: 0, entries: [] })
    })

    it('is by its age too, whatever was tried', async () => {
      const { zotero } = setting().store
      await link()
      await zotero.add(entry('a'))
      await zotero.add({ ...entry('b'), at: 30 })
      await zotero.giveUp('g1', { until: 29, reason: 'away' }, 50)
      expect((await zotero.givenUp('g1', 5)).entries).toMatchObject([{ paperId: 'a', reason: 'away' }])
      expect(await zotero.waiting('g1')).toBe(1)
    })

    it.each([
      ['tried again', (one: Setting) => one.store.zotero.tryAgain('g1', 70)],
      ['sent to a new link', () => link('g1', { library: 'groups/2' })],
    ])('is %s by who sees to it', async (_, see) => {
      const { zotero } = setting().store
      await link()
      await giveUp('a', 'r', 50)
      await zotero.claim('c1', 50, 60)
      await zotero.release('g1', 'c1', { nextAt: 9_000, problem: 'no', failures: 9 })
      await see(setting())
      expect((await zotero.givenUp('g1', 5)).total).toBe(0)
      expect((await zotero.entries('g1', 5, 1_000)).map(one => [one.attempts, one.refusals])).toEqual([
        [0, 0],
      ])
      expect(await zotero.claim('c2', 70, 100)).toMatchObject({ failures: 0 })
    })

    it('is deleted by who does not want it, and nothing else is', async () => {
      const { zotero } = setting().store
      await link()
      await giveUp('a', 'r', 50)
      await zotero.add(entry('b'))
      expect([await zotero.discard('g2'), await zotero.discard('g1'), await zotero.discard('g1')]).toEqual([
        0, 1, 0,
      ])
      expect(await zotero.waiting('g1')).toBe(1)
    })

    it('is told once to who set the link up, until somebody sees to it', async () => {
      const { store, other } = setting()
      const { zotero } = store
      await link()
      await giveUp('a', 'first', 50)
      const both = (await Promise.all([zotero.untried(5), other.zotero.untried(5)])).flat()
      expect(both).toEqual([{ guildId: 'g1', userId: ann, total: 1, reason: 'first' }])
      await giveUp('b', 'second', 60)
      expect(await zotero.untried(5)).toEqual([])
      expect(await zotero.pending({ userId: bob, guildId: 'g1', manages: false })).toEqual([])
      expect(await zotero.pending({ userId: bob, guildId: 'g2', manages: true })).toEqual([])
      expect(await zotero.pending({ userId: bob, guildId: 'g1', manages: true })).toMatchObject([
        { total: 2, reason: 'second' },
      ])
      expect(await zotero.pending({ userId: ann, manages: false })).toHaveLength(1)
      await zotero.told('g1')
      expect(await zotero.pending({ userId: ann, manages: false })).toEqual([])
      await zotero.discard('g1')
      await giveUp('a', 'third', 80)
      expect(await zotero.untried(5)).toHaveLength(1)
      await zotero.told('g1')
      expect(await zotero.pending({ userId: ann, manages: false })).toEqual([])
    })
  })
}
