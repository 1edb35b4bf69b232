export interface WeightedTerm {
  /** The term's id in the vocabulary. */
  readonly term: number
  /** Multiplies the term's score. */
  readonly weight: number
}

export interface ScoredPaper {
  /** The paper's position. */
  readonly doc: number
  readonly score: number
}

/** Synonyms: only the term that scores highest in a paper counts there. */
export type SynonymGroup = readonly WeightedTerm[]

export interface RetrievalOptions {
  readonly groups?: readonly SynonymGroup[] | undefined
  /** Filters the papers. */
  readonly allowed?: ((doc: number) => boolean) | undefined
}

/**
 * The first stage of ranking: the papers with the highest BM25 scores. A paper's score is the sum over the terms,
 * plus the highest of each synonym group. Implementations give equal scores; which one is faster depends on the
 * number of papers.
 *
 * @example
 * retriever.retrieve([{ term: vocabulary.termId('cach'), weight: 1 }], 10) // [{ doc: 17, score: 4.2 }, ...]
 */
export interface CandidateRetriever {
  /** Best first; equal scores in the collection's order. Papers that contain none of the terms are left out. */
  retrieve(terms: readonly WeightedTerm[], limit: number, options?: RetrievalOptions): ScoredPaper[]
}
