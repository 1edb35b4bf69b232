import type { BigramSketch } from '../index/bigram-sketch.ts'
import type {
  CandidateRetriever,
  ScoredPaper,
  SynonymGroup,
  WeightedTerm,
} from '../index/candidate-retriever.ts'
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

/** So many papers of the best by single terms are re-ranked. */
const rerankDepth = 250
const pairWeight = 0.2
const queryWeights: Weights = { latent: 0.3, covered: 0.8, titled: 0.3, quoted: 0.4 }
/** What a query expansion counts for in BM25, for each unit of its weight. */
const expansionWeight = 0.9
/** How far it moves the query's point in latent semantics. */
const expansionPull = 1 / 2

/**
 * Two stages: BM25 over single terms, and over other words for them, finds candidates; word pairs (after Metzler and
 * Croft's sequential dependence, 2005), coverage and latent semantics put them in order.
 */
export class Ranker {
  readonly #index: Postings
  readonly #retriever: CandidateRetriever
  readonly #features: RerankFeatures
  readonly #latent: Lsa | undefined

  constructor(index: Postings, pairs: BigramSketch, latent: Lsa | undefined, retriever: CandidateRetriever) {
    this.#index = index
    this.#retriever = retriever
    this.#features = new RerankFeatures(index, pairs)
    this.#latent = latent
  }

  /** Best first. */
  rank(query: RankedBy, limit: number, { allowed, weights = queryWeights }: Options = {}): ScoredPaper[] {
    const groups = query.alternatives.map(one => this.#group(one))
    const found = this.#retriever.retrieve(query.terms, Math.max(limit, rerankDepth), { groups, allowed })
    const features = this.#features.read(
      query,
      found.map(({ doc }) => doc),
    )
    const scores = found.map(({ score }, i) => score + pairWeight * (features[i]?.pairs ?? 0))
    const highest = scores.reduce((most, score) => Math.max(most, score), 0)
    if (highest === 0) return []
    const point = this.#pointOf(query)
    return found
      .map(({ doc }, i) => ({
        doc,
        score:
          (scores[i] ?? 0) / highest +
          weights.covered * (features[i]?.covered ?? 0) +
          weights.titled * (features[i]?.titled ?? 0) +
          (features[i]?.quoted ? weights.quoted : 0) +
          weights.latent * (point === undefined ? 0 : (this.#latent?.likeness(point, doc) ?? 0)),
      }))
      .sort((x, y) => y.score - x.score || x.doc - y.doc)
      .slice(0, limit)
  }

  #group({ idf, expansions }: Alternatives): SynonymGroup {
    return expansions.flatMap(one => this.#weighted(one, idf, expansionWeight))
  }

  /** An expansion never weighs more than what it stands in for. */
  #weighted({ terms, weight }: Expansion, idf: number, factor: number): WeightedTerm[] {
    return terms.map(term => ({
      term,
      weight: (factor * weight * Math.min(1, idf / idfOf(this.#index, term))) / terms.length,
    }))
  }

  #pointOf({ terms, alternatives, paper }: RankedBy): Point | undefined {
    if (paper !== undefined) return this.#latent?.pointOf(paper)
    const pulls = alternatives.flatMap(({ idf, expansions }) =>
      expansions.flatMap(one => this.#weighted(one, idf, expansionPull)),
    )
    return this.#latent?.fold([...terms, ...pulls])
  }
}
