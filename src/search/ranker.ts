import { Bm25, type Scored, type WeighedTerm } from './bm25.ts'
import type { Latent } from './latent.ts'
import type { PairCounts } from './pair-counts.ts'
import { gap, inverseFrequency, type Postings } from './postings.ts'
import type { Pair } from './understanding.ts'

export interface RankedBy {
  readonly terms: readonly WeighedTerm[]
  readonly pairs: readonly Pair[]
}

/** So many papers of the best by single words are looked at closely. */
const looked = 400
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

  constructor(index: Postings, pairs: PairCounts, latent: Latent | undefined) {
    this.#index = index
    this.#bm25 = new Bm25(index)
    this.#pairs = pairs
    this.#latent = latent
  }

  /** Best first. `allowed` limits the papers. */
  rank(query: RankedBy, limit: number, allowed?: (doc: number) => boolean): Scored[] {
    const found = this.#bm25.top(query.terms, Math.max(limit, looked), allowed)
    const withPairs = this.#addPairs(found, query.pairs)
    const highest = withPairs.reduce((most, { score }) => Math.max(most, score), 0)
    if (highest === 0) return []
    const point = this.#latent?.fold(query.terms)
    return withPairs
      .map(({ doc, score }) => ({
        doc,
        score:
          score / highest + latentWeight * (point ? Math.max(0, this.#latent?.likeness(point, doc) ?? 0) : 0),
      }))
      .sort((x, y) => y.score - x.score || x.doc - y.doc)
      .slice(0, limit)
  }

  #addPairs(found: readonly Scored[], pairs: readonly Pair[]): Scored[] {
    if (pairs.length === 0) return [...found]
    const byLeft = new Map<number, { right: number; gain: number }[]>()
    for (const { left, right, weight } of pairs) {
      const gain = pairWeight * weight * inverseFrequency(this.#index.papers, this.#pairs.of(left, right))
      byLeft.set(left, [...(byLeft.get(left) ?? []), { right, gain }])
    }
    return found.map(({ doc, score }) => ({ doc, score: score + this.#pairScore(doc, byLeft) }))
  }

  #pairScore(doc: number, byLeft: ReadonlyMap<number, { right: number; gain: number }[]>): number {
    const { from, sequence } = this.#index
    const counts = new Map<{ gain: number }, number>()
    let gaps = 0
    const end = from[doc + 1] as number
    for (let at = from[doc] as number; at < end - 1; at++) {
      const left = sequence[at] as number
      if (left === gap) gaps++
      const rights = byLeft.get(left)
      if (rights === undefined) continue
      const next = sequence[at + 1] as number
      for (const pair of rights)
        if (pair.right === next) counts.set(pair, (counts.get(pair) ?? 0) + (gaps < 2 ? 2 : 1))
    }
    let score = 0
    for (const [{ gain }, count] of counts) score += gain * this.#bm25.saturation(doc, count)
    return score
  }
}
