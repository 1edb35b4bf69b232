import { beforeEach, describe, expect, it } from 'vitest'
import type { Setting } from './fixture.ts'

/** Requests that cost somebody something are counted by server and day, whatever process makes them. */
export function budgetContract(setting: () => Setting) {
  describe('budgets', () => {
    beforeEach(async () => {
      await setting().rows.deleteFrom('request_budgets').execute()
    })

    it('give so many requests a day, to each server its own', async () => {
      const { budgets } = setting().store
      const day = '2026-11-23'
      expect([await budgets.spend('g1', day, 2), await budgets.spend('g1', day, 2)]).toEqual([true, true])
      expect(await budgets.spend('g1', day, 2)).toBe(false)
      expect(await budgets.spend('g2', day, 2)).toBe(true)
      expect(await budgets.spend('g1', '2026-11-24', 2)).toBe(true)
    })

    it('give none of a budget of none, and more at once when it is raised', async () => {
      const { budgets } = setting().store
      expect(await budgets.spend('g1', '2026-11-23', 0)).toBe(false)
      expect(await budgets.spend('g1', '2026-11-23', 1)).toBe(true)
      expect(await budgets.spend('g1', '2026-11-23', 1)).toBe(false)
      expect(await budgets.spend('g1', '2026-11-23', 2)).toBe(true)
    })

    it('never give one request to two processes that ask at once', async () => {
      const { store, other } = setting()
      const asked = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? store : other))
      const given = await Promise.all(asked.map(({ budgets }) => budgets.spend('g1', '2026-11-23', 7)))
      expect(given.filter(Boolean)).toHaveLength(7)
    })

    it('go with their server', async () => {
      const { budgets, guilds } = setting().store
      const hour = 3_600_000
      await guilds.joined('g1', 0)
      await budgets.spend('g1', '2026-11-23', 1)
      await guilds.missing('g1', hour)
      await guilds.missing('g1', 3 * hour)
      expect(await guilds.purge(4 * hour)).toEqual(['g1'])
      expect(await budgets.spend('g1', '2026-11-23', 1)).toBe(true)
    })
  })
}
