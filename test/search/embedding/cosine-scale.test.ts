import { describe, expect, it } from 'vitest'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import { cosineScale, sameScale } from '../../../src/search/embedding/cosine-scale.ts'
import type { SyncEmbedder } from '../../../src/search/embedding/port.ts'
import { normalize } from '../../../src/search/embedding/unit-vector.ts'
import { VectorIndex } from '../../../src/search/embedding/vector-index.ts'

const words = [
  'graph',
  'protein',
  'speech',
  'grasp',
  'cache',
  'galaxy',
  'theorem',
  'tumour',
  'parser',
  'enzyme',
]
const texts = words.flatMap(one => words.map(other => ({ whole: `${one} and ${other}`, sentences: [] })))

/** The same with a part that all texts have in common, as models have whose cosines are all near 1. */
const crowded = (embedder: SyncEmbedder, shared: number): SyncEmbedder => ({
  dimensions: embedder.dimensions + 1,
  knows: () => false,
  weight: () => 1,
  embedQuery: text => embedder.embedQuery(text),
  embed: all => {
    const rows = all.map(text => normalize(Float32Array.from([...embedder.embed([text]), shared])))
    return Float32Array.from(rows.flatMap(row => [...row]))
  },
})

describe('the scale of another model’s cosines', () => {
  it('takes them to the table’s', async () => {
    const table = await shippedEmbedder()
    const ours = await VectorIndex.over(table, texts)
    for (const shared of [0, 1, 3]) {
      const theirs = await VectorIndex.over(crowded(table, shared), texts)
      const { slope, offset } = cosineScale(theirs, ours)
      for (const [one, other] of [
        [0, 1],
        [3, 44],
        [12, 21],
        [5, 99],
      ] as const) {
        const scaled = slope * theirs.cosine(theirs.vectorOf(one), other) + offset
        expect(scaled).toBeCloseTo(ours.cosine(ours.vectorOf(one), other), 1)
      }
    }
  })

  it('is the same where there are too few papers, or nothing differs', async () => {
    const table = await shippedEmbedder()
    const few = await VectorIndex.over(table, texts.slice(0, 5))
    expect(cosineScale(few, few)).toEqual(sameScale)
    const none: SyncEmbedder = {
      dimensions: 2,
      knows: () => false,
      weight: () => 1,
      embed: all => new Float32Array(2 * all.length),
      embedQuery: () => new Float32Array(2),
    }
    const zeros = await VectorIndex.over(none, texts)
    const ours = await VectorIndex.over(table, texts)
    const { slope, offset } = cosineScale(zeros, ours)
    expect(Number.isFinite(slope) && Number.isFinite(offset)).toBe(true)
  })
})
