import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { maxZoteroEntries } from '../../src/store/zotero-ports.ts'
import { ann, type Setting } from './fixture.ts'
import { zoteroEntry as entry, type LinkTo, linkTo } from './zotero-entries.ts'

/** What is on its way to a server's Zotero library. */
export function zoteroContract(setting: () => Setting) {
  describe('zotero', () => {
    beforeEach(async () => {
      for (const table of ['zotero_outbox', 'zotero_items', 'zotero_links'] as const)
        await setting().rows.deleteFrom(table).execute()
    })

    const link: LinkTo = (...which) => linkTo(setting().store, ...which)
    const fill = async () => {
      for (let from = 0; from < maxZoteroEntries; from += 100)
        await setting()
          .rows.insertInto('zotero_outbox')
          .values(
            Array.from({ length: 100 }, (_, i) => ({
              entry_id: `e${from + i}`,
              guild_id: 'g1',
              paper_id: 'p',
              tag: '',
              note: '',
              user_id: null,
              attempts: 0,
              created_at: 1,
            })),
          )
          .execute()
    }

    it('takes nothing without a link, and saves only where they are wanted', async () => {
      const { zotero } = setting().store
      expect(await zotero.add(entry('a'))).toBe('unwanted')
      await link()
      expect(await zotero.add(entry('a'))).toBe('added')
      expect(await zotero.add(entry('b', { isSave: true }))).toBe('unwanted')
      await link('g1', { sendsSaves: true })
      expect(await zotero.add(entry('b', { isSave: true }))).toBe('added')
      expect(await zotero.waiting('g1')).toBe(2)
    })

    describe('what is kept and sent', () => {
      const save = { paperId: 'a', guildId: 'g1', at: 2, zoteroTag: 'saved' }
      const discussed = { tag: 'discussed', userId: ann }
      const propose = () =>
        setting().store.queue.propose({ guildId: 'g1', paperId: 'q', userId: ann, note: '', at: 1 })
      /** What becomes of a change whose second half the database cannot do, as where the process is killed before it. */
      const cutShort = async (work: () => Promise<unknown>) => {
        const { rows } = setting()
        await rows.schema.alterTable('zotero_outbox').renameTo('zotero_away').execute()
        try {
          await expect(work()).rejects.toThrow()
        } finally {
          await rows.schema
            .alterTable('zotero_away' as never)
            .renameTo('zotero_outbox')
            .execute()
        }
      }

      it('is one change: a save', async () => {
        const { saves, zotero } = setting().store
        await link('g1', { sendsSaves: true })
        await cutShort(() => saves.put(ann, save))
        expect(await saves.get(ann, 'a')).toBeUndefined()
        expect(await saves.put(ann, save)).toMatchObject({ created: true, zotero: 'added' })
        expect(await zotero.waiting('g1')).toBe(1)
        expect(await saves.put(ann, save)).toMatchObject({ created: false, zotero: 'unwanted' })
      })

      it('is one change: what was discussed', async () => {
        const { queue, zotero } = setting().store
        await link()
        await propose()
        await cutShort(() => queue.discussed({ guildId: 'g1', paperId: 'q', at: 2, zotero: discussed }))
        expect((await queue.get('g1', 'q'))?.state).toBe('proposed')
        expect(await queue.discussed({ guildId: 'g1', paperId: 'q', at: 2, zotero: discussed })).toBe('added')
        expect(await zotero.waiting('g1')).toBe(1)
      })

      it('is kept where nothing is to be sent', async () => {
        const { saves, queue } = setting().store
        await propose()
        expect(await saves.put(ann, save)).toMatchObject({ created: true, zotero: 'unwanted' })
        expect(await queue.discussed({ guildId: 'g1', paperId: 'q', at: 2, zotero: discussed })).toBe(
          'unwanted',
        )
        await link()
        expect(await saves.put(ann, { ...save, paperId: 'b' })).toMatchObject({ zotero: 'unwanted' })
        expect(
          await queue.discussed({ guildId: 'g1', paperId: 'elsewhere', at: 2, zotero: discussed }),
        ).toBeUndefined()
      })

      it('is kept where too much waits already', async () => {
        const { saves, queue } = setting().store
        await link('g1', { sendsSaves: true })
        await fill()
        await propose()
        expect(await saves.put(ann, save)).toMatchObject({ created: true, zotero: 'full' })
        expect(await queue.discussed({ guildId: 'g1', paperId: 'q', at: 2, zotero: discussed })).toBe('full')
      })
    })

    it('holds one entry of what two processes hear of', async () => {
      const { store, other } = setting()
      await link()
      await Promise.all([store.zotero.add(entry('a')), other.zotero.add(entry('a'))])
      expect(await store.zotero.waiting('g1')).toBe(1)
    })

    it('is sent by one process at a time, and done by who holds it alone', async () => {
      const { store, other } = setting()
      await link()
      await store.zotero.add(entry('a'))
      const claims = await Promise.all([store.zotero.claim('c1', 10, 20), other.zotero.claim('c2', 10, 20)])
      expect(claims.filter(one => one !== undefined)).toHaveLength(1)
      const [owner, stranger] = claims[0] === undefined ? ['c2', 'c1'] : ['c1', 'c2']
      const [first] = await store.zotero.entries('g1', 5, 1_000)
      await store.zotero.done(first!.id, stranger)
      expect(await store.zotero.waiting('g1')).toBe(1)
      await store.zotero.done(first!.id, owner)
      expect(await store.zotero.waiting('g1')).toBe(0)
    })

    it('is due again when it was given back or its lease is over', async () => {
      const { zotero } = setting().store
      await link()
      await zotero.add(entry('a'))
      expect(await zotero.claim('c1', 10, 20)).toMatchObject({ writeKey: 'secret-of-zotero' })
      expect(await zotero.claim('c2', 15, 25)).toBeUndefined()
      expect(await zotero.claim('c2', 21, 31)).toBeDefined()
      await zotero.release('g1', 'c1', { nextAt: 0, problem: 'late', failures: 1 })
      expect((await zotero.link('g1'))?.problem).toBeUndefined()
      await zotero.release('g1', 'c2', { nextAt: 40, problem: 'no', failures: 1 })
      expect((await zotero.link('g1'))?.problem).toBe('no')
      expect(await zotero.claim('c3', 39, 50)).toBeUndefined()
      expect(await zotero.claim('c3', 40, 50)).toBeDefined()
    })

    it('is not held up by what a clock that ran ahead put down', async () => {
      const { zotero } = setting().store
      const year = 365 * 24 * 3_600_000
      await link()
      await zotero.add(entry('a'))
      expect(await zotero.claim('killed', year, year + 10)).toBeDefined()
      expect(await zotero.claim('c1', 10, 20)).toBeDefined()
      const [first] = await zotero.entries('g1', 5, 10)
      await zotero.failed(first!.id, { isRefused: true, nextAt: year, reason: 'r' })
      await zotero.release('g1', 'c1', { nextAt: year, problem: 'no', failures: 1 })
      expect(await zotero.entries('g1', 5, 30)).toHaveLength(1)
      expect(await zotero.claim('c2', 30, 40)).toBeDefined()
    })

    it('begins with what failed least', async () => {
      const { zotero } = setting().store
      await link()
      await zotero.add(entry('a'))
      await zotero.add({ ...entry('b'), at: 3 })
      const [first] = await zotero.entries('g1', 5, 1_000)
      await zotero.failed(first!.id, { isRefused: false, nextAt: 0, reason: 'r' })
      expect((await zotero.entries('g1', 5, 1_000)).map(one => [one.paperId, one.attempts])).toEqual([
        ['b', 0],
        ['a', 1],
      ])
    })

    it('leaves an entry alone until its time comes', async () => {
      const { zotero } = setting().store
      await link()
      await zotero.add(entry('a'))
      const [first] = await zotero.entries('g1', 5, 10)
      await zotero.failed(first!.id, { isRefused: true, nextAt: 100, reason: 'r' })
      expect(await zotero.entries('g1', 5, 99)).toEqual([])
      expect(await zotero.claim('c1', 99, 200)).toBeUndefined()
      expect(await zotero.entries('g1', 5, 100)).toMatchObject([{ attempts: 1, refusals: 1, createdAt: 2 }])
      expect(await zotero.claim('c1', 100, 200)).toBeDefined()
      // Wanted once more by a person, it is due.
      await zotero.add(entry('a'))
      expect(await zotero.entries('g1', 5, 99)).toMatchObject([{ attempts: 0, refusals: 0 }])
    })

    it('knows which item a paper is, library by library', async () => {
      const { zotero } = setting().store
      const one = { guildId: 'g1', library: 'groups/1' }
      await zotero.noteItem(one, 'a', 'KEY1')
      await zotero.noteItem(one, 'a', 'KEY2')
      expect(await zotero.itemOf(one, 'a')).toBe('KEY2')
      expect(await zotero.itemOf({ ...one, library: 'groups/2' }, 'a')).toBeUndefined()
      expect(await zotero.itemOf({ ...one, guildId: 'g2' }, 'a')).toBeUndefined()
    })

    it('refuses more than a server’s share', async () => {
      const { store } = setting()
      await link()
      await fill()
      expect(await store.zotero.add(entry('a'))).toBe('full')
    })

    it('goes with its link, its member and its server; no backup has the key', async () => {
      const { store, folder } = setting()
      const { zotero, members, guilds } = store
      await link()
      await zotero.add(entry('a', { note: 'of mine' }))
      await zotero.add(entry('b', { userId: '700000000000000002' }))
      await members.erase('700000000000000001', 3)
      expect((await zotero.entries('g1', 5, 1_000)).map(one => one.paperId)).toEqual(['b'])
      const file = join(folder, 'zotero.jsonl')
      await store.backup(file, 4)
      const { readFile } = await import('node:fs/promises')
      expect(await readFile(file, 'utf8')).not.toContain('secret-of-zotero')
      expect([await zotero.removeLink('g1'), await zotero.removeLink('g1')]).toEqual([true, false])
      expect(await zotero.waiting('g1')).toBe(0)
      await guilds.joined('g1', 0)
      await link()
      await guilds.missing('g1', 3_600_000)
      await guilds.missing('g1', 3 * 3_600_000)
      await guilds.purge(4 * 3_600_000)
      expect(await zotero.link('g1')).toBeUndefined()
    })
  })
}
