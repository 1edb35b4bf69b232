import type { WeightedTerm } from '../index/candidate-retriever.ts'
import { CooperativeYield } from '../index/cooperative-yield.ts'
import { Tally } from '../index/invert-index.ts'
import { documentFrequency, inverseFrequency, type Postings } from '../index/postings.ts'
import { hashOf } from '../index/string-hash.ts'
import type { Strings } from '../index/vocabulary.ts'
import { type Sparse, timesSliced, truncatedSvd } from './truncated-svd.ts'

/** Below this many papers a latent space would only fit noise. */
const fewest = 40
/** The space is computed from at most this many papers, evenly sampled; all papers are then projected into it. */
const mostTrained = 5_000
const highestRank = 64
/**
 * The number of dimensions grows with the square root of the number of papers. The right number is unknown for a few
 * hundred abstracts; the mean over several spaces, coarse to fine, is more stable than any one of them.
 */
const scales = [0.8, 1.2, 1.6, 2]
/** From this many papers on, a single space of the highest rank is enough. */
const plenty = 3_000
const termsPerSlice = 15_000

/** A text's vector in each of the spaces. */
export type Point = readonly Float32Array[]

/** The spaces as arrays: what belongs to one space after what belongs to the one before it. */
export interface LsaArrays {
  /** Dimensions of each space; empty where there are too few papers. */
  readonly ranks: Uint32Array
  /** Column of each term, or -1. */
  readonly columnOf: Int32Array
  readonly idf: Float32Array
  /** Of each space a row a column. */
  readonly bases: Float32Array
  /** Of each space a row a paper. */
  readonly points: Float32Array
}

/**
 * Latent semantic analysis (Deerwester et al. 1990): papers as vectors in a low-dimensional space, in which papers
 * whose words occur in similar contexts are close even when they share no word.
 */
class Space {
  readonly #rank: number
  readonly #columnOf: Int32Array
  readonly #idf: Float32Array
  readonly #basis: Float32Array
  readonly #points: Float32Array

  constructor(columns: Columns, rank: number, basis: Float32Array, points: Float32Array) {
    this.#rank = rank
    this.#columnOf = columns.columnOf
    this.#idf = columns.idf
    this.#basis = basis
    this.#points = points
  }

  /** A query's vector; undefined when the space contains none of its terms. */
  fold(query: readonly WeightedTerm[]): Float32Array | undefined {
    const point = new Float32Array(this.#rank)
    for (const { term, weight } of query) {
      const column = this.#columnOf[term] ?? -1
      if (column < 0) continue
      const w = weight * (this.#idf[column] ?? 0)
      for (let k = 0; k < this.#rank; k++) {
        point[k] = (point[k] ?? 0) + w * (this.#basis[column * this.#rank + k] ?? 0)
      }
    }
    return normalize(point, 0, this.#rank) ? point : undefined
  }

  pointOf(paper: number): Float32Array {
    return this.#points.subarray(paper * this.#rank, (paper + 1) * this.#rank)
  }

  /** Cosine of a vector and a paper's vector. */
  similarity(point: Float32Array, paper: number): number {
    const at = paper * this.#rank
    let sum = 0
    for (let k = 0; k < this.#rank; k++) sum += (point[k] as number) * (this.#points[at + k] as number)
    return sum
  }
}

/** Several spaces of different rank; the similarity is the mean over them. */
export class Lsa {
  readonly #spaces: readonly Space[]

  private constructor(spaces: readonly Space[]) {
    this.#spaces = spaces
  }

  /** Undefined for too few papers. */
  static from({ ranks, columnOf, idf, bases, points }: LsaArrays, papers: number): Lsa | undefined {
    const columns = { columnOf, idf }
    const spaces: Space[] = []
    let before = 0
    for (const rank of ranks) {
      const basis = bases.subarray(before * idf.length, (before + rank) * idf.length)
      spaces.push(new Space(columns, rank, basis, points.subarray(before * papers, (before + rank) * papers)))
      before += rank
    }
    return spaces.length === 0 ? undefined : new Lsa(spaces)
  }

  /** A query's vector; undefined when the spaces contain none of its terms. */
  fold(query: readonly WeightedTerm[]): Point | undefined {
    const points = this.#spaces.flatMap(space => space.fold(query) ?? [])
    return points.length === this.#spaces.length ? points : undefined
  }

  pointOf(paper: number): Point {
    return this.#spaces.map(space => space.pointOf(paper))
  }

  /** The mean cosine of a vector and a paper's over the spaces, at least 0. */
  similarity(point: Point, paper: number): number {
    let sum = 0
    for (const [i, space] of this.#spaces.entries()) {
      sum += Math.max(0, space.similarity(point[i] ?? none, paper))
    }
    return sum / this.#spaces.length
  }
}

/** @param terms the index's terms, so that the order in which papers come makes no difference */
export async function lsaArraysOf(index: Postings, terms: Strings): Promise<LsaArrays> {
  if (index.papers < fewest) return noSpaces
  const columns = await chooseColumns(index)
  const seeds = seedsOf(columns, terms)
  const step = Math.max(1, Math.ceil(index.papers / mostTrained))
  const trained = await weighted(index, columns, step)
  const ranks = ranksFor(index.papers, columns.idf.length - 1)
  const dimensions = ranks.reduce((sum, rank) => sum + rank, 0)
  const bases = new Float32Array(dimensions * columns.idf.length)
  const points = new Float32Array(dimensions * index.papers)
  let before = 0
  for (const rank of ranks) {
    const basis = await truncatedSvd(trained, rank, seeds)
    bases.set(basis, before * columns.idf.length)
    await place(index, columns, basis, rank, points.subarray(before * index.papers))
    before += rank
  }
  return { ...columns, ranks: Uint32Array.from(ranks), bases, points }
}

type Spaces = Omit<LsaArrays, 'points'>
const dimensionsOf = ({ ranks }: Spaces): number => ranks.reduce((sum, rank) => sum + rank, 0)

/** Where other papers lie in the spaces: of each paper its vector in one space after that in the one before. */
export async function placedIn(
  spaces: Spaces,
  { from, sequence }: Pick<Postings, 'from' | 'sequence'>,
): Promise<Float32Array[]> {
  const { ranks, bases, idf } = spaces
  const papers = from.length - 1
  const index = { from, sequence, papers, terms: spaces.columnOf.length }
  const places = Array.from({ length: papers }, () => new Float32Array(dimensionsOf(spaces)))
  let before = 0
  for (const rank of ranks) {
    const basis = bases.subarray(before * idf.length, (before + rank) * idf.length)
    const points = new Float32Array(rank * papers)
    await place(index, spaces, basis, rank, points)
    for (const [i, place] of places.entries()) place.set(points.subarray(i * rank, (i + 1) * rank), before)
    before += rank
  }
  return places
}

/** The same spaces with other papers in them. @param places as `placedIn` gives them */
export function withPlaces(spaces: Spaces, places: readonly Float32Array[]): LsaArrays {
  const points = new Float32Array(dimensionsOf(spaces) * places.length)
  let before = 0
  for (const rank of spaces.ranks) {
    for (const [i, place] of places.entries())
      points.set(place.subarray(before, before + rank), before * places.length + i * rank)
    before += rank
  }
  return { ...spaces, points }
}

const none = new Float32Array()
const noSpaces: LsaArrays = {
  ranks: new Uint32Array(),
  columnOf: new Int32Array(),
  idf: none,
  bases: none,
  points: none,
}

function ranksFor(papers: number, most: number): number[] {
  const ranks = papers >= plenty ? [highestRank] : scales.map(scale => Math.round(scale * Math.sqrt(papers)))
  return [...new Set(ranks.map(rank => Math.min(rank, highestRank, most)))].filter(rank => rank >= 2)
}

/** Papers in reading order. */
type Forward = Pick<Postings, 'from' | 'sequence' | 'papers' | 'terms'>
type Columns = Pick<LsaArrays, 'columnOf' | 'idf'>

/** A term of one paper co-occurs with nothing elsewhere, a term of most papers with everything: neither helps. */
async function chooseColumns(index: Postings): Promise<Columns> {
  const slices = new CooperativeYield(termsPerSlice)
  const columnOf = new Int32Array(index.terms).fill(-1)
  const idf: number[] = []
  const least = Math.max(2, Math.round(index.papers / 20_000))
  for (let term = 0; term < index.terms; term++) {
    if (slices.spent(1)) await slices.pause()
    const holding = documentFrequency(index, term)
    if (holding < least || holding > index.papers / 2) continue
    columnOf[term] = idf.length
    // Subjects show in common words more than in rare ones, so idf counts less here than in ranking.
    idf.push(inverseFrequency(index.papers, holding) ** 0.85)
  }
  return { columnOf, idf: Float32Array.from(idf) }
}

function seedsOf({ columnOf, idf }: Columns, terms: Strings): Uint32Array {
  const seeds = new Uint32Array(idf.length)
  for (const [term, column] of columnOf.entries()) if (column >= 0) seeds[column] = hashOf(terms.at(term))
  return seeds
}

/** Every `step`-th paper as a row of unit length: (1 + log count) x idf. */
async function weighted(index: Forward, { columnOf, idf }: Columns, step: number): Promise<Sparse> {
  const slices = new CooperativeYield(termsPerSlice)
  const tally = new Tally(index.terms)
  const rows = Math.ceil(index.papers / step)
  const starts = new Uint32Array(rows + 1)
  const most = wordsIn(index, step)
  const columns = new Uint32Array(most)
  const values = new Float32Array(most)
  let at = 0
  for (let row = 0; row < rows; row++) {
    for (const term of tally.of(index, row * step)) {
      const column = columnOf[term] ?? -1
      if (column < 0) continue
      columns[at] = column
      values[at++] = (1 + Math.log(tally.count(term))) * (idf[column] as number)
    }
    normalize(values, starts[row] as number, at)
    starts[row + 1] = at
    if (slices.spent(1 + at - (starts[row] as number))) await slices.pause()
  }
  return { rows, width: idf.length, starts, columns: columns.subarray(0, at), values: values.subarray(0, at) }
}

function wordsIn({ from, papers }: Forward, step: number): number {
  let sum = 0
  for (let paper = 0; paper < papers; paper += step)
    sum += (from[paper + 1] as number) - (from[paper] as number)
  return sum
}

const papersPerBatch = 1_000

async function place(
  index: Forward,
  columns: Columns,
  basis: Float32Array,
  rank: number,
  points: Float32Array,
): Promise<void> {
  for (let from = 0; from < index.papers; from += papersPerBatch) {
    const batch = {
      ...index,
      papers: Math.min(papersPerBatch, index.papers - from),
      from: index.from.subarray(from),
    }
    const placed = await timesSliced(await weighted(batch, columns, 1), basis, rank)
    for (let at = 0; at < placed.length; at += rank) normalize(placed, at, at + rank)
    points.set(placed, from * rank)
  }
}

/** Scales a range to unit length; false when it is all zeros. */
function normalize(values: Float32Array, from: number, to: number): boolean {
  let square = 0
  for (let i = from; i < to; i++) square += (values[i] as number) ** 2
  if (square === 0) return false
  const scale = 1 / Math.sqrt(square)
  for (let i = from; i < to; i++) values[i] = (values[i] as number) * scale
  return true
}
