/**
 * The compact index: the postings of every term in typed arrays (compressed sparse rows), and every paper's terms in
 * reading order. Ids of papers and terms are positions.
 */
export interface Postings {
  readonly papers: number
  readonly terms: number
  /** Postings of term t: positions starts[t] to starts[t + 1]. */
  readonly starts: Uint32Array
  /** Paper ids, ascending within a term. */
  readonly docs: Uint32Array
  /** Occurrences, the title's counted twice, at most 255. */
  readonly counts: Uint8Array
  /** Length of each paper in content words, the title's counted twice; at least 1. */
  readonly lengths: Uint32Array
  readonly meanLength: number
  /**
   * Terms of paper p in reading order: sequence[from[p]] to sequence[from[p + 1]]; `gap` separates title, compounds
   * and abstract.
   */
  readonly from: Uint32Array
  readonly sequence: Uint32Array
  /**
   * Where the arrays hold some of a collection's papers alone: how many papers of all contain a term. `papers` and
   * `meanLength` are then of all of them too.
   */
  readonly holding?: ((term: number) => number) | undefined
}

/** The compact index of its arrays. */
export function postingsOf(arrays: Omit<Postings, 'papers' | 'terms' | 'meanLength'>): Postings {
  const { lengths, starts } = arrays
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const meanLength = Math.max(1, total / Math.max(1, lengths.length))
  return { ...arrays, papers: lengths.length, terms: starts.length - 1, meanLength }
}

/** Terms on either side of a gap are not adjacent. */
export const gap = 0xffff_ffff

/** The number of papers that contain the term. */
export function documentFrequency(index: Postings, term: number): number {
  if (index.holding !== undefined) return index.holding(term)
  return (index.starts[term + 1] ?? 0) - (index.starts[term] ?? 0)
}

/** Inverse document frequency of a term; without one, of a term that no paper contains. */
export function idfOf(index: Postings, term: number | undefined): number {
  return inverseFrequency(index.papers, term === undefined ? 0 : documentFrequency(index, term))
}

/** Inverse document frequency after Robertson and Spärck Jones, kept above zero as in Lucene. */
export function inverseFrequency(papers: number, holding: number): number {
  return Math.log(1 + (papers - holding + 0.5) / (holding + 0.5))
}
