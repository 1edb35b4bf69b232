import type { IndexArrays } from '../index-arrays.ts'
import type { LsaArrays } from '../ranking/lsa.ts'

/**
 * What is known of a collection as a whole, without its papers: words, how many papers hold them, which stand side by
 * side, and the latent spaces. Its size depends on the words, not on the number of papers.
 */
export interface Statistics
  extends Pick<IndexArrays, 'vocabulary' | 'pairs' | 'acronyms' | 'trigrams' | 'sortedWords'> {
  /** Papers of the collection. */
  readonly papers: number
  /** Mean length of a paper in content words. */
  readonly meanLength: number
  /** How many papers hold each term. */
  readonly frequencies: Uint32Array
  readonly lsa: Omit<LsaArrays, 'points'>
}

/**
 * The statistics of a collection from an index of it, or of a sample of it.
 * @param papers of the whole collection: counts of a sample are scaled up to it
 */
export function statisticsOf(arrays: IndexArrays, papers: number): Statistics {
  const { vocabulary, pairs, acronyms, trigrams, sortedWords, postings, lsa } = arrays
  const { starts, lengths } = postings
  const factor = Math.max(1, papers / Math.max(1, lengths.length))
  const scaled = (count: number): number => Math.round(count * factor)
  const frequencies = Uint32Array.from({ length: starts.length - 1 }, (_, term) =>
    scaled((starts[term + 1] as number) - (starts[term] as number)),
  )
  const { points: _points, ...spaces } = lsa
  return {
    papers: Math.max(papers, lengths.length),
    meanLength: Math.max(1, lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length)),
    frequencies,
    vocabulary,
    pairs: factor === 1 ? pairs : pairs.map(count => Math.min(0xffff, scaled(count))),
    acronyms,
    trigrams,
    sortedWords,
    lsa: spaces,
  }
}
