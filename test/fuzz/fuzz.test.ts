import { expect, it } from 'vitest'
import { fuzz, targets } from './targets.ts'

/** In all; `npm run fuzz` tries a million. */
const runs = 10_000

it('tries every kind of input', () => {
  expect(targets.reduce((all, { share }) => all + share, 0)).toBeCloseTo(1)
})

it.each(targets.map(target => [target.name, target] as const))(
  '%s are read or refused in words',
  async (_, target) => {
    await fuzz(target, runs, 1)
  },
  120_000,
)
