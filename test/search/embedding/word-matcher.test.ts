import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WordMatcher } from '../../../src/search/embedding/word-matcher.ts'
import { smallEmbedder } from './table.ts'

const words = new WordMatcher(smallEmbedder())

describe('WordMatcher', () => {
  it('holds the same word to be 1, a near one nearly, a far one hardly', () => {
    expect(words.nearness(['cache'], ['a', 'cache'])).toEqual([1])
    expect(words.nearness(['cache'], ['memory'])[0]).toBeGreaterThan(0.8)
    expect(words.nearness(['cache'], ['galaxy'])[0]).toBeLessThan(0.1)
  })

  it('knows equal words that the table lacks', () => {
    expect(words.nearness(['zzyzx', 'galaxy'], ['zzyzx'])).toEqual([1, 0])
  })

  it('says the same of more words than it keeps', () => {
    const matcher = new WordMatcher(smallEmbedder())
    const first = matcher.nearness(['cache'], ['memory', 'star'])
    for (let i = 0; i < 100; i++)
      matcher.nearness(
        [`asked${i}`, 'galaxy'],
        Array.from({ length: 150 }, (_, j) => `word${i}x${j}`),
      )
    expect(matcher.nearness(['cache'], ['memory', 'star'])).toEqual(first)
    expect(matcher.nearness(['galaxy'], ['star'])).toEqual(words.nearness(['galaxy'], ['star']))
  })

  it('says the same of many words at once as of each alone', () => {
    const matcher = new WordMatcher(smallEmbedder())
    const asked = Array.from(
      { length: 60 },
      (_, i) => ['cache', 'memory', 'galaxy', `asked${i}`][i % 4] ?? '',
    )
    const together = matcher.nearness(asked, ['memory', 'star', 'asked3'])
    expect(together).toEqual(asked.map(word => matcher.nearness([word], ['memory', 'star', 'asked3'])[0]))
  })

  it('gives nothing for no words', () => {
    expect(words.nearness([], ['cache'])).toEqual([])
    expect(words.nearness(['cache'], [])).toEqual([0])
  })

  it('lies between 0 and 1 and never falls when the sentence gains a word', () => {
    const word = fc.constantFrom('cache', 'memory', 'galaxy', 'star', 'zz')
    const some = fc.array(word, { maxLength: 8 })
    fc.assert(
      fc.property(some, some, word, (asked, sentence, more) => {
        const before = words.nearness(asked, sentence)
        const after = words.nearness(asked, [...sentence, more])
        expect(before).toHaveLength(asked.length)
        after.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual((before[i] ?? 0) - 1e-9)
          expect(value).toBeLessThanOrEqual(1)
        })
      }),
    )
  })
})
