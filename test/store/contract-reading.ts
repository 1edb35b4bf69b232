import { beforeEach, describe, expect, it } from 'vitest'
import type { Setting } from './fixture.ts'

const day = 86_400_000

/** What a server read where all of it could see it. */
export function readingContract(setting: () => Setting) {
  describe('reading', () => {
    beforeEach(async () => {
      const { rows } = setting()
      for (const table of ['votes', 'post_papers', 'posts', 'saves'] as const)
        await rows.deleteFrom(table).execute()
    })

    const share = async (id: string, guildId: string, at: number) => {
      const { posts } = setting().store
      await posts.share({ id, guildId, channelId: 'c', userId: 'u', paperId: `p-${id}`, note: 'n', at })
      await posts.arrived(id, { messageId: `m-${id}` })
    }

    it('counts shares and votes by day, without private lists', async () => {
      const { reading, votes, saves } = setting().store
      await share('s1', 'g1', 10 * day + 5)
      await share('s2', 'g1', 10 * day + 6)
      await share('s3', 'g1', 3 * day)
      await share('s4', 'g2', 10 * day)
      await votes.cast({
        guildId: 'g1',
        postId: 's1',
        paperId: 'p-s1',
        userId: 'u',
        useful: false,
        at: 11 * day,
      })
      await saves.put('u', { paperId: 'p-s1', guildId: 'g1', at: 10 * day })
      const found = await reading.days('g1', 5 * day)
      expect(found.sort((a, b) => a.day - b.day)).toEqual([
        { kind: 'share', day: 10 * day, count: 2 },
        { kind: 'vote', day: 11 * day, count: 1 },
      ])
    })

    it('lists the latest posts of a server that have arrived, of one kind', async () => {
      const { reading, posts } = setting().store
      await share('s1', 'g1', 1)
      await share('s2', 'g1', 2)
      await share('s4', 'g2', 3)
      await posts.share({
        id: 's5',
        guildId: 'g1',
        channelId: 'c',
        userId: 'u',
        paperId: 'p',
        note: '',
        at: 4,
      })
      const latest = await reading.latest('g1', 'share', ['c'], 10)
      expect(latest.map(({ id, paperIds }) => [id, paperIds])).toEqual([
        ['s2', ['p-s2']],
        ['s1', ['p-s1']],
      ])
      expect(await reading.latest('g1', 'share', ['c'], 1)).toHaveLength(1)
      for (const channels of [[], ['d']])
        expect(await reading.latest('g1', 'share', channels, 10)).toEqual([])
      expect(await reading.latest('g1', 'pick', ['c'], 10)).toEqual([])
    })
  })
}
