import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import type { SyncEmbedder } from '../../../src/search/embedding/port.ts'
import { buildIndex } from '../../../src/search/index/index-builder.ts'
import { SoftMatcher } from '../../../src/search/ranking/soft-matcher.ts'
import { paper } from '../../fixtures/paper.ts'

const papers = [
  paper('a', 'Compressing caches', { abstract: 'We shrink the memory of transformers.' }),
  paper('b', 'Bright galaxies', { abstract: 'Stars are counted in distant clusters.' }),
  paper('c', 'Zzyx', { abstract: 'Qwrtz.' }),
]
let embedder: SyncEmbedder
let matcher: SoftMatcher

beforeAll(async () => {
  embedder = await shippedEmbedder()
  const { vocabulary, index } = await buildIndex(papers)
  matcher = new SoftMatcher(embedder, vocabulary, index)
})

const all = [0, 1, 2]

describe('SoftMatcher', () => {
  it('gives 1 to a paper that holds all words of the query', () => {
    const [first, second] = matcher.read('distant galaxies', [1, 0])
    expect(first).toBeCloseTo(1, 2)
    expect(second).toBeLessThan(0.6)
  })

  it('tells by meaning which paper other words ask for', () => {
    const [cache, stars] = matcher.read('making buffers smaller', all)
    expect(cache).toBeGreaterThan((stars ?? 0) + 0.1)
    const [other, astronomy] = matcher.read('counting suns with telescopes', all)
    expect(astronomy).toBeGreaterThan((other ?? 0) + 0.1)
  })

  it('gives 0 where the query has no word that is known', () => {
    expect(matcher.read('the of and', all)).toEqual([0, 0, 0])
    expect(matcher.read('', all)).toEqual([0, 0, 0])
    expect(matcher.read('cache', [])).toEqual([])
  })

  it('lies between 0 and 1 whatever is asked, and does not depend on what was asked before', () => {
    const word = fc.oneof(fc.constantFrom('caches', 'galaxy', 'memory', 'the', 'zzyx'), fc.string())
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), words => {
        const query = words.join(' ')
        const read = matcher.read(query, all)
        expect(read).toHaveLength(3)
        for (const one of read) expect(one).toBeGreaterThanOrEqual(0)
        for (const one of read) expect(one).toBeLessThanOrEqual(1.01)
        matcher.read('something else', all)
        expect(matcher.read(query, all)).toEqual(read)
      }),
    )
  })
})
