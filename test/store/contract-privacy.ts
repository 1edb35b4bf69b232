import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseSpec, sourceName } from '../../src/sources/spec.ts'
import type { Rows } from '../../src/store/db.ts'
import { tablesWithMembers } from '../../src/store/erase.ts'
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
  await store.queue.propose({
    guildId: guild,
    paperId: `q${n}`,
    userId,
    note: `said ${userId}`,
    at: 1,
    message: { mark: `q${n}`, channelId: channel },
  })
  await store.queue.vote({ guildId: guild, paperId: `q${n}`, userId, wanted: true, at: 1 })
  await store.follows.create(follow(`f${n}`, { userId }))
  await openSlot(store, `f${n}`)
  const digest = await claimOne(store, `o${n}`)
  await store.slots.choose(digest, [pick(`sent${n}`)], 1_000)
  await store.slots.sending(digest, 1_000, 3_000)
  await store.slots.settle(digest, { state: 'posted', messageId: '600', at: 1_001 })
  await store.dailies.create(daily(`d${n}`, { createdBy: userId, channelId: `80000000${n}` }))
  for (const place of [
    { id: userId, guildId: undefined },
    { id: `d${n}`, guildId: guild },
  ])
    await store.dislikes.add(place, { userId, paperId: `less${n}`, at: 1 })
  await store.mutes.add(
    { id: userId, guildId: undefined },
    { kind: 'word', key: `muted${n}`, said: `muted${n}`, at: 1 },
  )
  const spec = parseSpec('arxiv', [n === '1' ? 'cs.CL' : 'cs.LG'])
  const source = { id: `l${n}`, collection: guild, name: sourceName(spec), spec, createdBy: userId }
  await store.sources.add({ ...source, lane: 'arxiv', at: 1 })
  const guildId = `90000000000000009${n}`
  await store.zotero.setLink({
    ...{ guildId, userId, library: 'groups/1', collection: '', writeKey: 'secret', sendsSaves: true },
    at: 1,
  })
  await store.zotero.add({ guildId, paperId: 'p1', tag: '', note: '', userId, isSave: true, at: 1 })
  await openSlot(store, `d${n}`)
  const claim = await claimOne(store, `p${n}`)
  await store.slots.stop(claim, { kind: 'permission', missing: ['Send Messages'], at: 1_000 }, 1_000)
}

/** Rows that mention the text in any column, by table. */
async function mentions(rows: Rows, text: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const table of [...tables, 'zotero_links', 'zotero_outbox'] as const) {
    const all = await rows.selectFrom(table).selectAll().execute()
    const count = all.filter(row => JSON.stringify(row).includes(text)).length
    if (count > 0) found[table] = count
  }
  return found
}

/** Tables of the database itself whose rows name a member. */
async function withUserId(rows: Rows): Promise<string[]> {
  const all = await rows.introspection.getTables()
  return all.filter(({ columns }) => columns.some(({ name }) => name === 'user_id')).map(({ name }) => name)
}

export function privacyContract(setting: () => Setting) {
  describe('a member’s data', () => {
    it('is exported whole: every row that names the member is in it', async () => {
      const { store, rows } = setting()
      await live(store, ann, '1')
      await live(store, bob, '2')
      const named = await mentions(rows, ann)
      expect(Object.keys(named)).toEqual(expect.arrayContaining(await withUserId(rows)))
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
      expect(text).not.toContain('secret')
      expect(text).toContain('sent1')
      expect(text).toContain('1970-01-01T00:00:00.001Z')
    })

    it('is gone when it is deleted, and nobody else’s is', async () => {
      const { store, rows } = setting()
      await live(store, ann, '1')
      await live(store, bob, '2')
      const others = await mentions(rows, bob)
      expect(await store.members.erase(ann, 5)).toBeGreaterThan(0)
      expect(await mentions(rows, ann)).toEqual({})
      expect(await mentions(rows, bob)).toEqual(others)
      expect(Object.values(await store.members.export(ann)).flat()).toEqual([])
      expect(await store.members.erase(ann, 5)).toBe(0)
    })

    it('is gone from a queue’s entry that was taken over or removed, and from its messages', async () => {
      const { store, rows } = setting()
      const entry = { guildId: guild, paperId: 'p1', note: `by ${ann}` }
      await store.queue.propose({ ...entry, userId: ann, at: 1, message: { mark: 'q1', channelId: channel } })
      await store.queue.pick({ guildId: guild, at: 2, message: { mark: 'q2', channelId: channel } })
      await store.queue.discussed({ guildId: guild, paperId: 'p1', at: 3 })
      await store.queue.propose({ ...entry, userId: bob, note: '', at: 4 })
      await store.queue.remove(guild, 'p1')
      expect(await store.members.export(ann)).toMatchObject({
        proposals: [],
        proposalMessages: [{ mark: 'q1' }, { mark: 'q2' }],
      })
      await store.members.erase(ann, 5)
      expect(await mentions(rows, ann)).toEqual({})
      const taken = await store.erasures.take(6, 7, 10)
      expect(taken.map(({ mark, kind, unnamed }) => [mark, kind, unnamed])).toEqual([
        ['q1', 'proposal', true],
        ['q2', 'next', true],
      ])
    })

    it('leaves the server what is the server’s, without the name', async () => {
      const { store } = setting()
      await live(store, ann, '1')
      await store.members.erase(ann, 5)
      expect(await store.posts.get(guild, 's1')).toMatchObject({ userId: undefined, note: '' })
      expect(await store.queue.get(guild, 'q1')).toMatchObject({ proposedBy: undefined, note: '', votes: 0 })
      expect((await store.dailies.get(guild, 'd1'))?.createdBy).toBeUndefined()
      expect(await store.posts.papersIn(channel)).toEqual(new Set(['shared1']))
    })
  })

  describe('messages that show what was erased', () => {
    it('are on record: those with the name or a note, and those with a vote', async () => {
      const { store } = setting()
      await live(store, ann, '1')
      await live(store, bob, '2')
      await store.posts.arrived('s1', { messageId: 'm1' })
      const vote = { guildId: guild, userId: ann, at: 1 }
      await store.votes.cast({ ...vote, postId: 's2', paperId: 'shared2', useful: false })
      await store.queue.vote({ ...vote, paperId: 'q2', wanted: true })
      await store.members.erase(ann, 5)
      const taken = await store.erasures.take(6, 100, 10)
      const base = { guildId: guild, channelId: channel, createdAt: 5, attempts: 1, until: 100, postedAt: 1 }
      const none = { messageId: undefined, paperId: undefined }
      expect(taken).toEqual([
        { ...base, mark: 'q1', kind: 'proposal', ...none, paperId: 'q1', unnamed: true },
        { ...base, mark: 'q2', kind: 'proposal', ...none, paperId: 'q2', unnamed: false },
        { ...base, mark: 's1', kind: 'share', ...none, messageId: 'm1', unnamed: true },
        { ...base, mark: 's2', kind: 'share', ...none, unnamed: false },
      ])
      expect(await store.votes.tally(guild, 's2')).toEqual(new Map([['shared2', { useful: 1, notForUs: 0 }]]))
    })

    it('are taken by one process, again when it died, later when it says so, and never after they are done', async () => {
      const { store, other } = setting()
      await live(store, ann, '1')
      await store.members.erase(ann, 5)
      const [first, second] = await store.erasures.take(6, 100, 10)
      if (first === undefined || second === undefined) throw new Error('two messages')
      expect(await other.erasures.take(99, 200, 10)).toEqual([])
      expect(await store.erasures.nextAt()).toBe(100)
      await store.erasures.done(first)
      const [again, ...more] = await other.erasures.take(100, 200, 10)
      expect([again?.mark, again?.attempts, more]).toEqual([second.mark, 2, []])
      // Who was too slow changes nothing any more.
      await store.erasures.done(second)
      await other.erasures.later(again ?? second, 500)
      expect(await other.erasures.nextAt()).toBe(500)
      expect(await other.erasures.take(499, 600, 10)).toEqual([])
      const [last] = await other.erasures.take(500, 600, 10)
      await store.erasures.done(last ?? second)
      expect(await store.erasures.nextAt()).toBeUndefined()
    })

    it('are taken once more when another member’s erasure concerns one that is being worked on', async () => {
      const { store } = setting()
      await live(store, ann, '1')
      await store.votes.cast({
        guildId: guild,
        postId: 's1',
        paperId: 'shared1',
        userId: bob,
        useful: true,
        at: 1,
      })
      await store.members.erase(bob, 5)
      const [counted] = await store.erasures.take(6, 100, 10)
      expect(counted).toMatchObject({ mark: 's1', unnamed: false })
      await store.members.erase(ann, 7)
      if (counted !== undefined) await store.erasures.done(counted)
      const taken = await store.erasures.take(8, 100, 10)
      expect(taken.find(({ mark }) => mark === 's1')?.unnamed).toBe(true)
    })

    it('do not wait for a year because a clock ran ahead', async () => {
      const { store } = setting()
      await live(store, ann, '1')
      await store.members.erase(ann, 5)
      const year = 365 * 86_400_000
      const [taken] = await store.erasures.take(year, year + 1, 10)
      expect((await store.erasures.take(10, 20, 10)).map(({ mark }) => mark)).toContain(taken?.mark)
    })

    it('are forgotten with the server that the bot left', async () => {
      const { store, rows } = setting()
      await store.guilds.joined(guild, 1)
      await live(store, ann, '1')
      await store.members.erase(ann, 5)
      await store.guilds.missing(guild, 10)
      await store.guilds.missing(guild, 10 + 3_600_000)
      await store.guilds.purge(11 + 3_600_000)
      expect(await store.erasures.nextAt()).toBeUndefined()
      expect(await rows.selectFrom('queue_messages').selectAll().execute()).toEqual([])
    })
  })

  describe('a backup that is older than an erasure', () => {
    it('brings the member’s data not back, and forgets no message that still shows them', async () => {
      const { store, rows, folder } = setting()
      await live(store, ann, '1')
      await live(store, bob, '2')
      const old = join(folder, 'before-erasure.jsonl')
      await store.backup(old, 4)
      await store.posts.share({
        id: 's3',
        guildId: guild,
        channelId: channel,
        userId: ann,
        note: 'later',
        paperId: 'shared3',
        at: 4,
      })
      const others = await mentions(rows, bob)
      await store.members.erase(ann, 5)
      await store.restore(old, 6)
      expect(await mentions(rows, ann)).toEqual({})
      expect(await mentions(rows, bob)).toEqual(others)
      const marks = (await store.erasures.take(7, 8, 10)).map(({ mark }) => mark)
      expect(marks).toEqual(expect.arrayContaining(['s1', 's3', 'q1']))
    })

    it('brings nobody back whom it names once only, wherever that is', async () => {
      const { store, rows, folder } = setting()
      const backedUp = (await withUserId(rows)).filter(name => (tables as string[]).includes(name))
      expect(backedUp.sort()).toEqual(tablesWithMembers.toSorted())
      const spec = parseSpec('arxiv', ['cs.CL'])
      const source = { id: 'l1', collection: guild, name: sourceName(spec), spec, lane: 'arxiv', at: 1 }
      await store.sources.add({ ...source, createdBy: ann })
      const old = join(folder, 'with-a-source.jsonl')
      await store.backup(old, 4)
      await store.members.erase(ann, 5)
      await store.restore(old, 6)
      expect(await mentions(rows, ann)).toEqual({})
      expect(await store.sources.list(guild)).toHaveLength(1)
    })

    it('may be of a time after it: then the member is back as they were', async () => {
      const { store, folder } = setting()
      await store.members.erase(ann, 5)
      await store.saves.put(ann, { paperId: 'p1', at: 6 })
      const file = join(folder, 'after-erasure.jsonl')
      await store.backup(file, 7)
      await store.restore(file, 8)
      expect((await store.saves.list(ann)).total).toBe(1)
    })
  })
}
