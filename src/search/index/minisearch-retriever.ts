import type {
  CandidateRetriever,
  RetrievalOptions,
  ScoredPaper,
  SynonymGroup,
  WeightedTerm,
} from './candidate-retriever.ts'
import type { MiniSearchIndex } from './minisearch-index.ts'
import { topScores } from './top-scores.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Retrieves candidates from MiniSearch, one search per term. */
export class MiniSearchRetriever implements CandidateRetriever {
  readonly #index: MiniSearchIndex
  readonly #vocabulary: Vocabulary
  readonly #papers: number

  constructor(index: MiniSearchIndex, vocabulary: Vocabulary, papers: number) {
    this.#index = index
    this.#vocabulary = vocabulary
    this.#papers = papers
  }

  retrieve(
    terms: readonly WeightedTerm[],
    limit: number,
    { groups = [], allowed }: RetrievalOptions = {},
  ): ScoredPaper[] {
    const scores = new Float64Array(this.#papers)
    for (const { term, weight } of terms) {
      this.#index.eachHolding(this.#text(term), (doc, score) => {
        scores[doc] = (scores[doc] ?? 0) + weight * score
      })
    }
    for (const group of groups) {
      for (const [doc, score] of this.#highest(group)) scores[doc] = (scores[doc] ?? 0) + score
    }
    const found = Uint32Array.from(scores.keys()).filter(
      doc => (scores[doc] ?? 0) > 0 && (allowed === undefined || allowed(doc)),
    )
    return topScores(scores, found, limit)
  }

  /** The highest score of the group's terms for each paper. */
  #highest(group: SynonymGroup): ReadonlyMap<number, number> {
    const highest = new Map<number, number>()
    for (const { term, weight } of group) {
      this.#index.eachHolding(this.#text(term), (doc, score) => {
        highest.set(doc, Math.max(highest.get(doc) ?? 0, weight * score))
      })
    }
    return highest
  }

  #text(term: number): string {
    return this.#vocabulary.terms.at(term)
  }
}
