import { describe, expect, it } from 'vitest'
import { VectorIndex } from '../../../src/search/embedding/vector-index.ts'
import { smallEmbedder } from './table.ts'

const embedder = smallEmbedder()
const texts = [
  { whole: 'cache cache star', sentences: ['cache', 'star'] },
  { whole: 'galaxy', sentences: [] },
  { whole: 'unknownword', sentences: ['memory'] },
  { whole: 'memory cache', sentences: ['memory', 'cache', 'memory cache'] },
]

describe('VectorIndex', () => {
  const query = embedder.embed(['cache'])

  it('orders papers by cosine, with a limit and a least', async () => {
    const index = await VectorIndex.over(embedder, texts)
    expect(index.nearest(query, 10).map(({ doc }) => doc)).toEqual([3, 0, 1, 2])
    expect(index.nearest(query, 1).map(({ doc }) => doc)).toEqual([3])
    expect(index.nearest(query, 10, 0.5).map(({ doc }) => doc)).toEqual([3, 0])
    expect(index.size).toBe(4)
    expect(index.bytes).toBe(10 * (4 + 4))
  })

  it('holds the sentences of each paper', async () => {
    const index = await VectorIndex.over(embedder, texts)
    const [cache, star] = index.sentenceCosines(query, 0)
    expect(cache).toBeCloseTo(1, 2)
    expect(star).toBeLessThan(0.2)
    expect(index.sentenceCosines(query, 1)).toEqual([])
    expect(index.similarity(query, 0)).toBeCloseTo((index.cosine(query, 0) + 1) / 2, 2)
    expect(index.similarity(query, 1)).toBe(index.cosine(query, 1))
  })

  it('gives vectors back as they were, but for 8 bits', async () => {
    const index = await VectorIndex.over(embedder, texts)
    const [galaxy] = [embedder.embed(['galaxy'])]
    index.vectorOf(1).forEach((value, i) => {
      expect(value).toBeCloseTo(galaxy[i]!, 2)
    })
    expect([...index.vectorOf(2)]).toEqual([0, 0, 0, 0])
  })

  it('takes an embedder that answers later, and no papers', async () => {
    const later = { dimensions: 4, embed: async (all: readonly string[]) => embedder.embed(all) }
    expect((await VectorIndex.over(later, texts)).nearest(query, 1)[0]?.doc).toBe(3)
    expect((await VectorIndex.over(later, [])).nearest(query, 5)).toEqual([])
  })
})
