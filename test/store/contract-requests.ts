import { describe, expect, it } from 'vitest'
import type { Store } from '../../src/store/ports.ts'
import { maxFollows } from '../../src/store/schedule-ports.ts'
import { ann, bob, channel, daily, follow, guild, type Setting } from './fixture.ts'

/** What a repetition would undo or do again: each is carried out once for one key, by whichever process. */
export function requestContract(setting: () => Setting) {
  let count = 0
  const newKey = () => `request ${process.pid} ${count++}`
  /** The same request in both processes at once, and again afterwards. */
  const repeated = async <T>(act: (store: Store) => Promise<T>): Promise<T[]> => {
    const { store, other } = setting()
    const atOnce = await Promise.all([act(store), act(other), act(store), act(other)])
    return [...atOnce, await act(store), await act(other)]
  }
  const times = <T>(result: T) => Array.from({ length: 6 }, () => result)
  const entry = (paperId: string, at: number) => ({ guildId: guild, paperId, userId: ann, note: '', at })
  const states = async () =>
    (await setting().store.queue.list(guild)).map(({ paperId, state }) => `${paperId} ${state}`)

  describe('a request that two processes hear of', () => {
    it('votes for a proposal once, and takes the vote back once', async () => {
      const { queue } = setting().store
      await queue.propose(entry('p1', 1))
      const press = { guildId: guild, paperId: 'p1', userId: bob, at: 2 }
      const [first, second] = [newKey(), newKey()]
      expect(await repeated(store => store.queue.toggle({ ...press, key: first }))).toEqual(
        times({ votes: 1, wanted: true }),
      )
      expect((await queue.get(guild, 'p1'))?.votes).toBe(1)
      expect(await repeated(store => store.queue.toggle({ ...press, key: second }))).toEqual(
        times({ votes: 0, wanted: false }),
      )
      expect((await queue.get(guild, 'p1'))?.votes).toBe(0)
    })

    it('votes for a post once, and takes the vote back once', async () => {
      const { posts, votes } = setting().store
      const share = { id: 's1', guildId: guild, channelId: channel, userId: ann, paperId: 'p1', note: '' }
      await posts.share({ ...share, at: 1 })
      const press = { guildId: guild, postId: 's1', paperId: 'p1', userId: bob, useful: true, at: 2 }
      const [first, second] = [newKey(), newKey()]
      expect(await repeated(store => store.votes.toggle({ ...press, key: first }))).toEqual(times(true))
      expect(await votes.mine('s1', 'p1', bob)).toBe(true)
      expect(await repeated(store => store.votes.toggle({ ...press, key: second }))).toEqual(times(false))
      expect(await votes.mine('s1', 'p1', bob)).toBeUndefined()
    })

    it('proposes a paper once, and says so each time', async () => {
      const key = newKey()
      const message = () => ({ mark: newKey().replaceAll(' ', '-'), channelId: channel })
      expect(
        await repeated(store => store.queue.propose({ ...entry('p1', 1), key, message: message() })),
      ).toEqual(times('added'))
      expect(await setting().rows.selectFrom('queue_messages').selectAll().execute()).toHaveLength(1)
      expect(await states()).toEqual(['p1 proposed'])
    })

    it('picks one paper, not the one after it', async () => {
      for (const [at, paperId] of ['p1', 'p2', 'p3'].entries())
        await setting().store.queue.propose(entry(paperId, at))
      const key = newKey()
      const picked = await repeated(store => store.queue.pick({ key, guildId: guild, at: 5 }))
      expect(picked.map(found => found?.paperId)).toEqual(times('p1'))
      expect(await states()).toEqual(['p2 proposed', 'p3 proposed', 'p1 picked'])
    })

    it('makes one extra slot, and one follow', async () => {
      const { store } = setting()
      await store.dailies.create(daily('d1'))
      const [slot, topic] = [newKey(), newKey()]
      const extra = { guildId: guild, scheduleId: 'd1', date: '2026-11-23', at: 5, expiresAt: 100 }
      expect(await repeated(one => one.slots.extra({ ...extra, key: slot }))).toEqual(times('2026-11-23+1'))
      expect(await store.slots.history('d1', 9)).toHaveLength(1)
      const ids = await repeated(one => one.follows.create(follow(`f${count++}`), topic))
      expect(new Set(ids).size).toBe(1)
      expect((await store.follows.list(ann)).map(({ id }) => id)).toEqual([ids[0]])
    })

    it('is tried anew when it failed', async () => {
      const { follows } = setting().store
      const key = newKey()
      for (let i = 0; i < maxFollows; i++) await follows.create(follow(`full${i}`))
      await expect(follows.create(follow('more'), key)).rejects.toMatchObject({ kind: 'limit' })
      await follows.remove(ann, 'full0')
      expect(await follows.create(follow('more'), key)).toBe('more')
    })

    it('is remembered for a while only, and no longer for a clock that was ahead', async () => {
      const { store, rows } = setting()
      const [old, ahead, recent] = [newKey(), newKey(), newKey()]
      for (const [key, at] of [
        [old, 5],
        [ahead, 5_000],
        [recent, 50],
      ] as const)
        await store.queue.toggle({ guildId: guild, paperId: 'p1', userId: bob, key, at })
      await store.requests.forget(10, 1_000)
      const left = await rows
        .selectFrom('requests')
        .select('request_key')
        .where('request_key', 'in', [old, ahead, recent])
        .execute()
      expect(left).toEqual([{ request_key: recent }])
    })
  })
}
