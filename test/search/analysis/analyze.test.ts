import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyze, compounds, tokenize } from '../../../src/search/analysis/analyze.ts'

const words = (text: string) => tokenize(text).map(({ word }) => word)
const alike = (...texts: string[]) => new Set(texts.map(text => analyze(text).join(' '))).size === 1

describe('words', () => {
  test.each([
    ['Bellman’s don’t', ['bellman', 'dont']],
    ['1,000 of 3.5 and 2,50', ['1000', 'of', '3.5', 'and', '2,50']],
    ['e.g. the U.S. army', ['eg', 'the', 'us', 'army']],
    ['Poincaré, naïve', ['poincare', 'naive']],
    ['ﬁne ＡＢＣ', ['fine', 'abc']],
    ['東京 is', ['東', '京', 'is']],
    ['GPT-4 and UA^2', ['gpt', '4', 'and', 'ua', '2']],
    ['a\u00adb\u200bc', ['abc']],
    ['😀 !!! ---', []],
    ['__proto__ constructor', ['proto', 'constructor']],
  ])('%s', (text, found) => {
    expect(words(text)).toEqual(found)
  })

  test('offsets point into the text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        let last = 0
        for (const { start, end, word } of tokenize(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(word).not.toBe('')
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})

describe('terms', () => {
  test('ways to write a compound share a term', () => {
    const joined = (text: string) => compounds(tokenize(text)).map(({ term }) => term)
    expect(joined('key-value')).toEqual(analyze('keyvalue'))
    expect(joined('key–value')).toEqual(analyze('keyvalue'))
    expect(joined('state-of-the-art')).toEqual(['stateoftheart'])
  })

  test('both spellings of English give one term', () => {
    expect(alike('optimisation', 'optimization')).toBe(true)
    expect(alike('behaviour', 'behavior')).toBe(true)
    expect(alike('modelling', 'modeling')).toBe(true)
    expect(alike('tumour', 'tumor')).toBe(true)
    expect(alike('anaemia', 'anemia')).toBe(true)
    expect(alike('centre', 'center')).toBe(true)
    expect(alike('analyse', 'analyze', 'analyses')).toBe(true)
    expect(alike('dialogue', 'dialog')).toBe(true)
    expect(alike('hypothesis', 'hypotheses')).toBe(true)
  })

  test('words that only look British stay apart from others', () => {
    expect(alike('noise', 'nose')).toBe(false)
    expect(alike('hour', 'hor')).toBe(false)
    expect(alike('supervised', 'supervisor', 'supervision')).toBe(false)
    expect(alike('precise', 'precision')).toBe(true)
  })

  test('names and numbers stay as they are, stop words go', () => {
    expect(analyze('What is the GPT3 of 2024?')).toEqual(['gpt3', '2024'])
  })
})

test('a word is read up to its hundredth character, however far it unfolds', () => {
  const [long = ''] = words('ﷺ'.repeat(5_000))
  expect(long.length).toBeLessThanOrEqual(1_800)
  expect(alike('x'.repeat(100), 'x'.repeat(5_000))).toBe(true)
})
