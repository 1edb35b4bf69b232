import { Failure } from '../../errors.ts'

const magic = 'LTT1'
const headerBytes = 12
const mostRows = 1_000_000
const mostDimensions = 4096

/** One row of values a token: a value is its int8 times its row's scale. */
export interface TokenTable {
  readonly dimensions: number
  /** The tokens; a token's row is its position. */
  readonly vocabulary: readonly string[]
  readonly scales: Float32Array
  /** `vocabulary.length * dimensions` values, row after row. */
  readonly rows: Int8Array
}

/**
 * Reads a table: the magic word `LTT1`, rows and dimensions (u32, little endian), a scale a row (f32), the rows
 * (int8). The vocabulary has one token a line.
 *
 * @throws {Failure} `storage` where the bytes are not such a table or the vocabulary is another's.
 */
export function parseTokenTable(bytes: Uint8Array, vocabularyText: string): TokenTable {
  const fail = (why: string): Failure => new Failure('storage', `The token table cannot be used: ${why}.`)
  if (bytes.length < headerBytes) throw fail(`it ends after ${bytes.length} bytes`)
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== magic) throw fail(`it does not begin with ${magic}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = view.getUint32(4, true)
  const dimensions = view.getUint32(8, true)
  if (count === 0 || count > mostRows) throw fail(`it names ${count} rows`)
  if (dimensions === 0 || dimensions > mostDimensions) throw fail(`it names ${dimensions} dimensions`)
  const expected = headerBytes + count * (4 + dimensions)
  if (bytes.length !== expected) throw fail(`it has ${bytes.length} bytes instead of ${expected}`)
  const vocabulary = vocabularyText.split('\n')
  if (vocabulary.length !== count) throw fail(`it has ${count} rows for ${vocabulary.length} tokens`)
  const scales = Float32Array.from({ length: count }, (_, i) => view.getFloat32(headerBytes + 4 * i, true))
  if (!scales.every(scale => Number.isFinite(scale) && scale >= 0)) throw fail('a scale is no number')
  const firstRow = bytes.byteOffset + headerBytes + 4 * count
  return { dimensions, vocabulary, scales, rows: new Int8Array(bytes.buffer, firstRow, count * dimensions) }
}
