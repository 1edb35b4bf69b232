import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dot } from '../../../src/search/embedding/unit-vector.ts'
import { smallEmbedder, smallProjection } from './table.ts'

const embedder = smallEmbedder()

describe('StaticEmbedder', () => {
  it('gives one row a text, and zeros for a text it knows nothing of', () => {
    expect(embedder.embed([])).toHaveLength(0)
    expect(embedder.embed(['cache', 'galaxy'])).toHaveLength(8)
    expect([...embedder.embed(['qwerty'])]).toEqual([0, 0, 0, 0])
  })

  it('puts near what means the same', () => {
    const [cache, memory, star] = ['Caches', 'memory', 'stars'].map(text => embedder.embed([text]))
    expect(dot(cache!, memory!)).toBeGreaterThan(0.9)
    expect(dot(cache!, star!)).toBeLessThan(0.2)
  })

  it('counts a word by the root of how often it occurs', () => {
    const often = embedder.embed([`${'cache '.repeat(4)}galaxy`])
    expect(often[0]! / often[2]!).toBeCloseTo(2, 4)
  })

  it('turns a query as the projection says, at unit length', () => {
    expect([...embedder.embedQuery('cache')]).toEqual([...embedder.embed(['cache'])])
    // What lies along the first axis is turned to the third.
    const [, , third] = smallEmbedder(smallProjection({ 0: [0, 0, 100, 0] })).embedQuery('cache')
    expect(third).toBeGreaterThan(0.9)
    expect([...embedder.embedQuery('qwerty')]).toEqual([0, 0, 0, 0])
  })

  it('gives unit vectors, the same whatever else is asked in one call', () => {
    const text = fc.array(fc.constantFrom('cache', 'memory', 'galaxy', 'star', 'x', '!'), { maxLength: 30 })
    fc.assert(
      fc.property(text, words => {
        const one = embedder.embed([words.join(' ')])
        const length = Math.sqrt(dot(one, one))
        expect(length === 0 || Math.abs(length - 1) < 1e-4).toBe(true)
        expect(embedder.embed(['star', words.join(' ')]).slice(4)).toEqual(one)
      }),
    )
  })
})
