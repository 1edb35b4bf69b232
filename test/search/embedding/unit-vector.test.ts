import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dot, dotInt8, normalize, quantize } from '../../../src/search/embedding/unit-vector.ts'

const vectors = fc
  .array(fc.float({ min: -1000, max: 1000, noNaN: true }), { minLength: 1, maxLength: 64 })
  .map(values => Float32Array.from(values))

describe('unit vectors', () => {
  it('have length 1, or are zeros', () => {
    fc.assert(
      fc.property(vectors, vector => {
        const unit = normalize(vector)
        const length = Math.sqrt(dot(unit, unit))
        expect(length === 0 || Math.abs(length - 1) < 1e-3).toBe(true)
      }),
    )
    expect([...normalize(Float32Array.of(3, Number.NaN))]).toEqual([0, 0])
    expect([...normalize(Float32Array.of(3, 4))]).toEqual([0.6000000238418579, 0.800000011920929])
  })

  it('lose half a step at most at 8 bits', () => {
    fc.assert(
      fc.property(vectors, vector => {
        const rows = new Int8Array(vector.length + 2).fill(7)
        const scale = quantize(vector, rows, 1)
        vector.forEach((value, i) => {
          expect(Math.abs(value - rows[i + 1]! * scale)).toBeLessThanOrEqual(scale * 0.501)
        })
        expect([rows[0], rows.at(-1)]).toEqual([7, 7])
      }),
    )
  })

  it('keep their cosines at 8 bits', () => {
    const one = normalize(Float32Array.from({ length: 256 }, (_, i) => Math.sin(i)))
    const other = normalize(Float32Array.from({ length: 256 }, (_, i) => Math.sin(i + 0.5)))
    const rows = new Int8Array(256)
    const scale = quantize(other, rows, 0)
    expect(dotInt8(one, rows, 0) * scale).toBeCloseTo(dot(one, other), 2)
  })
})
