import type { BigramSketch } from '../index/bigram-sketch.ts'
import { Bm25, type Scored, type SynonymGroup, type WeighedTerm } from '../index/bm25.ts'
import { idfOf, type Postings } from '../index/postings.ts'
import type { Alternatives, Expansion } from '../query/query-expansion.ts'
import type { Lsa, Point } from './lsa.ts'
import { RerankFeatures, type RerankQuery } from './rerank-features.ts'

export interface RankedBy extends RerankQuery {
  /** The paper that the query is the whole of, where it is one. */
  readonly paper?: number
}

/** What else counts beside BM25 and pairs, in best scores. */
export interface Weights {
  /** For the greatest likeness in latent semantics. */
  readonly latent: number
  /** For holding all of the query, as typed or in other words. */
  readonly covered: number
  /** For a title that holds nothing but the query. */
  readonly titled: number
  /** For a title that quotes the query. */
  readonly quoted: number
}

export interface Options {
  /** Limits the papers. */
  readonly allowed?: ((doc: number) => boolean) | undefined
  readonly weights?: Weights
}

/** So many papers of the best by single words are looked at closely. */
const looked = 250
const pairWeight = 0.2
const typedWeights: Weights = { latent: 0.3, covered: 0.8, titled: 0.3, quoted: 0.4 }
/** What other words for a typed one count for in BM25, for each unit of their worth. */
const standInWeight = 0.9
/** How far they move the query's point in latent semantics. */
const standInPull = 1 / 2

/**
 * Two stages: BM25 over single terms, and over other words for them, finds candidates; word pairs (after Metzler and
 * Croft's sequential dependence, 2005), coverage and latent semantics put them in order.
 */
export class Ranker {
  readonly #index: Postings
  readonly #bm25: Bm25
  readonly #look: RerankFeatures
  readonly #latent: Lsa | undefined

  constructor(index: Postings, pairs: BigramSketch, latent: Lsa | undefined) {
    this.#index = index
    this.#bm25 = new Bm25(index)
    this.#look = new RerankFeatures(index, pairs, this.#bm25)
    this.#latent = latent
  }

  /** Best first. */
  rank(query: RankedBy, limit: number, { allowed, weights = typedWeights }: Options = {}): Scored[] {
    const pools = query.alternatives.map(one => this.#pool(one))
    const found = this.#bm25.top(query.terms, Math.max(limit, looked), { pools, allowed })
    const seen = this.#look.read(
      query,
      found.map(({ doc }) => doc),
    )
    const scores = found.map(({ score }, i) => score + pairWeight * (seen[i]?.pairs ?? 0))
    const highest = scores.reduce((most, score) => Math.max(most, score), 0)
    if (highest === 0) return []
    const point = this.#pointOf(query)
    return found
      .map(({ doc }, i) => ({
        doc,
        score:
          (scores[i] ?? 0) / highest +
          weights.covered * (seen[i]?.covered ?? 0) +
          weights.titled * (seen[i]?.titled ?? 0) +
          (seen[i]?.quoted ? weights.quoted : 0) +
          weights.latent * (point === undefined ? 0 : (this.#latent?.likeness(point, doc) ?? 0)),
      }))
      .sort((x, y) => y.score - x.score || x.doc - y.doc)
      .slice(0, limit)
  }

  #pool({ idf, expansions }: Alternatives): SynonymGroup {
    return expansions.flatMap(one => this.#weighed(one, idf, standInWeight))
  }

  /** A stand-in is never worth more than what it stands in for. */
  #weighed({ terms, worth }: Expansion, idf: number, weight: number): WeighedTerm[] {
    return terms.map(term => ({
      term,
      weight: (weight * worth * Math.min(1, idf / idfOf(this.#index, term))) / terms.length,
    }))
  }

  #pointOf({ terms, alternatives, paper }: RankedBy): Point | undefined {
    if (paper !== undefined) return this.#latent?.pointOf(paper)
    const pulls = alternatives.flatMap(({ idf, expansions }) =>
      expansions.flatMap(one => this.#weighed(one, idf, standInPull)),
    )
    return this.#latent?.fold([...terms, ...pulls])
  }
}
