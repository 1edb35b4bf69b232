import type { Paper } from '../paper.ts'
import { nameWords, plainTitle } from './paper-keys.ts'

/** A record, with the identifiers of all records that were merged into it. */
export interface Keyed {
  readonly paper: Paper
  /** See `identifierKeys`. */
  readonly keys: ReadonlySet<string>
}

/** Kinds of identifiers of which a paper has one only: where two records have different ones, they are two papers. */
const deciding = ['arxiv:', 'doi:'] as const

/** A title that says as much names a paper by itself: not `Introduction`, nor `A reply to our critics`. */
const tellingTitle = { words: 4, letters: 24 }

/**
 * Whether two records are of one paper. The first of these that both have decides: the arXiv identifier, the DOI, any
 * other identifier in common; then the title with an author in common. Without authors on one side the title alone does
 * where it is long enough to be a paper's own, or the abstracts are equal, or the ids.
 */
export function isSamePaper(one: Keyed, other: Keyed): boolean {
  for (const kind of deciding) {
    const [mine, theirs] = [ofKind(one, kind), ofKind(other, kind)]
    if (mine.length > 0 && theirs.length > 0) return mine.some(key => other.keys.has(key))
  }
  for (const key of one.keys) if (other.keys.has(key)) return true
  return isSameText(one.paper, other.paper)
}

const ofKind = ({ keys }: Keyed, kind: string): string[] => [...keys].filter(key => key.startsWith(kind))

function isSameText(one: Paper, other: Paper): boolean {
  const title = plainTitle(one.title)
  if (title !== plainTitle(other.title)) return false
  if (one.id === other.id) return true
  if (one.authors.length > 0 && other.authors.length > 0)
    return !nameWords(one.authors).isDisjointFrom(nameWords(other.authors))
  if (one.abstract !== '' && one.abstract === other.abstract) return true
  const words = one.title.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '').length
  return words >= tellingTitle.words && title.length >= tellingTitle.letters
}
