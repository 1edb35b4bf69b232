import { gap } from '../index/postings.ts'
import type { StringTable } from '../index/string-table.ts'
import { gapMark, type StoredDocument } from './stored-document.ts'

/** A paper that is at hand, its terms numbered as those of a collection. */
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

/** Finds a paper's terms in a collection's own ones. */
export function localDocument(
  { sequence: text, ...document }: StoredDocument & { readonly refs: readonly string[] },
  terms: Pick<StringTable, 'idOfPart'>,
): LocalDocument {
  const extras = new Map<string, number>()
  // There are as many terms as a request reads: none is copied out of the text to be looked up.
  const sequence = new Uint32Array(text === '' ? 0 : spacesIn(text) + 1)
  for (let i = 0, start = 0; i < sequence.length; i++) {
    const space = text.indexOf(' ', start)
    const end = space < 0 ? text.length : space
    sequence[i] = isGap(text, start, end)
      ? gap
      : (terms.idOfPart(text, start, end) ?? extraOf(text.slice(start, end), extras))
    start = end + 1
  }
  return { ...document, sequence, extras: [...extras.keys()] }
}

const isGap = (text: string, start: number, end: number): boolean =>
  end - start === gapMark.length && text.startsWith(gapMark, start)

function spacesIn(text: string): number {
  let count = 0
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) count++
  return count
}

function extraOf(term: string, extras: Map<string, number>): number {
  const known = extras.get(term) ?? extras.size
  extras.set(term, known)
  return beyond + known
}
