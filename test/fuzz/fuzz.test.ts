import { expect, it } from 'vitest'
import { payloads } from './payloads.ts'
import { readers } from './targets.ts'

/** In all; `npm run fuzz` tries a million. Payloads are tried by `test/e2e/payloads.test.ts`. */
const runs = 10_000

it('tries every kind of input', () => {
  expect([...readers, payloads].reduce((all, { share }) => all + share, 0)).toBeCloseTo(1)
})

it.each(readers.map(target => [target.name, target] as const))(
  '%s are read or refused in words',
  async (_, { share, fuzz }) => {
    await fuzz(Math.ceil(runs * share), 1)
  },
  120_000,
)
