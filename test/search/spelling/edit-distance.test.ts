import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slipCost } from '../../../src/search/spelling/edit-distance.ts'

const word = fc.string({ unit: fc.constantFrom(...'abcdeo'), minLength: 1, maxLength: 9 })

test('likely slips cost less than unlikely ones', () => {
  expect(slipCost('cahce', 'cache')).toBeLessThan(slipCost('caxhe', 'cache'))
  expect(slipCost('tunning', 'tuning')).toBeLessThan(slipCost('tunxing', 'tuning'))
  expect(slipCost('momentun', 'momentum')).toBeLessThan(slipCost('momentuz', 'momentum'))
  expect(slipCost('confidance', 'confidence')).toBeLessThan(slipCost('confidtnce', 'confidence'))
  expect(slipCost('bradient', 'gradient')).toBeGreaterThan(slipCost('grabient', 'gradient'))
})

test('nothing costs nothing; every difference costs something', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(slipCost(a, a)).toBe(0)
      if (a !== b) expect(slipCost(a, b)).toBeGreaterThan(0)
    }),
  )
})
