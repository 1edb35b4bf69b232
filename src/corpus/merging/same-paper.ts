import type { Paper } from '../paper.ts'
import { keysOfPaper, titleKey } from './paper-keys.ts'
import { isSameText } from './same-text.ts'

/** A record, with the identifiers and the titles of all records that were merged into it. */
export interface Keyed {
  readonly paper: Paper
  /** See `identifierKeys` and `titleKey`. */
  readonly keys: ReadonlySet<string>
}

/** A paper as one record of its own. */
export const keyed = (paper: Paper): Keyed => ({ paper, keys: keysOfPaper(paper) })

/** Kinds of identifiers of which a paper has one only: where two records have different ones, they are two papers. */
const deciding = ['arxiv:', 'doi:'] as const

/**
 * Whether two records are of one paper. The first of these that both have decides: the arXiv identifier, the DOI, any
 * other identifier in common; then the title, as in `isSameText`.
 */
export function isSamePaper(one: Keyed, other: Keyed): boolean {
  for (const kind of deciding) {
    const [mine, theirs] = [ofKind(one, kind), ofKind(other, kind)]
    if (mine.length > 0 && theirs.length > 0) return mine.some(key => other.keys.has(key))
  }
  for (const key of one.keys) if (!key.startsWith('title:') && other.keys.has(key)) return true
  const title = sharedTitle(one, other)
  return title !== undefined && isSameText(title, one.paper, other.paper)
}

const ofKind = ({ keys }: Keyed, kind: string): string[] => [...keys].filter(key => key.startsWith(kind))

/** The title of one that a record of the other has too. */
const sharedTitle = (one: Keyed, other: Keyed): string | undefined =>
  [
    { title: one.paper.title, keys: other.keys },
    { title: other.paper.title, keys: one.keys },
  ].find(({ title, keys }) => keys.has(titleKey(title)))?.title
