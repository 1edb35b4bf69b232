import { CooperativeYield } from '../index/cooperative-yield.ts'

/** A sparse matrix in compressed rows: row r has `values` in `columns` from starts[r] to starts[r + 1]. */
export interface Sparse {
  readonly rows: number
  readonly width: number
  readonly starts: Uint32Array
  readonly columns: Uint32Array
  readonly values: Float32Array
}

// The inner loops are separate functions: inside an async function V8 would not optimise them while they run.
const operationsPerSlice = 1_500_000
const noisePerSlice = 1_000
/**
 * Enough iterations to converge where singular values are close, as for a few hundred abstracts; a few thousand
 * converge sooner and cost more per iteration.
 */
const roundsFor = (rows: number): number => (rows > 3_000 ? 8 : 15)

/**
 * An orthonormal basis (width x rank, row by row) of approximately the space of the matrix's leading right singular
 * vectors, by randomised subspace iteration: Halko, Martinsson and Tropp, "Finding structure with randomness" (2011).
 * Each column starts from a sequence of its own, so equal matrices give equal bases, in whatever order their rows and
 * columns come. Angles between projections do not depend on the choice of basis, so the singular vectors themselves are
 * not computed.
 *
 * @param seeds one for each column
 */
export async function truncatedSvd(matrix: Sparse, rank: number, seeds: Uint32Array): Promise<Float32Array> {
  const slices = new CooperativeYield(operationsPerSlice)
  let basis = await noiseOf(seeds, rank, slices)
  for (let round = 0; round < roundsFor(matrix.rows); round++) {
    const left = await timesSliced(matrix, basis, rank, slices)
    await orthonormalize(left, rank, slices)
    basis = await transposedTimes(matrix, left, rank, slices)
  }
  await orthonormalize(basis, rank, slices)
  return basis
}

/** A row of numbers in [-.5, .5) for each seed, from a linear congruential generator (Numerical Recipes' constants). */
async function noiseOf(seeds: Uint32Array, rank: number, slices: CooperativeYield): Promise<Float32Array> {
  const noise = new Float32Array(seeds.length * rank)
  for (let from = 0; from < noise.length; from += rank) {
    addNoise(noise.subarray(from, from + rank), seeds[from / rank] as number)
    if (slices.spent(operationsPerSlice / noisePerSlice)) await slices.pause()
  }
  return noise
}

function addNoise(noise: Float32Array, seed: number): void {
  let state = seed
  for (let i = 0; i < noise.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    noise[i] = state / 0x1_0000_0000 - 0.5
  }
}

/** matrix x dense, for one row of the matrix: writes `rank` numbers to `out` from position `at`. */
export function projectRow(
  { starts, columns, values }: Sparse,
  row: number,
  dense: Float32Array,
  rank: number,
  out: Float32Array,
  at: number,
): void {
  const end = starts[row + 1] as number
  let p = starts[row] as number
  // Four entries at once: `out` is read and written a quarter as often, which halves the time.
  for (; p + 3 < end; p += 4) {
    const [v0, v1] = [values[p] as number, values[p + 1] as number]
    const [v2, v3] = [values[p + 2] as number, values[p + 3] as number]
    const [from0, from1] = [(columns[p] as number) * rank, (columns[p + 1] as number) * rank]
    const [from2, from3] = [(columns[p + 2] as number) * rank, (columns[p + 3] as number) * rank]
    for (let k = 0; k < rank; k++)
      out[at + k] =
        (out[at + k] as number) +
        v0 * (dense[from0 + k] as number) +
        v1 * (dense[from1 + k] as number) +
        v2 * (dense[from2 + k] as number) +
        v3 * (dense[from3 + k] as number)
  }
  for (; p < end; p++) {
    const value = values[p] as number
    const from = (columns[p] as number) * rank
    for (let k = 0; k < rank; k++) out[at + k] = (out[at + k] as number) + value * (dense[from + k] as number)
  }
}

/** matrix x dense, a slice at a time. */
export async function timesSliced(
  matrix: Sparse,
  dense: Float32Array,
  rank: number,
  slices: CooperativeYield = new CooperativeYield(operationsPerSlice),
): Promise<Float32Array> {
  const out = new Float32Array(matrix.rows * rank)
  for (let row = 0; row < matrix.rows; row++) {
    projectRow(matrix, row, dense, rank, out, row * rank)
    if (slices.spent(rank * entries(matrix, row))) await slices.pause()
  }
  return out
}

async function transposedTimes(
  matrix: Sparse,
  left: Float32Array,
  rank: number,
  slices: CooperativeYield,
): Promise<Float32Array> {
  const out = new Float32Array(matrix.width * rank)
  for (let row = 0; row < matrix.rows; row++) {
    addRow(matrix, row, left, rank, out)
    if (slices.spent(rank * entries(matrix, row))) await slices.pause()
  }
  return out
}

/** Adds one row of left, scaled, to each row of `out` that the matrix's row refers to. */
function addRow(
  { starts, columns, values }: Sparse,
  row: number,
  left: Float32Array,
  rank: number,
  out: Float32Array,
): void {
  const from = row * rank
  const end = starts[row + 1] as number
  for (let p = starts[row] as number; p < end; p++) {
    const value = values[p] as number
    const at = (columns[p] as number) * rank
    for (let k = 0; k < rank; k++) out[at + k] = (out[at + k] as number) + value * (left[from + k] as number)
  }
}

const entries = ({ starts }: Sparse, row: number): number => 1 + (starts[row + 1] ?? 0) - (starts[row] ?? 0)

/** Orthonormalises the columns of a tall matrix in place: Cholesky QR, twice for accuracy (Yamamoto et al. 2015). */
async function orthonormalize(tall: Float32Array, rank: number, slices: CooperativeYield): Promise<void> {
  for (let pass = 0; pass < 2; pass++) {
    const gram = await gramOf(tall, rank, slices)
    const lower = cholesky(gram, rank)
    for (let at = 0; at < tall.length; at += rank) {
      solveRow(lower, rank, tall, at)
      if (slices.spent((rank * rank) / 2)) await slices.pause()
    }
  }
}

async function gramOf(tall: Float32Array, rank: number, slices: CooperativeYield): Promise<Float64Array> {
  const gram = new Float64Array(rank * rank)
  for (let at = 0; at < tall.length; at += rank) {
    addGram(gram, tall, at, rank)
    if (slices.spent((rank * rank) / 2)) await slices.pause()
  }
  return gram
}

function addGram(gram: Float64Array, tall: Float32Array, at: number, rank: number): void {
  for (let i = 0; i < rank; i++) {
    const x = tall[at + i] as number
    for (let j = 0; j <= i; j++)
      gram[i * rank + j] = (gram[i * rank + j] as number) + x * (tall[at + j] as number)
  }
}

/** The lower Cholesky factor; a floor on the pivots keeps linearly dependent columns from blowing up. */
function cholesky(gram: Float64Array, rank: number): Float64Array {
  const lower = new Float64Array(rank * rank)
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = gram[i * rank + j] as number
      for (let k = 0; k < j; k++) sum -= (lower[i * rank + k] as number) * (lower[j * rank + k] as number)
      const floor = 1e-7 * (gram[i * rank + i] as number) + 1e-30
      lower[i * rank + j] = i === j ? Math.sqrt(Math.max(sum, floor)) : sum / (lower[j * rank + j] as number)
    }
  }
  return lower
}

/** One row of tall x inverse(lower transposed). */
function solveRow(lower: Float64Array, rank: number, tall: Float32Array, at: number): void {
  for (let i = 0; i < rank; i++) {
    let sum = tall[at + i] as number
    for (let k = 0; k < i; k++) sum -= (lower[i * rank + k] as number) * (tall[at + k] as number)
    tall[at + i] = sum / (lower[i * rank + i] as number)
  }
}
