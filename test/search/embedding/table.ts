import { StaticEmbedder } from '../../../src/search/embedding/static-embedder.ts'
import {
  parseRows,
  parseTokenTable,
  type ScaledRows,
  type TokenTable,
} from '../../../src/search/embedding/token-table.ts'

/** The bytes of a table, as tools/embeddings/pack.py writes them. */
export function tableBytes(rows: readonly (readonly number[])[], scale = 0.01): Uint8Array {
  const dimensions = rows[0]?.length ?? 0
  const bytes = new Uint8Array(12 + rows.length * (4 + dimensions))
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode('LTT1'))
  view.setUint32(4, rows.length, true)
  view.setUint32(8, dimensions, true)
  rows.forEach((row, i) => {
    view.setFloat32(12 + 4 * i, scale, true)
    row.forEach((value, at) => {
      view.setInt8(12 + 4 * rows.length + i * dimensions + at, value)
    })
  })
  return bytes
}

export const vocabulary = ['cache', 'memory', '##s', 'galaxy', 'star', 'é', '!']
export const rows = [
  [100, 10, 0, 0],
  [90, 30, 0, 0],
  [0, 0, 0, 5],
  [0, 0, 100, 20],
  [0, 0, 90, -20],
  [0, 10, 10, 10],
  [0, 0, 0, 1],
]
export const smallTable = (): TokenTable => parseTokenTable(tableBytes(rows), vocabulary.join('\n'))

/** Leaves a query's vector as it is, but for `turned`: that row of the identity is replaced. */
export const smallProjection = (turned: Readonly<Record<number, readonly number[]>> = {}): ScaledRows =>
  parseRows(
    tableBytes([0, 1, 2, 3].map(row => turned[row] ?? [0, 1, 2, 3].map(at => (at === row ? 100 : 0)))),
  )

export const smallEmbedder = (projection = smallProjection()): StaticEmbedder =>
  new StaticEmbedder(smallTable(), projection)
