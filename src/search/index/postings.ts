/**
 * The compact index: for every term the papers that hold it, in typed arrays (compressed sparse rows), and for
 * every paper its terms in reading order. Ids of papers and terms are positions.
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
  /** Length of each paper in counted words, the title twice; 1 at least. */
  readonly lengths: Uint32Array
  readonly meanLength: number
  /** Reading order of paper p: sequence[from[p]] to sequence[from[p + 1]]; `gap` stands between title, compounds and abstract. */
  readonly from: Uint32Array
  readonly sequence: Uint32Array
}

/** Neighbours across a gap are not adjacent. */
export const gap = 0xffff_ffff

/** How many papers hold the term. */
export function documentFrequency(index: Postings, term: number): number {
  return (index.starts[term + 1] ?? 0) - (index.starts[term] ?? 0)
}

/** Inverse document frequency of a term; without one, of a term that no paper holds. */
export function idfOf(index: Postings, term: number | undefined): number {
  return inverseFrequency(index.papers, term === undefined ? 0 : documentFrequency(index, term))
}

/** Inverse document frequency after Robertson and Spärck Jones, kept above zero as in Lucene. */
export function inverseFrequency(papers: number, holding: number): number {
  return Math.log(1 + (papers - holding + 0.5) / (holding + 0.5))
}
