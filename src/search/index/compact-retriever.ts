import { bm25, lengthNorm } from './bm25.ts'
import type {
  CandidateRetriever,
  RetrievalOptions,
  ScoredPaper,
  SynonymGroup,
  WeightedTerm,
} from './candidate-retriever.ts'
import { idfOf, type Postings } from './postings.ts'
import { topScores } from './top-scores.ts'

/** Retrieves candidates from the compact index. Uses one scratch table; calls must not overlap. */
export class CompactRetriever implements CandidateRetriever {
  readonly #index: Postings
  readonly #scores: Float64Array
  readonly #norms: Float64Array
  readonly #best: Float64Array
  readonly #inGroup: Uint32Array
  readonly #touched: Uint32Array

  constructor(index: Postings) {
    this.#index = index
    const papers = index.lengths.length
    this.#scores = new Float64Array(papers)
    this.#touched = new Uint32Array(papers)
    this.#best = new Float64Array(papers)
    this.#inGroup = new Uint32Array(papers)
    this.#norms = Float64Array.from(index.lengths, length => lengthNorm(length, index.meanLength))
  }

  retrieve(
    terms: readonly WeightedTerm[],
    limit: number,
    { groups = [], allowed }: RetrievalOptions = {},
  ): ScoredPaper[] {
    let found = this.#accumulate(terms)
    for (const group of groups) found = this.#accumulateGroup(group, found)
    if (allowed !== undefined) found = this.#keep(found, allowed)
    const best = topScores(this.#scores, this.#touched.subarray(0, found), limit)
    for (let i = 0; i < found; i++) this.#scores[this.#touched[i] ?? 0] = 0
    return best
  }

  /** Moves the allowed papers to the front and clears the others. Returns how many remain. */
  #keep(found: number, allowed: (doc: number) => boolean): number {
    let kept = 0
    for (let i = 0; i < found; i++) {
      const doc = this.#touched[i] as number
      if (allowed(doc)) this.#touched[kept++] = doc
      else this.#scores[doc] = 0
    }
    return kept
  }

  #accumulate(query: readonly WeightedTerm[]): number {
    const { docs, counts, starts } = this.#index
    const scores = this.#scores
    const norms = this.#norms
    let found = 0
    for (const one of query) {
      const { term } = one
      const gain = this.#gain(one)
      const end = starts[term + 1] ?? 0
      for (let at = starts[term] ?? 0; at < end; at++) {
        const doc = docs[at] as number
        const count = counts[at] as number
        const before = scores[doc] as number
        if (before === 0) this.#touched[found++] = doc
        scores[doc] = before + (gain * count) / (count + (norms[doc] as number))
      }
    }
    return found
  }

  #accumulateGroup(group: SynonymGroup, touched: number): number {
    const { docs, counts, starts } = this.#index
    const scores = this.#scores
    const best = this.#best
    let found = touched
    let inGroup = 0
    for (const one of group) {
      const gain = this.#gain(one)
      const end = starts[one.term + 1] ?? 0
      for (let at = starts[one.term] ?? 0; at < end; at++) {
        const doc = docs[at] as number
        const count = counts[at] as number
        const score = (gain * count) / (count + (this.#norms[doc] as number))
        const known = best[doc] as number
        if (score <= known) continue
        if (known === 0) this.#inGroup[inGroup++] = doc
        if (scores[doc] === 0) this.#touched[found++] = doc
        best[doc] = score
        scores[doc] = (scores[doc] as number) + score - known
      }
    }
    for (let i = 0; i < inGroup; i++) best[this.#inGroup[i] as number] = 0
    return found
  }

  #gain({ term, weight }: WeightedTerm): number {
    return weight * idfOf(this.#index, term) * (bm25.k1 + 1)
  }
}
