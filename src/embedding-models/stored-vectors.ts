import { createHash } from 'node:crypto'
import { quantize } from '../search/embedding/unit-vector.ts'
import type { Vectors } from '../store/vector-ports.ts'
import type { ModelEmbedder } from './port.ts'

/** Bytes of a stored vector before its values. */
const scaleBytes = 4

/** A scale (f32, little endian), then each value at 8 bits: a quarter of the room, and what the search holds anyway. */
export function encodeVector(vector: Float32Array): Uint8Array {
  const bytes = new Uint8Array(scaleBytes + vector.length)
  const scale = quantize(vector, new Int8Array(bytes.buffer), scaleBytes)
  new DataView(bytes.buffer).setFloat32(0, scale, true)
  return bytes
}

/** @returns undefined where the bytes are no vector of so many dimensions */
export function decodeVector(bytes: Uint8Array, dimensions: number): Float32Array | undefined {
  if (bytes.length !== scaleBytes + dimensions) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const scale = view.getFloat32(0, true)
  if (!Number.isFinite(scale)) return undefined
  return Float32Array.from({ length: dimensions }, (_, i) => view.getInt8(scaleBytes + i) * scale)
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

export interface StoredVectorsParts {
  readonly vectors: Vectors
  readonly dimensions: number
  /** Today, such as 2026-11-23 (UTC). */
  readonly day: string
  /** Embeds texts that are not stored; undefined for one that cannot be: it is tried again with the next start. */
  embed(texts: readonly string[]): Promise<readonly (Float32Array | undefined)[]>
  /** Told of each failure of the store, which costs time and nothing else. */
  onStoreFailure(error: unknown): void
}

/**
 * The vectors of texts, row after row: those that the store holds by the hash of their text, the others computed and
 * stored, a batch at a time, so that whoever stops half-way goes on from there.
 */
export async function storedVectors(
  texts: readonly string[],
  { name, batch }: Pick<ModelEmbedder, 'name' | 'batch'>,
  { vectors, dimensions, day, embed, onStoreFailure }: StoredVectorsParts,
): Promise<Float32Array> {
  const model = hashOf(`${name}\n${dimensions}`)
  const hashes = texts.map(hashOf)
  const failed = (error: unknown) => {
    onStoreFailure(error)
    return new Map<string, Uint8Array>()
  }
  const stored = await vectors.get(model, hashes, day).catch(failed)
  const rows = new Float32Array(texts.length * dimensions)
  const missing: number[] = []
  hashes.forEach((hash, i) => {
    const bytes = stored.get(hash)
    const vector = bytes && decodeVector(bytes, dimensions)
    if (vector === undefined) missing.push(i)
    else rows.set(vector, i * dimensions)
  })
  for (let at = 0; at < missing.length; at += batch) {
    const some = missing.slice(at, at + batch)
    const found = await embed(some.map(i => texts[i] ?? ''))
    const fresh = some.flatMap((i, k) => {
      const vector = found[k]
      if (vector === undefined) return []
      rows.set(vector, i * dimensions)
      return [{ hash: hashes[i] ?? '', bytes: encodeVector(vector) }]
    })
    await vectors.put(model, fresh, day).catch(failed)
  }
  return rows
}
