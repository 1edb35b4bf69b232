import { expect, test } from 'vitest'
import { sharesStem, termCoverageOf, termMatchingOf, widened } from '../../src/answer/term-matching.ts'

test('words of one family begin alike for five letters and most of the shorter', () => {
  expect(sharesStem('imput', 'imputat')).toBe(true)
  expect(sharesStem('valu', 'valuat')).toBe(false)
  expect(sharesStem('interact', 'internet')).toBe(false)
})

test('a text holds a term as it stands, by its family, or in other words, the best of them', () => {
  const matching = termMatchingOf(['imput', 'shrink'], ['imputat', 'compress', 'shrink'])
  const other = { typed: ['shrink'], terms: ['compress'], weight: 0.6 }
  const held = (words: string[]) => widened(termCoverageOf(words, matching), new Set(words), [other])
  expect(held(['imputat']).get('imput')).toBe(0.6)
  expect(held(['compress']).get('shrink')).toBe(0.6)
  expect(held(['compress', 'shrink']).get('shrink')).toBe(1)
  expect(held(['other']).size).toBe(0)
})

test('a compound stands in only with all of its parts', () => {
  const other = { typed: ['llm'], terms: ['language', 'model'], weight: 0.6 }
  expect(widened(new Map(), new Set(['model']), [other]).size).toBe(0)
  expect(widened(new Map(), new Set(['model', 'language']), [other]).get('llm')).toBe(0.6)
})
