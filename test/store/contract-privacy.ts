import { describe, expect, it } from 'vitest'
import type { Rows } from '../../src/store/db.ts'
import type { Store } from '../../src/store/ports.ts'
import { tables } from '../../src/store/schema.ts'
import { ann, bob, channel, claimOne, daily, follow, guild, openSlot, pick, type Setting } from './fixture.ts'

/** Does everything that leaves a trace of a member. */
async function live(store: Store, userId: string, n: string) {
  await store.saves.put(userId, {
    paperId: 'p1',
    guildId: guild,
    note: `note of ${userId}`,
    tags: ['t'],
    at: 1,
  })
  const shared = { guildId: guild, channelId: channel, userId, note: `shared by ${userId}` }
  await store.posts.share({ ...shared, id: `s${n}`, paperId: `shared${n}`, at: 1 })
  await store.votes.cast({
    guildId: guild,
    postId: `s${n}`,
    paperId: `shared${n}`,
    userId,
    useful: true,
    at: 1,
  })
  await store.queue.propose({ guildId: guild, paperId: `q${n}`, userId, note: `said ${userId}`, at: 1 })
  await store.queue.vote({ guildId: guild, paperId: `q${n}`, userId, wanted: true, at: 1 })
  await store.follows.create(follow(`f${n}`, { userId }))
  await openSlot(store, `f${n}`)
  const digest = await claimOne(store, `o${n}`)
  await store.slots.choose(digest, [pick(`sent${n}`)], 1_000)
  await store.slots.sending(digest, 1_000, 3_000)
  await store.slots.settle(digest, { state: 'posted', messageId: 'm', at: 1_001 })
  await store.dailies.create(daily(`d${n}`, { createdBy: userId, channelId: `c${n}` }))
  await openSlot(store, `d${n}`)
  const claim = await claimOne(store, `p${n}`)
  await store.slots.stop(claim, { kind: 'permission', missing: ['Send Messages'], at: 1_000 }, 1_000)
}

/** Rows that mention the text in any column, by table. */
async function mentions(rows: Rows, text: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const table of tables) {
    const all = await rows.selectFrom(table).selectAll().execute()
    const count = all.filter(row => JSON.stringify(row).includes(text)).length
    if (count > 0) found[table] = count
  }
  return found
}

export function privacyContract(setting: () => Setting) {
  describe('a member’s data', () => {
    it('is exported whole: every row that names the member is in it', async () => {
      const { store, rows } = setting()
      await live(store, ann, '1')
      await live(store, bob, '2')
      const named = await mentions(rows, ann)
      expect(Object.keys(named).length).toBeGreaterThanOrEqual(9)
      const exported = await store.members.export(ann)
      const text = JSON.stringify(exported)
      for (const [table, count] of Object.entries(named)) {
        const lists = Object.values(exported).flat()
        expect([table, lists.length >= count]).toEqual([table, true])
      }
      expect(
        Object.values(exported)
          .flat()
          .filter(row => JSON.stringify(row).includes(ann)).length,
      ).toBe(Object.values(named).reduce((sum, count) => sum + count, 0))
      expect(text).not.toContain(bob)
      expect(text).toContain('sent1')
      expect(text).toContain('1970-01-01T00:00:00.001Z')
    })

    it('is gone when it is deleted, and nobody else’s is', async () => {
      const { store, rows } = setting()
      await live(store, ann, '1')
      await live(store, bob, '2')
      const others = await mentions(rows, bob)
      expect(await store.members.erase(ann)).toBeGreaterThan(0)
      expect(await mentions(rows, ann)).toEqual({})
      expect(await mentions(rows, bob)).toEqual(others)
      expect(Object.values(await store.members.export(ann)).flat()).toEqual([])
      expect(await store.members.erase(ann)).toBe(0)
    })

    it('leaves the server what is the server’s, without the name', async () => {
      const { store } = setting()
      await live(store, ann, '1')
      await store.members.erase(ann)
      expect(await store.posts.get(guild, 's1')).toMatchObject({ userId: undefined, note: '' })
      expect(await store.queue.get(guild, 'q1')).toMatchObject({ proposedBy: undefined, note: '', votes: 0 })
      expect((await store.dailies.get(guild, 'd1'))?.createdBy).toBeUndefined()
      expect(await store.posts.papersIn(channel)).toEqual(new Set(['shared1']))
    })
  })
}
