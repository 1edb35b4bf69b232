import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { NewShare } from '../../src/store/ports.ts'
import { maxQueue } from '../../src/store/queue-ports.ts'
import { ann, bob, channel, guild, otherGuild, type Setting } from './fixture.ts'

const share = (id: string, change: Partial<NewShare> = {}): NewShare => ({
  id,
  guildId: guild,
  channelId: channel,
  userId: ann,
  paperId: 'p1',
  note: 'worth a look',
  at: 10,
  ...change,
})

export function serverContract(setting: () => Setting) {
  describe('shares', () => {
    it('remembers who shared what where, and links to the message once it stands', async () => {
      const { posts } = setting().store
      await posts.share(share('s1'))
      expect((await posts.latest(channel, 'p1'))?.messageId).toBeUndefined()
      await posts.arrived('s1', { messageId: 'm1', threadId: 't1' })
      const expected = {
        id: 's1',
        kind: 'share',
        guildId: guild,
        channelId: channel,
        messageId: 'm1',
        threadId: 't1',
        userId: ann,
        note: 'worth a look',
        paperIds: ['p1'],
        at: 10,
      }
      expect(await posts.latest(channel, 'p1')).toEqual(expected)
      expect(await posts.get(guild, 's1')).toEqual(expected)
      expect(await posts.get(otherGuild, 's1')).toBeUndefined()
      expect(await posts.latest('another channel', 'p1')).toBeUndefined()
    })

    it('tells the latest of several, and lists a channel’s', async () => {
      const { posts } = setting().store
      await posts.share(share('s1', { at: 10 }))
      await posts.share(share('s2', { at: 30 }))
      await posts.share(share('s3', { at: 20, paperId: 'p2' }))
      expect((await posts.latest(channel, 'p1'))?.id).toBe('s2')
      expect((await posts.list(guild, channel, 2)).map(post => post.id)).toEqual(['s2', 's3'])
      expect(await posts.list(otherGuild, channel, 9)).toEqual([])
      expect(await posts.papersIn(channel)).toEqual(new Set(['p1', 'p2']))
      await posts.share(share('s4', { at: 40, paperId: 'p9', channelId: 'another channel' }))
      expect(await posts.places(guild, 9)).toEqual(['another channel', channel])
      expect(await posts.places(guild, 1)).toEqual(['another channel'])
      expect(await posts.places(otherGuild, 9)).toEqual([])
      expect(await posts.shared(guild, [channel])).toEqual(['p1', 'p2'])
      expect(await posts.shared(guild, [])).toEqual([])
      expect(await posts.shared(otherGuild, [channel])).toEqual([])
    })

    it('takes back a share that was refused, but not an earlier one of the same paper', async () => {
      const { posts } = setting().store
      await posts.share(share('s1'))
      await posts.share(share('s2', { at: 20 }))
      await posts.withdraw('s2')
      expect((await posts.latest(channel, 'p1'))?.id).toBe('s1')
      expect(await posts.papersIn(channel)).toEqual(new Set(['p1']))
      await posts.withdraw('s1')
      expect(await posts.papersIn(channel)).toEqual(new Set())
    })
  })

  describe('votes', () => {
    const vote = (userId: string, useful: boolean | undefined, guildId = guild) => ({
      guildId,
      postId: 's1',
      paperId: 'p1',
      userId,
      useful,
      at: 5,
    })

    it('counts one vote a member, changeable and retractable', async () => {
      const { posts, votes } = setting().store
      await posts.share(share('s1'))
      await votes.cast(vote(ann, true))
      await votes.cast(vote(ann, true))
      expect(await votes.cast(vote(bob, true))).toEqual(new Map([['p1', { useful: 2, notForUs: 0 }]]))
      expect(await votes.cast(vote(ann, false))).toEqual(new Map([['p1', { useful: 1, notForUs: 1 }]]))
      expect(await votes.mine('s1', 'p1', ann)).toBe(false)
      expect(await votes.cast(vote(ann, undefined))).toEqual(new Map([['p1', { useful: 1, notForUs: 0 }]]))
      expect(await votes.mine('s1', 'p1', ann)).toBeUndefined()
      expect(await votes.tally(guild, 's1')).toEqual(new Map([['p1', { useful: 1, notForUs: 0 }]]))
    })

    it('casts a vote by a press, changes it by the other and takes it back by the same', async () => {
      const { posts, votes } = setting().store
      await posts.share(share('s1'))
      const toggle = (useful: boolean, guildId = guild) =>
        votes.toggle({ ...vote(ann, useful, guildId), useful })
      expect(await toggle(true)).toBe(true)
      expect(await toggle(false)).toBe(true)
      expect(await votes.tally(guild, 's1')).toEqual(new Map([['p1', { useful: 0, notForUs: 1 }]]))
      expect(await toggle(false)).toBe(false)
      expect(await toggle(true, otherGuild)).toBeUndefined()
      expect(await votes.tally(guild, 's1')).toEqual(new Map([['p1', { useful: 0, notForUs: 0 }]]))
    })

    it('does not count what is forged: another server’s post, a paper that is not in it, a post that is not', async () => {
      const { posts, votes } = setting().store
      await posts.share(share('s1'))
      expect(await votes.cast(vote(bob, true, otherGuild))).toBeUndefined()
      expect(await votes.cast({ ...vote(bob, true), paperId: 'p2' })).toBeUndefined()
      expect(await votes.cast({ ...vote(bob, true), postId: 's9' })).toBeUndefined()
      expect(await votes.tally(otherGuild, 's1')).toBeUndefined()
      expect(await votes.tally(guild, 's1')).toEqual(new Map([['p1', { useful: 0, notForUs: 0 }]]))
    })

    it('loses none of many at once, from two processes', async () => {
      const { store, other } = setting()
      await store.posts.share(share('s1'))
      await Promise.all(
        Array.from({ length: 60 }, (_, i) =>
          (i % 2 === 0 ? store : other).votes.cast(vote(`7000${i % 40}`, i % 3 !== 0)),
        ),
      )
      const tally = (await store.votes.tally(guild, 's1'))?.get('p1')
      expect((tally?.useful ?? 0) + (tally?.notForUs ?? 0)).toBe(40)
    })
  })

  describe('the queue', () => {
    const entry = (paperId: string, at: number) => ({ guildId: guild, paperId, userId: ann, note: 'n', at })
    const vote = (paperId: string, userId: string, wanted = true) => ({
      guildId: guild,
      paperId,
      userId,
      wanted,
      at: 1,
    })

    it('orders proposals by votes, then age, and picks the first', async () => {
      const { queue } = setting().store
      expect(await queue.propose(entry('p1', 1))).toBe('added')
      expect(await queue.propose(entry('p1', 2))).toBe('already-queued')
      await queue.propose(entry('p2', 2))
      await queue.propose(entry('p3', 3))
      expect(await queue.vote(vote('p3', ann))).toBe(1)
      expect(await queue.vote(vote('p3', ann))).toBe(1)
      expect(await queue.vote(vote('p3', bob))).toBe(2)
      expect(await queue.vote(vote('p3', ann, false))).toBe(1)
      const click = { guildId: guild, paperId: 'p3', userId: ann, at: 1 }
      expect(await queue.toggle(click)).toEqual({ votes: 2, wanted: true })
      expect(await queue.toggle(click)).toEqual({ votes: 1, wanted: false })
      expect(await queue.toggle({ ...click, guildId: otherGuild })).toBeUndefined()
      expect((await queue.list(guild)).map(found => found.paperId)).toEqual(['p3', 'p1', 'p2'])
      expect((await queue.pick({ guildId: guild, at: 50 }))?.paperId).toBe('p3')
      expect((await queue.pick({ guildId: guild, at: 60, paperId: 'p2' }))?.state).toBe('picked')
      expect((await queue.list(guild)).map(found => [found.paperId, found.state])).toEqual([
        ['p3', 'proposed'],
        ['p1', 'proposed'],
        ['p2', 'picked'],
      ])
    })

    it('keeps what was discussed once, and takes it up again with no votes', async () => {
      const { store, other } = setting()
      const { queue } = store
      await queue.propose(entry('p1', 1))
      await queue.vote(vote('p1', bob))
      const both = await Promise.all([
        queue.discussed({ guildId: guild, paperId: 'p1', at: 9 }),
        other.queue.discussed({ guildId: guild, paperId: 'p1', at: 9 }),
      ])
      expect(both.filter(outcome => outcome !== undefined)).toEqual(['unwanted'])
      expect(await queue.discussed({ guildId: guild, paperId: 'p1', at: 11 })).toBeUndefined()
      expect((await queue.get(guild, 'p1'))?.changedAt).toBe(9)
      expect(await queue.vote(vote('p1', ann))).toBeUndefined()
      expect(await queue.pick({ guildId: guild, at: 10 })).toBeUndefined()
      expect(await queue.propose(entry('p1', 20))).toBe('again')
      expect(await queue.get(guild, 'p1')).toMatchObject({ state: 'proposed', votes: 0, proposedAt: 20 })
    })

    it('is each server’s own and has a limit', async () => {
      const { queue } = setting().store
      await queue.propose(entry('p1', 1))
      expect(await queue.discussed({ guildId: otherGuild, paperId: 'p1', at: 2 })).toBeUndefined()
      expect(await queue.remove(otherGuild, 'p1')).toBe(false)
      expect(await queue.vote({ ...vote('p1', bob), guildId: otherGuild })).toBeUndefined()
      for (let i = 2; i <= maxQueue; i++) await queue.propose(entry(`p${i}`, i))
      await expect(queue.propose(entry('too many', 9))).rejects.toMatchObject({ kind: 'limit' })
      expect(await queue.remove(guild, 'p1')).toBe(true)
      expect(await queue.propose(entry('fits now', 9))).toBe('added')
    })
  })

  describe('settings', () => {
    it('keeps a value a scope and a name', async () => {
      const { settings } = setting().store
      await settings.set('', 'a', '1')
      await settings.set(guild, 'a', '2')
      await settings.set('', 'a', '3')
      expect([await settings.get('', 'a'), await settings.get(guild, 'a')]).toEqual(['3', '2'])
      await settings.set('', 'a', undefined)
      expect(await settings.get('', 'a')).toBeUndefined()
    })
  })

  describe('the database', () => {
    it('is found in order, or said to lack a table: nothing is called saved then', async () => {
      const { store, rows } = setting()
      await store.check()
      await sql`alter table saves rename to saves_away`.execute(rows)
      try {
        const lacking = { kind: 'storage', message: expect.stringContaining('lacks tables') }
        await expect(store.check()).rejects.toMatchObject(lacking)
        await expect(store.saves.put(ann, { paperId: 'p1', at: 1 })).rejects.toMatchObject(lacking)
      } finally {
        await sql`alter table saves_away rename to saves`.execute(rows)
      }
      await store.check()
      expect((await store.saves.put(ann, { paperId: 'p1', at: 1 })).created).toBe(true)
    })

    it('belongs to the first application that uses it, also when two start at once', async () => {
      const { store, other } = setting()
      const tried = await Promise.allSettled([store.belongTo('1'), other.belongTo('2')])
      expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const owner = tried[0]?.status === 'fulfilled' ? '1' : '2'
      await store.belongTo(owner)
      await expect(store.belongTo('3')).rejects.toMatchObject({ kind: 'storage' })
    })

    it('stays whose it is when a backup of another one is restored, and a fresh one is free', async () => {
      const { store, rows, folder } = setting()
      const file = join(folder, 'application.jsonl')
      await store.belongTo('1')
      await store.backup(file, 1)
      await rows.deleteFrom('settings').execute()
      await store.belongTo('2')
      await store.restore(file, 2)
      await store.belongTo('2')
      await rows.deleteFrom('settings').execute()
      await store.restore(file, 3)
      await store.belongTo('3')
    })
  })
}
