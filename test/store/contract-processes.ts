import { describe, expect, it } from 'vitest'
import type { Setting } from './fixture.ts'

/** Processes on one database count each other, to share what Discord allows the bot as a whole. */
export function processContract(setting: () => Setting) {
  describe('processes', () => {
    const minute = 60_000

    it('count those that were seen lately, themselves included', async () => {
      const { processes } = setting().store
      expect(await processes.beat('p1', 10 * minute)).toBe(1)
      expect(await processes.beat('p2', 10 * minute)).toBe(2)
      expect(await processes.beat('p1', 14 * minute)).toBe(2)
      expect(await processes.beat('p1', 16 * minute)).toBe(1)
    })

    it('do not count one that said goodbye, nor one of a clock that was far ahead', async () => {
      const { processes } = setting().store
      await processes.beat('p1', 10 * minute)
      await processes.beat('p2', 10 * minute)
      await processes.leave('p2')
      expect(await processes.beat('p1', 10 * minute)).toBe(1)
      await processes.beat('p3', 500_000 * minute)
      expect(await processes.beat('p1', 11 * minute)).toBe(1)
    })
  })
}
