import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SoftMatcher } from '../../../src/search/embedding/soft-coverage.ts'
import { StaticEmbedder } from '../../../src/search/embedding/static-embedder.ts'
import { smallTable } from './table.ts'

const soft = new SoftMatcher(new StaticEmbedder(smallTable()))

describe('SoftMatcher', () => {
  it('counts the same word whole, a near one nearly, a far one hardly', () => {
    const asked = [{ word: 'cache', idf: 2 }]
    expect(soft.coverage(asked, ['a', 'cache'])).toBe(1)
    expect(soft.coverage(asked, ['memory'])).toBeGreaterThan(0.8)
    expect(soft.coverage(asked, ['galaxy'])).toBeLessThan(0.1)
  })

  it('weighs words by idf, and knows equal words that the table lacks', () => {
    const asked = [
      { word: 'zzyzx', idf: 3 },
      { word: 'galaxy', idf: 1 },
    ]
    expect(soft.coverage(asked, ['zzyzx'])).toBe(0.75)
  })

  it('is 0 without words or weight', () => {
    expect(soft.coverage([], ['cache'])).toBe(0)
    expect(soft.coverage([{ word: 'cache', idf: 1 }], [])).toBe(0)
    expect(soft.coverage([{ word: 'cache', idf: 0 }], ['cache'])).toBe(0)
  })

  it('lies between 0 and 1 and never falls when the sentence gains a word', () => {
    const words = fc.array(fc.constantFrom('cache', 'memory', 'galaxy', 'star', 'zz'), { maxLength: 8 })
    const asked = fc.array(
      fc.record({
        word: fc.constantFrom('cache', 'star', 'zz'),
        idf: fc.double({ min: 0, max: 9, noNaN: true }),
      }),
    )
    fc.assert(
      fc.property(asked, words, fc.constantFrom('memory', 'galaxy', 'zz'), (question, sentence, more) => {
        const before = soft.coverage(question, sentence)
        const after = soft.coverage(question, [...sentence, more])
        expect(before).toBeGreaterThanOrEqual(0)
        expect(after).toBeLessThanOrEqual(1 + 1e-9)
        expect(after).toBeGreaterThanOrEqual(before - 1e-9)
      }),
    )
  })
})
