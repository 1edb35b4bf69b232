export interface WeightedTerm {
  /** The id of a term of the vocabulary. */
  readonly term: number
  /** Multiplies the term's share of the score. */
  readonly weight: number
}

export interface ScoredPaper {
  /** The paper's position. */
  readonly doc: number
  readonly score: number
}

/** Terms of which only the one that scores highest in a paper counts there: other words for one thing. */
export type SynonymGroup = readonly WeightedTerm[]

export interface RetrievalOptions {
  readonly groups?: readonly SynonymGroup[] | undefined
  /** Limits the papers. */
  readonly allowed?: ((doc: number) => boolean) | undefined
}

/**
 * The first stage of ranking: the papers that score highest by BM25 over single terms. A paper's score is the sum
 * over the terms, plus the highest of each group. Implementations score alike; which one is quicker depends on how
 * many papers there are.
 *
 * @example
 * retriever.retrieve([{ term: vocabulary.termId('cach'), weight: 1 }], 10) // [{ doc: 17, score: 4.2 }, ...]
 */
export interface CandidateRetriever {
  /** Best first; equal scores in the corpus's order. Papers that hold none of the terms are not among them. */
  retrieve(terms: readonly WeightedTerm[], limit: number, options?: RetrievalOptions): ScoredPaper[]
}
