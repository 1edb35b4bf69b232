import { Failure } from '../../errors.ts'

const magic = 'LTT1'
const headerBytes = 12
const mostRows = 1_000_000
const mostDimensions = 4096

/** Rows at 8 bits: a value is its int8 times its row's scale. */
export interface ScaledRows {
  readonly dimensions: number
  readonly scales: Float32Array
  /** `scales.length * dimensions` values, row after row. */
  readonly rows: Int8Array
}

/** One row of values a token. */
export interface TokenTable extends ScaledRows {
  /** The tokens; a token's row is its position. */
  readonly vocabulary: readonly string[]
}

const failure = (why: string): Failure => new Failure('storage', `The token table cannot be used: ${why}.`)

/**
 * Reads rows: the magic word `LTT1`, rows and dimensions (u32, little endian), a scale a row (f32), the rows (int8).
 *
 * @throws {Failure} `storage` where the bytes are not such rows.
 */
export function parseRows(bytes: Uint8Array): ScaledRows {
  if (bytes.length < headerBytes) throw failure(`it ends after ${bytes.length} bytes`)
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== magic) throw failure(`it does not begin with ${magic}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = view.getUint32(4, true)
  const dimensions = view.getUint32(8, true)
  if (count === 0 || count > mostRows) throw failure(`it names ${count} rows`)
  if (dimensions === 0 || dimensions > mostDimensions) throw failure(`it names ${dimensions} dimensions`)
  const expected = headerBytes + count * (4 + dimensions)
  if (bytes.length !== expected) throw failure(`it has ${bytes.length} bytes instead of ${expected}`)
  const scales = Float32Array.from({ length: count }, (_, i) => view.getFloat32(headerBytes + 4 * i, true))
  if (!scales.every(scale => Number.isFinite(scale) && scale >= 0)) throw failure('a scale is no number')
  const firstRow = bytes.byteOffset + headerBytes + 4 * count
  return { dimensions, scales, rows: new Int8Array(bytes.buffer, firstRow, count * dimensions) }
}

/**
 * Reads a table as `parseRows` does. The vocabulary has one token a line.
 *
 * @throws {Failure} `storage` where the bytes are not such a table or the vocabulary is another's.
 */
export function parseTokenTable(bytes: Uint8Array, vocabularyText: string): TokenTable {
  const table = parseRows(bytes)
  const vocabulary = vocabularyText.split('\n')
  const count = table.scales.length
  if (vocabulary.length !== count) throw failure(`it has ${count} rows for ${vocabulary.length} tokens`)
  return { ...table, vocabulary }
}
