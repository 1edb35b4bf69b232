import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editCost } from '../../../src/search/spelling/edit-distance.ts'

const word = fc.string({ unit: fc.constantFrom(...'abcdeo'), minLength: 1, maxLength: 9 })

test('likely slips cost less than unlikely ones', () => {
  expect(editCost('cahce', 'cache')).toBeLessThan(editCost('caxhe', 'cache'))
  expect(editCost('tunning', 'tuning')).toBeLessThan(editCost('tunxing', 'tuning'))
  expect(editCost('momentun', 'momentum')).toBeLessThan(editCost('momentuz', 'momentum'))
  expect(editCost('confidance', 'confidence')).toBeLessThan(editCost('confidtnce', 'confidence'))
  expect(editCost('bradient', 'gradient')).toBeGreaterThan(editCost('grabient', 'gradient'))
})

test('nothing costs nothing; every difference costs something', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editCost(a, a)).toBe(0)
      if (a !== b) expect(editCost(a, b)).toBeGreaterThan(0)
    }),
  )
})
