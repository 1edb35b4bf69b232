import type { Paper } from '../paper.ts'
import { nameWords, plainTitle, titleKey } from './paper-keys.ts'

/** A record, with the identifiers and the titles of all records that were merged into it. */
export interface Keyed {
  readonly paper: Paper
  /** See `identifierKeys` and `titleKey`. */
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
  for (const key of one.keys) if (!key.startsWith('title:') && other.keys.has(key)) return true
  return isSameText(one, other)
}

const ofKind = ({ keys }: Keyed, kind: string): string[] => [...keys].filter(key => key.startsWith(kind))

function isSameText(one: Keyed, other: Keyed): boolean {
  const title = sharedTitle(one, other)
  if (title === undefined) return false
  const [mine, theirs] = [one.paper, other.paper]
  if (mine.authors.length > 0 && theirs.authors.length > 0) return shareAuthor(mine.authors, theirs.authors)
  if (mine.id === theirs.id) return true
  if (mine.abstract !== '' && mine.abstract === theirs.abstract) return true
  const words = title.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '').length
  return words >= tellingTitle.words && plainTitle(title).length >= tellingTitle.letters
}

const shareAuthor = (one: readonly string[], other: readonly string[]): boolean =>
  !nameWords(one).isDisjointFrom(nameWords(other)) || JSON.stringify(one) === JSON.stringify(other)

/** The title of one that a record of the other has too. */
const sharedTitle = (one: Keyed, other: Keyed): string | undefined =>
  [
    { title: one.paper.title, keys: other.keys },
    { title: other.paper.title, keys: one.keys },
  ].find(({ title, keys }) => keys.has(titleKey(title)))?.title
