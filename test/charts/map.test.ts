import { describe, expect, it } from 'vitest'
import { layOut, mulberry32 } from '../../src/charts/layout.ts'
import { mapOf } from '../../src/charts/paper-map.ts'
import { tellingWords } from '../../src/charts/telling-words.ts'
import { Paper } from '../../src/corpus/paper.ts'

/** Unit vectors around two directions. */
function twoGroups(count: number, dimensions = 16): Float32Array {
  const random = mulberry32(7)
  const vectors = new Float32Array(count * dimensions)
  for (let i = 0; i < count; i++) {
    const row = vectors.subarray(i * dimensions, (i + 1) * dimensions)
    for (let j = 0; j < dimensions; j++) row[j] = (random() - 0.5) * 0.4
    row[i % 2] = 1
    const length = Math.hypot(...row)
    for (let j = 0; j < dimensions; j++) row[j] = (row[j] ?? 0) / length
  }
  return vectors
}

describe('a layout', () => {
  it.each([10, 200, 2000])('of %i papers lays like to like, within its square', count => {
    const { x, y } = layOut(twoGroups(count), 16)
    expect([...x, ...y].every(value => value >= 0 && value <= 1)).toBe(true)
    if (count < 100) return
    const middle = (group: number, values: Float32Array) => {
      const own = values.filter((_, i) => i % 2 === group)
      return own.reduce((sum, value) => sum + value, 0) / own.length
    }
    const apart = Math.hypot(middle(0, x) - middle(1, x), middle(0, y) - middle(1, y))
    const far = (group: number) =>
      Math.max(
        ...Array.from(x.keys())
          .filter(i => i % 2 === group)
          .map(i => Math.abs((x[i] ?? 0) - middle(group, x)))
          .sort((a, b) => a - b)
          .slice(0, Math.floor(count * 0.4)),
      )
    expect(apart).toBeGreaterThan(Math.max(far(0), far(1)))
  })

  it('is the same for the same vectors, and stands vectors of nothing', () => {
    expect(layOut(twoGroups(50), 16)).toEqual(layOut(twoGroups(50), 16))
    const { x } = layOut(new Float32Array(12 * 16), 16)
    expect([...x].every(Number.isFinite)).toBe(true)
  })
})

describe('telling words', () => {
  const about = (title: string, abstract = '') => ({ title, abstract })

  it('are those that other groups lack, as they are written', () => {
    const texts = [
      ...Array.from({ length: 6 }, (_, i) => about(`Key-value caches ${i}`, 'We propose a method for LLMs.')),
      ...Array.from({ length: 6 }, (_, i) => about(`Galaxy surveys ${i}`, 'We propose a method for stars.')),
    ]
    const [first, second] = tellingWords(texts, [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], 2)
    expect(first?.join(' ')).toMatch(/Key-value|caches/u)
    expect(second?.join(' ')).toMatch(/Galaxy surveys/u)
  })

  it('are none without words', () => {
    expect(tellingWords([about(''), about('…')], [0, 1], 2)).toEqual([[], []])
  })
})

describe('a map', () => {
  it('has a place for each paper, and a cluster with words', async () => {
    const topics = ['galaxy survey', 'protein folding', 'language model', 'robot arm']
    const papers = Array.from({ length: 40 }, (_, i) =>
      Paper.parse({ id: `p${i}`, title: `A ${topics[i % 4]} ${i}`, abstract: `On the ${topics[i % 4]}.` }),
    )
    const map = await mapOf(papers)
    expect(map.places).toHaveLength(40)
    expect(map.clusters.reduce((sum, { papers: count }) => sum + count, 0)).toBe(40)
    expect(map.placeOf('p3')).toEqual(map.places[3])
    expect(map.placeOf('nowhere')).toBeUndefined()
  })
})
