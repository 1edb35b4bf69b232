import type { Adjacency } from '../index/adjacency.ts'
import { stopTerm } from '../index/vocabulary.ts'

/** UTF-16 units in normal form: longer words are neither corrected nor completed. */
export const longestWord = 40

/** The terms next to a word in the text, where known: candidates that occur beside them are preferred. */
export interface Context {
  readonly before: number | undefined
  readonly after: number | undefined
  /** Written as a name: no word is cut short like that. */
  readonly isName?: boolean
}

/** How often a term occurs next to the terms around it. */
export function cooccurrencesOf(pairs: Adjacency, term: number, { before, after }: Context): number {
  if (term === stopTerm) return 0
  const left = before === undefined ? 0 : pairs.of(before, term)
  return left + (after === undefined ? 0 : pairs.of(term, after))
}
