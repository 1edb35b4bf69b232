import { describe, expect, it } from 'vitest'
import { maxDislikes, maxMutes } from '../../src/store/choice-ports.ts'
import { ann, bob, daily, follow, guild, otherGuild, type Setting } from './fixture.ts'

const pickPlace = { id: 'd1', guildId: guild }
const own = (userId: string) => ({ id: userId, guildId: undefined })
const said = (userId: string, paperId: string, at = 1) => ({ userId, paperId, at })
const word = (said: string) => ({ kind: 'word' as const, key: said.toLowerCase(), said })

export function choiceContract(setting: () => Setting) {
  describe('what members want less like', () => {
    it('is counted by members, for one daily pick', async () => {
      const { dailies, dislikes } = setting().store
      await dailies.create(daily('d1'))
      await dailies.create(daily('d2', { channelId: '800000000000000002' }))
      expect(await dislikes.add(pickPlace, said(ann, 'p1', 5))).toBe('added')
      expect(await dislikes.add(pickPlace, said(ann, 'p1', 6))).toBe('there')
      await dislikes.add(pickPlace, said(bob, 'p1', 3))
      await dislikes.add(pickPlace, said(bob, 'p2', 9))
      expect(await dislikes.list(pickPlace)).toEqual([
        { paperId: 'p1', members: 2, at: 5 },
        { paperId: 'p2', members: 1, at: 9 },
      ])
      expect(await dislikes.of(pickPlace, bob)).toEqual(['p2', 'p1'])
      expect(await dislikes.list({ id: 'd2', guildId: guild })).toEqual([])
      expect(await dislikes.remove(pickPlace, 'p1', ann)).toBe(1)
      expect(await dislikes.remove(pickPlace, 'p1', ann)).toBe(0)
      expect(await dislikes.remove(pickPlace, 'p1')).toBe(1)
    })

    it('is out of reach with another server’s id, and of a daily pick that is gone', async () => {
      const { dailies, dislikes, mutes } = setting().store
      await dailies.create(daily('d1'))
      await dislikes.add(pickPlace, said(ann, 'p1'))
      await mutes.add(pickPlace, { ...word('Hype'), at: 1 })
      const elsewhere = { id: 'd1', guildId: otherGuild }
      expect(await dislikes.add(elsewhere, said(bob, 'p1'))).toBe('gone')
      expect(await mutes.add(elsewhere, { ...word('x'), at: 1 })).toBe('gone')
      expect(await dislikes.list(elsewhere)).toEqual([])
      expect(await dislikes.remove(elsewhere, 'p1')).toBe(0)
      expect(await mutes.remove(elsewhere, word('Hype'))).toBe(false)
      expect(await mutes.list({ id: 'd1', guildId: undefined })).toEqual([])
      await dailies.remove(guild, 'd1')
      expect([await dislikes.list(pickPlace), await mutes.list(pickPlace)]).toEqual([[], []])
      expect(await dislikes.add(pickPlace, said(ann, 'p1'))).toBe('gone')
    })

    it('is a few papers each in a server, and more in one’s own digests', async () => {
      const { dailies, dislikes } = setting().store
      await dailies.create(daily('d1'))
      for (const [place, most] of [
        [pickPlace, maxDislikes.daily],
        [own(ann), maxDislikes.own],
      ] as const) {
        for (let i = 0; i < most; i++) await dislikes.add(place, said(ann, `p${i}`))
        await expect(dislikes.add(place, said(ann, 'more'))).rejects.toMatchObject({ kind: 'limit' })
        expect(await dislikes.add(place, said(ann, 'p0'))).toBe('there')
      }
      expect(await dislikes.add(pickPlace, said(bob, 'more'))).toBe('added')
    })

    it('is counted once however many processes hear of it', async () => {
      const { store, other } = setting()
      await store.dailies.create(daily('d1'))
      await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          (i % 2 ? store : other).dislikes.add(pickPlace, said(i % 3 ? ann : bob, 'p1')),
        ),
      )
      expect(await store.dislikes.list(pickPlace)).toMatchObject([{ paperId: 'p1', members: 2 }])
    })
  })

  describe('mute lists', () => {
    it('hold a word once, as it was written first, latest first', async () => {
      const { mutes } = setting().store
      expect(await mutes.add(own(ann), { ...word('Hype'), at: 1 })).toBe('added')
      expect(await mutes.add(own(ann), { ...word('HYPE'), at: 2 })).toBe('there')
      await mutes.add(own(ann), { kind: 'author', key: 'hype', said: 'Hype', at: 3 })
      expect(await mutes.list(own(ann))).toEqual([
        { kind: 'author', key: 'hype', said: 'Hype' },
        { kind: 'word', key: 'hype', said: 'Hype' },
      ])
      expect(await mutes.list(own(bob))).toEqual([])
      expect(await mutes.remove(own(bob), word('Hype'))).toBe(false)
      expect(await mutes.remove(own(ann), word('Hype'))).toBe(true)
      expect(await mutes.list(own(ann))).toHaveLength(1)
    })

    it('have a limit', async () => {
      const { mutes } = setting().store
      for (let i = 0; i < maxMutes; i++) await mutes.add(own(ann), { ...word(`w${i}`), at: i })
      await expect(mutes.add(own(ann), { ...word('more'), at: 99 })).rejects.toMatchObject({ kind: 'limit' })
      await mutes.add(own(bob), { ...word('more'), at: 99 })
    })
  })

  describe('choices', () => {
    it('go with their member and with their server, and with nobody else', async () => {
      const { store } = setting()
      const { dailies, dislikes, mutes, guilds, members } = store
      await guilds.joined(guild, 1)
      await dailies.create(daily('d1', { createdBy: undefined }))
      await store.follows.create(follow('f1', { userId: bob }))
      for (const userId of [ann, bob]) {
        await dislikes.add(pickPlace, said(userId, 'p1'))
        await dislikes.add(own(userId), said(userId, 'p2'))
        await mutes.add(own(userId), { ...word('hype'), at: 1 })
      }
      await mutes.add(pickPlace, { ...word('hype'), at: 1 })
      expect(await members.export(ann)).toMatchObject({ dislikes: [{}, {}], mutes: [{}] })
      expect(await members.erase(ann, 5)).toBe(3)
      expect(await dislikes.list(pickPlace)).toMatchObject([{ members: 1 }])
      expect(await dislikes.list(own(ann))).toEqual([])
      expect(await mutes.list(own(bob))).toHaveLength(1)
      await guilds.missing(guild, 10)
      await guilds.missing(guild, 10 + 3_600_000)
      await guilds.purge(10 + 3_600_001)
      expect([await dislikes.list(pickPlace), await mutes.list(pickPlace)]).toEqual([[], []])
      expect(await dislikes.list(own(bob))).toHaveLength(1)
    })
  })
}
