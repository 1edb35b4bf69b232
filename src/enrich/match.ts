import { mergePapers } from '../corpus/merging/merge-papers.ts'
import { keysOfPaper, nameWords, plainTitle } from '../corpus/merging/paper-keys.ts'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import { asciiOf } from '../corpus/text.ts'

/** What a look-up says of a paper. */
export type Match =
  | { readonly kind: 'found'; readonly paper: Paper; readonly added: readonly string[] }
  /** None of the candidates is surely this paper. */
  | { readonly kind: 'none' }
  /** Candidates that both seem to be it have different identifiers. */
  | { readonly kind: 'ambiguous' }

/** A title that says as much names a paper by itself. */
const tellingTitle = { words: 4, letters: 24 }
/** Share of the words of two abstracts that both have: of one paper's versions more, of others' with one title less. */
const sameAbstract = 0.5
const otherAbstract = 0.25

/**
 * Fills what a paper lacks from candidates that were found by its title. A candidate counts when its title is the same and,
 * beside it, an author or the abstract, or, where the candidate has neither, the title alone is long enough to be
 * one paper's. Nothing that the paper has is replaced.
 */
export function matched(paper: Paper, candidates: readonly Paper[]): Match {
  const same = candidates.filter(candidate => isSurely(paper, candidate))
  const [first, ...rest] = same
  if (first === undefined) return { kind: 'none' }
  if (contradict(same)) return { kind: 'ambiguous' }
  const { paper: filled, added } = filledFrom(paper, rest.reduce(mergePapers, first))
  return added.length === 0 ? { kind: 'none' } : { kind: 'found', paper: filled, added }
}

function isSurely(paper: Paper, candidate: Paper): boolean {
  if (plainTitle(paper.title) !== plainTitle(candidate.title)) return false
  const mine = nameWords(paper.authors)
  if (mine.size > 0 && candidate.authors.length > 0)
    return [...nameWords(candidate.authors)].some(word => mine.has(word))
  if (paper.abstract !== '' && candidate.abstract !== '') {
    const similarity = similarityOf(paper.abstract, candidate.abstract)
    if (similarity >= sameAbstract) return true
    if (similarity < otherAbstract) return false
  }
  return isTelling(paper.title)
}

/** Of the words of both, how many are of each. */
function similarityOf(one: string, other: string): number {
  const [mine, theirs] = [wordsOf(one), wordsOf(other)]
  const shared = [...mine].filter(word => theirs.has(word)).length
  const all = mine.size + theirs.size - shared
  return all === 0 ? 0 : shared / all
}

const wordsOf = (text: string): Set<string> =>
  new Set(
    asciiOf(readable(text))
      .toLowerCase()
      .match(/[\p{L}\p{N}]{2,}/gu) ?? [],
  )

function isTelling(title: string): boolean {
  const words = wordsOf(title)
  return words.size >= tellingTitle.words && plainTitle(title).length >= tellingTitle.letters
}

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
