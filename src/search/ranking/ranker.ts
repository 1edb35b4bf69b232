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
import {
  type Meaning,
  type SemanticScorer,
  type SemanticWeights,
  semanticWeights,
} from './semantic-scorer.ts'
import type { SoftMatcher } from './soft-matcher.ts'

export interface RankedBy extends RerankQuery {
  /** Set when the query is a whole paper, as for related papers. */
  readonly paper?: number
}

/** Weights of the re-ranking features besides BM25 and pairs, as multiples of the best lexical score. */
export interface Weights {
  /** Of the highest LSA similarity. */
  readonly latent: number
  /** Of a paper that matches the whole query, synonyms included. */
  readonly covered: number
  /** Of a title that contains nothing but the query. */
  readonly titled: number
  /** Of a title that quotes the query. */
  readonly quoted: number
}

export interface Options {
  /** What the query means, where meaning counts too. */
  readonly meaning?: Meaning | undefined
  /** Undefined: as `semanticWeights` gives them for the best lexical score. */
  readonly meaningWeights?: SemanticWeights
  /** Filters the papers. */
  readonly allowed?: ((doc: number) => boolean) | undefined
  readonly weights?: Weights
}

export interface RankerParts {
  readonly index: Postings
  readonly pairs: BigramSketch
  readonly latent: Lsa | undefined
  readonly retriever: CandidateRetriever
  readonly semantic?: SemanticScorer | undefined
  /** There where `semantic` is. */
  readonly soft?: SoftMatcher | undefined
}

/** How many candidates are re-ranked. */
export const rerankDepth = 250
/** Of so many of the best, the query's words are matched softly. */
const softDepth = 30
const pairWeight = 0.2
const queryWeights: Weights = { latent: 0.3, covered: 0.8, titled: 0.3, quoted: 0.4 }
/** Weight of a query expansion in BM25, multiplied by the expansion's own weight. */
const expansionWeight = 0.9
/** Weight of an expansion in the query's LSA vector, multiplied by the expansion's own weight. */
const expansionPull = 1 / 2

/**
 * Two stages: BM25 over single terms and their expansions retrieves candidates; term pairs (after Metzler and Croft's
 * sequential dependence model, 2005), coverage and latent semantics re-rank them.
 */
export class Ranker {
  readonly #index: Postings
  readonly #retriever: CandidateRetriever
  readonly #features: RerankFeatures
  readonly #latent: Lsa | undefined
  readonly #semantic: SemanticScorer | undefined
  readonly #soft: SoftMatcher | undefined

  constructor({ index, pairs, latent, retriever, semantic, soft }: RankerParts) {
    this.#index = index
    this.#retriever = retriever
    this.#features = new RerankFeatures(index, pairs)
    this.#latent = latent
    this.#semantic = semantic
    this.#soft = soft
  }

  /** Best first. */
  rank(query: RankedBy, limit: number, options: Options = {}): ScoredPaper[] {
    const found = this.#candidates(query, Math.max(limit, rerankDepth), options)
    const lexical = this.#rankByWords(query, found, options.weights ?? queryWeights)
    if (lexical.length === 0) return []
    return inOrder(this.#rankByMeaning(lexical, query, options)).slice(0, limit)
  }

  #rankByMeaning(
    lexical: readonly ScoredPaper[],
    query: RankedBy,
    { meaning, meaningWeights }: Options,
  ): readonly ScoredPaper[] {
    const semantic = this.#semantic
    if (meaning === undefined || semantic === undefined) return lexical
    const best = lexical.reduce((most, { score }) => Math.max(most, score), 0)
    const weights = meaningWeights ?? semanticWeights(best, meaning, query.termSequence?.length ?? 0)
    const scored = lexical.map(({ doc, score }) => ({
      doc,
      score: score + weights.cosine * semantic.similarity(meaning, doc),
    }))
    if (weights.soft === 0 || meaning.query === undefined || this.#soft === undefined) return scored
    const ranked = inOrder(scored)
    const first = ranked.slice(0, softDepth)
    const near = this.#soft.read(
      meaning.query.text,
      first.map(({ doc }) => doc),
    )
    // Above the least of them, so that scores keep their scale and none of the others gets ahead.
    const least = Math.min(...near)
    const softly = first.map(({ doc, score }, i) => ({
      doc,
      score: score + weights.soft * ((near[i] ?? least) - least),
    }))
    return [...softly, ...ranked.slice(softDepth)]
  }

  /**
   * The papers with the highest lexical scores, and the semantically nearest ones with a score of 0 if not among
   * them.
   */
  #candidates(query: RankedBy, limit: number, { allowed, meaning }: Options): ScoredPaper[] {
    const groups = groupsOf(query, this.#index)
    const found = this.#retriever.retrieve(query.terms, limit, { groups, allowed })
    if (meaning === undefined || this.#semantic === undefined) return found
    const known = new Set(found.map(({ doc }) => doc))
    const near = this.#semantic
      .nearest(meaning)
      .filter(({ doc }) => !known.has(doc) && allowed?.(doc) !== false)
    return [...found, ...near.map(({ doc }) => ({ doc, score: 0 }))]
  }

  #rankByWords(query: RankedBy, found: readonly ScoredPaper[], weights: Weights): ScoredPaper[] {
    const features = this.#features.read(
      query,
      found.map(({ doc }) => doc),
    )
    const scores = found.map(({ score }, i) => score + pairWeight * (features[i]?.pairs ?? 0))
    const highest = scores.reduce((most, score) => Math.max(most, score), 0)
    if (highest === 0) return []
    const point = this.#pointOf(query)
    return found.map(({ doc }, i) => ({
      doc,
      score:
        (scores[i] ?? 0) / highest +
        weights.covered * (features[i]?.covered ?? 0) +
        weights.titled * (features[i]?.titled ?? 0) +
        (features[i]?.quoted ? weights.quoted : 0) +
        weights.latent * (point === undefined ? 0 : (this.#latent?.similarity(point, doc) ?? 0)),
    }))
  }

  #pointOf({ terms, alternatives, paper }: RankedBy): Point | undefined {
    if (paper !== undefined) return this.#latent?.pointOf(paper)
    const pulls = alternatives.flatMap(({ idf, expansions }) =>
      expansions.flatMap(one => weighted(one, idf, expansionPull, this.#index)),
    )
    return this.#latent?.fold([...terms, ...pulls])
  }
}

/** Best first; equal ones in the papers' order. */
const inOrder = (papers: readonly ScoredPaper[]): ScoredPaper[] =>
  papers.toSorted((x, y) => y.score - x.score || x.doc - y.doc)

/** What candidates are found by besides the query's own terms. */
export const groupsOf = ({ alternatives }: Pick<RankedBy, 'alternatives'>, index: Postings): SynonymGroup[] =>
  alternatives.map(one => groupOf(one, index))

const groupOf = ({ idf, expansions }: Alternatives, index: Postings): SynonymGroup =>
  expansions.flatMap(one => weighted(one, idf, expansionWeight, index))

/** An expansion never weighs more than the term it expands. */
const weighted = (
  { terms, weight }: Expansion,
  idf: number,
  factor: number,
  index: Postings,
): WeightedTerm[] =>
  terms.map(term => ({
    term,
    weight: (factor * weight * Math.min(1, idf / idfOf(index, term))) / terms.length,
  }))
