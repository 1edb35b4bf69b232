import { mergePapers } from '../corpus/merging/merge-papers.ts'
import { keysOfPaper, plainTitle } from '../corpus/merging/paper-keys.ts'
import { isSameText } from '../corpus/merging/same-text.ts'
import type { Paper } from '../corpus/paper.ts'

/** What a look-up says of a paper. */
export type Match =
  | { readonly kind: 'found'; readonly paper: Paper; readonly added: readonly string[] }
  /** None of the candidates is surely this paper. */
  | { readonly kind: 'none' }
  /** Candidates that both seem to be it have different identifiers. */
  | { readonly kind: 'ambiguous' }

/**
 * Fills what a paper lacks from candidates that were found by its title. A candidate counts when its title is the same and
 * what else both have agrees: see `isSameText`. Nothing that the paper has is replaced.
 */
export function matched(paper: Paper, candidates: readonly Paper[]): Match {
  const same = candidates.filter(candidate => isSurely(paper, candidate))
  const [first, ...rest] = same
  if (first === undefined) return { kind: 'none' }
  if (contradict(same)) return { kind: 'ambiguous' }
  const { paper: filled, added } = filledFrom(paper, rest.reduce(mergePapers, first))
  return added.length === 0 ? { kind: 'none' } : { kind: 'found', paper: filled, added }
}

const isSurely = (paper: Paper, candidate: Paper): boolean =>
  plainTitle(paper.title) === plainTitle(candidate.title) && isSameText(paper.title, paper, candidate)

/** Two arXiv identifiers, or two DOIs that are no preprint's. */
function contradict(papers: readonly Paper[]): boolean {
  const keys = papers.flatMap(paper => [...keysOfPaper(paper)])
  return ['arxiv:', 'doi:'].some(kind => {
    const found = new Set(keys.filter(key => key.startsWith(kind) && !key.startsWith('doi:10.48550/')))
    return found.size > 1
  })
}

function filledFrom(paper: Paper, found: Paper): { paper: Paper; added: string[] } {
  const lacking = {
    authors: paper.authors.length === 0 && found.authors.length > 0 ? found.authors : undefined,
    categories: paper.categories.length === 0 && found.categories.length > 0 ? found.categories : undefined,
    url: paper.url ?? found.url,
    published: paper.published ?? found.published,
    doi: paper.doi ?? found.doi,
    arxiv: paper.arxiv ?? found.arxiv,
    venue: paper.venue ?? found.venue,
  }
  const added = Object.entries(lacking).filter(
    ([field, value]) => value !== undefined && paper[field as keyof Paper] !== value,
  )
  return { paper: { ...paper, ...Object.fromEntries(added) }, added: added.map(([field]) => field) }
}
