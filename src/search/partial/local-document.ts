import { gap } from '../index/postings.ts'
import type { Vocabulary } from '../index/vocabulary.ts'
import { gapMark, type StoredDocument } from './stored-document.ts'

/** A paper that is at hand, read with a vocabulary. */
export interface LocalDocument extends Omit<StoredDocument, 'sequence'> {
  /** What components call it. */
  readonly refs: readonly string[]
  /** Ids of its terms, gaps as in the index; from `beyond` on, positions in `extras`. */
  readonly sequence: Uint32Array
  /** Its terms that the vocabulary lacks. */
  readonly extras: readonly string[]
}

/** No vocabulary has as many terms. */
export const beyond = 0x8000_0000

/** Finds a paper's terms in a vocabulary. */
export function localDocument(
  { sequence: text, ...document }: StoredDocument & { readonly refs: readonly string[] },
  vocabulary: Vocabulary,
): LocalDocument {
  const extras = new Map<string, number>()
  const terms = text === '' ? [] : text.split(' ')
  const sequence = Uint32Array.from(terms, term => {
    if (term === gapMark) return gap
    const id = vocabulary.termId(term)
    if (id !== undefined) return id
    const known = extras.get(term) ?? extras.size
    extras.set(term, known)
    return beyond + known
  })
  return { ...document, sequence, extras: [...extras.keys()] }
}
