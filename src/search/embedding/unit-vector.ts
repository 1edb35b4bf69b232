/** The largest int8 that a value becomes; -128 is left out so that signs are alike. */
const most = 127

/** Scales `vector` to length 1 in place; zeros, and what has no finite length, become zeros. Returns it. */
export function normalize(vector: Float32Array): Float32Array {
  let squares = 0
  for (const value of vector) squares += value * value
  const length = Math.sqrt(squares)
  if (length === 0 || !Number.isFinite(length)) return vector.fill(0)
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / length
  return vector
}

/**
 * Writes `vector` into `into` from `offset` at 8 bits and returns the scale: a value is its int8 times the scale, off
 * by half a scale at most. Zeros have the scale 0.
 */
export function quantize(vector: Float32Array, into: Int8Array, offset: number): number {
  let highest = 0
  for (const value of vector) highest = Math.max(highest, Math.abs(value))
  const scale = highest / most
  for (let i = 0; i < vector.length; i++) {
    into[offset + i] = scale === 0 ? 0 : Math.round((vector[i] as number) / scale)
  }
  return scale
}

/** The dot product of `query` and the int8 row that begins at `offset`; times the row's scale it is a cosine. */
export function dotInt8(query: Float32Array, rows: Int8Array, offset: number): number {
  // Four sums side by side: each addition waits for the one before it, which takes longer than the multiplication.
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let i = 0
  for (; i + 3 < query.length; i += 4) {
    a += (query[i] as number) * (rows[offset + i] as number)
    b += (query[i + 1] as number) * (rows[offset + i + 1] as number)
    c += (query[i + 2] as number) * (rows[offset + i + 2] as number)
    d += (query[i + 3] as number) * (rows[offset + i + 3] as number)
  }
  for (; i < query.length; i++) a += (query[i] as number) * (rows[offset + i] as number)
  return a + b + (c + d)
}

/** The dot product of two vectors of one length; of unit vectors, their cosine. */
export function dot(one: Float32Array, other: Float32Array): number {
  // Four sums side by side, as above.
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let i = 0
  for (; i + 3 < one.length; i += 4) {
    a += (one[i] as number) * (other[i] as number)
    b += (one[i + 1] as number) * (other[i + 1] as number)
    c += (one[i + 2] as number) * (other[i + 2] as number)
    d += (one[i + 3] as number) * (other[i + 3] as number)
  }
  for (; i < one.length; i++) a += (one[i] as number) * (other[i] as number)
  return a + b + (c + d)
}
