import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Setting } from './fixture.ts'

/** The secret keys of servers' feeds. */
export function feedContract(setting: () => Setting) {
  describe('feeds', () => {
    beforeEach(async () => {
      await setting().rows.deleteFrom('feeds').execute()
    })

    it('are a server’s by one key, until it is renewed or closed', async () => {
      const { feeds } = setting().store
      expect(await feeds.open('g1', 'k1', 1)).toBe('k1')
      expect(await feeds.open('g1', 'k2', 2)).toBe('k1')
      expect(await feeds.guildOf('k1')).toBe('g1')
      expect(await feeds.guildOf('k2')).toBeUndefined()
      await feeds.set('g1', 'k3', 3)
      expect([await feeds.guildOf('k1'), await feeds.keyOf('g1')]).toEqual([undefined, 'k3'])
      expect([await feeds.close('g1'), await feeds.close('g1')]).toEqual([true, false])
      expect(await feeds.guildOf('k3')).toBeUndefined()
    })

    it('have one key when two processes turn them on at once', async () => {
      const { store, other } = setting()
      const keys = await Promise.all([store.feeds.open('g1', 'a', 1), other.feeds.open('g1', 'b', 1)])
      expect(new Set(keys).size).toBe(1)
    })

    it('are in no backup, so that an older one brings no renewed key back', async () => {
      const { store, folder } = setting()
      await store.feeds.set('g1', 'old', 1)
      const file = join(folder, 'feeds.jsonl')
      await store.backup(file, 2)
      await store.feeds.set('g1', 'new', 3)
      await store.restore(file, 4)
      expect([await store.feeds.guildOf('old'), await store.feeds.guildOf('new')]).toEqual([undefined, 'g1'])
    })

    it('go with their server', async () => {
      const { feeds, guilds } = setting().store
      const hour = 3_600_000
      await guilds.joined('g1', 0)
      await feeds.set('g1', 'k', 1)
      await guilds.missing('g1', hour)
      await guilds.missing('g1', 3 * hour)
      await guilds.purge(4 * hour)
      expect(await feeds.keyOf('g1')).toBeUndefined()
    })
  })
}
