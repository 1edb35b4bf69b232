import fc from 'fast-check'
import { expect, test } from 'vitest'
import { forwardBackward } from '../../../src/answer/ranking/hidden-markov.ts'

const chain = {
  first: [0.8, 0.2, 0],
  next: [
    [0.5, 0.5, 0],
    [0, 0.5, 0.5],
    [0, 0, 1],
  ],
}

test('equals the sum over all sequences', () => {
  const likelihoods = [
    [0.9, 0.5, 0.1],
    [0.2, 0.7, 0.4],
    [0.1, 0.3, 0.6],
    [0.5, 0.5, 0.2],
  ]
  const sums = likelihoods.map(() => [0, 0, 0])
  let all = 0
  const visit = (path: readonly number[], weight: number): void => {
    const at = path.length
    if (at === likelihoods.length) {
      all += weight
      path.forEach((role, i) => {
        const own = sums[i] as number[]
        own[role] = (own[role] as number) + weight
      })
      return
    }
    for (let role = 0; role < 3; role++) {
      const last = path.at(-1)
      const prior = (last === undefined ? chain.first[role] : chain.next[last]?.[role]) as number
      visit([...path, role], weight * (prior + 1e-4) * (likelihoods[at]?.[role] as number))
    }
  }
  visit([], 1)
  const { share } = forwardBackward(chain, likelihoods)
  for (const [i, own] of share.entries())
    for (const [role, value] of own.entries()) expect(value).toBeCloseTo((sums[i]?.[role] as number) / all, 9)
})

test('shares are probabilities, however long the sequence and unlikely its parts', () => {
  const place = fc.tuple(
    fc.double({ min: 1e-12, max: 1, noNaN: true }),
    fc.double({ min: 1e-12, max: 1, noNaN: true }),
    fc.double({ min: 1e-12, max: 1, noNaN: true }),
  )
  fc.assert(
    fc.property(fc.array(place, { maxLength: 300 }), likelihoods => {
      const { share } = forwardBackward(chain, likelihoods)
      expect(share).toHaveLength(likelihoods.length)
      for (const own of share) {
        expect(own.every(value => value >= 0)).toBe(true)
        expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6)
      }
    }),
    { numRuns: 50 },
  )
})
