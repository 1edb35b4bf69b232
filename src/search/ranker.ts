import { Bm25, type Scored, type WeighedTerm } from './bm25.ts'
import { titleWeight } from './inversion.ts'
import type { Latent } from './latent.ts'
import type { PairCounts } from './pair-counts.ts'
import { gap, inverseFrequency, type Postings } from './postings.ts'
import type { Pair } from './understanding.ts'

export interface RankedBy {
  readonly terms: readonly WeighedTerm[]
  readonly pairs: readonly Pair[]
  /** The paper that the query is the whole of, where it is one. */
  readonly paper?: number
}

export interface Options {
  /** Limits the papers. */
  readonly allowed?: (doc: number) => boolean
  /** What the greatest likeness is worth, in best scores. */
  readonly latent?: number
}

/** So many papers of the best by single words are looked at closely. */
const looked = 250
const pairWeight = 0.2
const latentWeight = 0.3

/**
 * Two stages: BM25 over single terms finds candidates; word pairs (after Metzler and Croft's sequential dependence,
 * 2005) and latent semantics put them in order.
 */
export class Ranker {
  readonly #index: Postings
  readonly #bm25: Bm25
  readonly #pairs: PairCounts
  readonly #latent: Latent | undefined
  /** A look at this table spares most words a look into a map. */
  readonly #isLeft: Uint8Array

  constructor(index: Postings, pairs: PairCounts, latent: Latent | undefined) {
    this.#index = index
    this.#bm25 = new Bm25(index)
    this.#pairs = pairs
    this.#latent = latent
    this.#isLeft = new Uint8Array(index.terms)
  }

  /** Best first. */
  rank(query: RankedBy, limit: number, { allowed, latent = latentWeight }: Options = {}): Scored[] {
    const found = this.#bm25.top(query.terms, Math.max(limit, looked), allowed)
    const withPairs = this.#addPairs(found, query.pairs)
    const highest = withPairs.reduce((most, { score }) => Math.max(most, score), 0)
    if (highest === 0) return []
    const point =
      query.paper === undefined ? this.#latent?.fold(query.terms) : this.#latent?.pointOf(query.paper)
    return withPairs
      .map(({ doc, score }) => ({
        doc,
        score: score / highest + latent * (point ? Math.max(0, this.#latent?.likeness(point, doc) ?? 0) : 0),
      }))
      .sort((x, y) => y.score - x.score || x.doc - y.doc)
      .slice(0, limit)
  }

  #addPairs(found: readonly Scored[], pairs: readonly Pair[]): Scored[] {
    if (pairs.length === 0) return [...found]
    const byLeft = new Map<number, Gain[]>()
    for (const { left, right, weight } of pairs) {
      const gain = pairWeight * weight * inverseFrequency(this.#index.papers, this.#pairs.of(left, right))
      const known = byLeft.get(left)
      if (known === undefined) byLeft.set(left, [{ right, gain, count: 0 }])
      else known.push({ right, gain, count: 0 })
    }
    for (const left of byLeft.keys()) this.#isLeft[left] = 1
    const scored = found.map(({ doc, score }) => ({ doc, score: score + this.#pairScore(doc, byLeft) }))
    for (const left of byLeft.keys()) this.#isLeft[left] = 0
    return scored
  }

  #pairScore(doc: number, byLeft: ReadonlyMap<number, readonly Gain[]>): number {
    const { from, sequence } = this.#index
    const isLeft = this.#isLeft
    const met = new Set<Gain>()
    let gaps = 0
    const end = (from[doc + 1] as number) - 1
    for (let at = from[doc] as number; at < end; at++) {
      const left = sequence[at] as number
      if (left === gap) {
        gaps++
        continue
      }
      if (isLeft[left] !== 1) continue
      const next = sequence[at + 1] as number
      const pair = byLeft.get(left)?.find(({ right }) => right === next)
      if (pair === undefined) continue
      pair.count += gaps < 2 ? titleWeight : 1
      met.add(pair)
    }
    let score = 0
    for (const pair of met) {
      score += pair.gain * this.#bm25.saturation(doc, pair.count)
      pair.count = 0
    }
    return score
  }
}

interface Gain {
  readonly right: number
  readonly gain: number
  count: number
}
