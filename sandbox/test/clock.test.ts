import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { createClock } from '../src/clock.ts'
import { byAge, snowflakes, timeOf } from '../src/snowflake.ts'

test('what falls due during a jump happens at once, in order', () => {
  const clock = createClock(() => 0)
  const seen: string[] = []
  clock.after(3000, () => seen.push('second'))
  clock.after(1000, () => seen.push('first'))
  const cancel = clock.after(2000, () => seen.push('never'))
  cancel()
  clock.jump(2999)
  expect(seen).toEqual(['first'])
  clock.jump(1)
  expect(seen).toEqual(['first', 'second'])
  clock.stop()
})

test('a base clock that moves by itself is noticed', async () => {
  let now = 0
  const clock = createClock(() => now)
  const act = vi.fn()
  clock.after(1000, act)
  now = 1000
  await vi.waitFor(() => expect(act).toHaveBeenCalledOnce(), { timeout: 20_000 })
  clock.stop()
})

test('ids are unique, carry their time, and grow with it, however the clock goes', () => {
  const start = Date.UTC(2025, 0, 1)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 1 }), steps => {
      let now = start
      const next = snowflakes(() => now)
      const made = steps.map(step => {
        now += step
        return { id: next(), at: now }
      })
      expect(new Set(made.map(({ id }) => id)).size).toBe(made.length)
      for (const { id, at } of made) expect(timeOf(id)).toBe(at)
      const [a, b] = [made[0], made.at(-1)]
      if (a && b && a.at < b.at) expect(byAge(a.id, b.id)).toBeLessThan(0)
    }),
  )
})
