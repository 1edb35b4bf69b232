import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Sparse, timesSliced, truncatedSvd } from '../../../src/search/ranking/truncated-svd.ts'

const sparse = (rows: readonly (readonly number[])[], width: number): Sparse => {
  const filled = rows.map(row => row.flatMap((value, column) => (value === 0 ? [] : [{ column, value }])))
  const starts = [0]
  for (const row of filled) starts.push(starts.at(-1)! + row.length)
  return {
    rows: rows.length,
    width,
    starts: Uint32Array.from(starts),
    columns: Uint32Array.from(filled.flat(), one => one.column),
    values: Float32Array.from(filled.flat(), one => one.value),
  }
}

const seeds = (columns: number) => Uint32Array.from({ length: columns }, (_, column) => column + 1)

test('spans the leading singular vectors: two blocks of unlike size', async () => {
  const heavy = [4, 4, 0, 0]
  const light = [0, 0, 1, 1]
  const matrix = sparse([heavy, heavy, heavy, light, light], 4)
  const basis = await truncatedSvd(matrix, 1, seeds(4))
  const half = Math.SQRT1_2.toFixed(3)
  expect([...basis].map(value => Math.abs(value).toFixed(3))).toEqual([half, half, '0.000', '0.000'])
})

test('is orthonormal, and keeps all of a matrix whose rank it has', async () => {
  const row = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 6, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(
      row,
      row,
      fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -3, max: 3 })), {
        minLength: 6,
        maxLength: 12,
      }),
      async (u, v, mix) => {
        const independent = u.some((x, i) => v.some((_, j) => x * v[j]! !== u[j]! * v[i]!))
        fc.pre(independent)
        const rows = mix.map(([a, b]) => u.map((x, i) => a * x + b * v[i]!))
        const matrix = sparse(rows, 6)
        const basis = await truncatedSvd(matrix, 2, seeds(6))
        const dot = (i: number, j: number) =>
          [0, 1, 2, 3, 4, 5].reduce((sum, r) => sum + basis[2 * r + i]! * basis[2 * r + j]!, 0)
        expect(dot(0, 0)).toBeCloseTo(1, 3)
        expect(dot(1, 1)).toBeCloseTo(1, 3)
        expect(dot(0, 1)).toBeCloseTo(0, 3)
        const kept = await timesSliced(matrix, basis, 2)
        rows.forEach((one, r) => {
          const square = one.reduce((sum, x) => sum + x * x, 0)
          expect(kept[2 * r]! ** 2 + kept[2 * r + 1]! ** 2).toBeCloseTo(square, 0)
        })
      },
    ),
    { numRuns: 40 },
  )
})

test('equal matrices give equal bases', async () => {
  const matrix = sparse(
    [
      [1, 2, 0],
      [0, 1, 1],
      [3, 0, 1],
    ],
    3,
  )
  expect(await truncatedSvd(matrix, 2, seeds(3))).toEqual(await truncatedSvd(matrix, 2, seeds(3)))
})

test('the order of rows and columns makes no difference', async () => {
  const rows = Array.from({ length: 30 }, (_, i) =>
    Array.from({ length: 12 }, (_, j) => (i * 7 + j * 5) % 11),
  )
  const turned = rows.toReversed().map(row => row.toReversed())
  const basis = await truncatedSvd(sparse(rows, 12), 3, seeds(12))
  const other = await truncatedSvd(sparse(turned, 12), 3, seeds(12).toReversed())
  for (let column = 0; column < 12; column++)
    for (let k = 0; k < 3; k++) expect(other[(11 - column) * 3 + k]).toBeCloseTo(basis[column * 3 + k]!, 3)
})
