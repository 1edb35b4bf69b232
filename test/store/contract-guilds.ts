import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { confirmAfter } from '../../src/store/guilds.ts'
import { ann, claimOne, daily, guild, openSlot, otherGuild, type Setting } from './fixture.ts'

/** What becomes of a server that the bot is taken off, and of one that takes it back. */
export function guildContract(setting: () => Setting) {
  describe('servers that the bot leaves', () => {
    it('keeps everything for the grace period, then forgets the server and leaves members their lists', async () => {
      const { store, rows } = setting()
      for (const id of [guild, otherGuild]) {
        await store.guilds.joined(id, 1)
        await store.posts.share({
          id: `s${id}`,
          guildId: id,
          channelId: `c${id}`,
          userId: ann,
          paperId: 'p1',
          note: 'worth a look',
          at: 10,
        })
        await store.queue.propose({ guildId: id, paperId: 'p1', userId: ann, note: '', at: 1 })
        await store.dailies.create(daily(`d${id}`, { guildId: id, channelId: `c${id}` }))
        await store.settings.set(id, 'poll', 'm1')
      }
      await store.saves.put(ann, { paperId: 'p1', guildId: guild, at: 1 })
      const left = 100 + confirmAfter
      await store.guilds.missing(guild, 100)
      await store.guilds.missing(guild, left)
      await store.guilds.missing(guild, left + 900)
      expect(await store.guilds.purge(left)).toEqual([])
      expect((await store.dailies.list(guild))[0]?.problem?.kind).toBe('removed')
      expect(await store.guilds.purge(left + 1)).toEqual([guild])
      for (const table of ['guilds', 'posts', 'shown', 'queue', 'schedules', 'saves'] as const) {
        const found = await rows.selectFrom(table).select('guild_id').execute()
        expect(found.map(row => row.guild_id)).toEqual([table === 'saves' ? null : otherGuild])
      }
      expect(await store.settings.get(guild, 'poll')).toBeUndefined()
      expect(await store.settings.get(otherGuild, 'poll')).toBe('m1')
    })

    it('goes on where it stopped when the bot comes back', async () => {
      const { store } = setting()
      await store.guilds.joined(guild, 1)
      await store.dailies.create(daily('d1'))
      await store.guilds.missing(guild, 5)
      await store.guilds.missing(guild, 5 + confirmAfter)
      expect((await store.dailies.get(guild, 'd1'))?.problem?.kind).toBe('removed')
      await store.guilds.joined(guild, 9 + confirmAfter)
      expect((await store.dailies.get(guild, 'd1'))?.problem).toBeUndefined()
      expect(await store.guilds.purge(9e12)).toEqual([])
    })

    it('believes it only when it was found missing twice, an hour apart, and not seen in between', async () => {
      const { store } = setting()
      const problem = async () => (await store.dailies.get(guild, 'd1'))?.problem?.kind
      await store.guilds.joined(guild, 1)
      await store.dailies.create(daily('d1'))
      await store.guilds.missing(guild, 10)
      await store.guilds.missing(guild, 9 + confirmAfter)
      expect(await problem()).toBeUndefined()
      expect(await store.guilds.purge(9e12)).toEqual([])
      expect(await store.guilds.doubtful(9 + confirmAfter)).toEqual([])
      expect(await store.guilds.doubtful(10 + confirmAfter)).toEqual([guild])
      await store.guilds.reconcile([guild], 10 + confirmAfter)
      expect(await store.guilds.doubtful(9e12)).toEqual([])
      await store.guilds.missing(guild, 11 + confirmAfter)
      expect(await problem()).toBeUndefined()
      // Another process took it for left, whatever it saw: the first one does not believe it yet.
      await store.guilds.reconcile([], 12 + confirmAfter)
      expect(await problem()).toBeUndefined()
      await store.guilds.reconcile([], 11 + 2 * confirmAfter)
      expect(await problem()).toBe('removed')
      expect(await store.guilds.doubtful(9e12)).toEqual([])
    })

    it('does not count a first look that a backup tells of', async () => {
      const { store, folder } = setting()
      const file = join(folder, 'missing.jsonl')
      await store.guilds.joined(guild, 1)
      await store.guilds.missing(guild, 10)
      await store.backup(file, 20)
      await store.restore(file, confirmAfter)
      await store.guilds.missing(guild, 20 + confirmAfter)
      expect(await store.guilds.purge(9e12)).toEqual([])
    })

    it('does not count a first look of a time that has not come', async () => {
      const { store } = setting()
      const year = 365 * 86_400_000
      await store.guilds.joined(guild, 1)
      await store.guilds.missing(guild, year)
      await store.guilds.missing(guild, 100)
      await store.guilds.missing(guild, 99 + confirmAfter)
      expect(await store.guilds.purge(9e12)).toEqual([])
      await store.guilds.missing(guild, 100 + confirmAfter)
      expect(await store.guilds.purge(9e12)).toEqual([guild])
    })

    it('does not tell whoever took it off why its picks stopped', async () => {
      const { store } = setting()
      await store.guilds.joined(guild, 1)
      await store.dailies.create(daily('d1'))
      await openSlot(store, 'd1')
      await store.guilds.missing(guild, 900)
      const claim = await claimOne(store, 'o1')
      await store.slots.stop(claim, { kind: 'permission', missing: ['View Channel'], at: 1_000 }, 1_000)
      expect(await store.notices.untried(10)).toEqual([])
      await store.guilds.joined(guild, 1_001)
      expect((await store.dailies.get(guild, 'd1'))?.problem).toBeUndefined()
    })

    it('notices at the start what happened while it was away, for its own shard alone', async () => {
      const { store, rows } = setting()
      await store.guilds.reconcile([guild, otherGuild, '3'], 10)
      const later = 20 + confirmAfter
      for (const at of [20, later]) await store.guilds.reconcile([otherGuild], at, id => id !== '3')
      const found = await rows.selectFrom('guilds').selectAll().orderBy('guild_id').execute()
      expect(found.map(row => [row.guild_id, row.missing_at, row.left_at])).toEqual([
        ['3', null, null],
        [guild, 20, later],
        [otherGuild, null, null],
      ])
    })
  })
}
