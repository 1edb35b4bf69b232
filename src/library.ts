import type { Answerer, Quote, Summary } from './answer/port.ts'
import type { Paper } from './corpus/paper.ts'
import type { RelatedPaper, Search, SearchResult } from './search/port.ts'

/** What a command needs of the papers: one search, one answerer, and references from components back to papers. */
export interface Library {
  readonly search: Search
  readonly answerer: Answerer
  /** The paper that a component's reference stands for; undefined when it has left the corpus. */
  paper(ref: string): Paper | undefined
}

export interface Found {
  readonly paper: Paper
  readonly summary: Summary
  readonly passage: Quote | undefined
  readonly related: readonly RelatedPaper[]
  /** The other hits, best first. */
  readonly others: readonly Paper[]
  readonly result: SearchResult
}

export interface NotFound {
  readonly paper: undefined
  readonly result: SearchResult
  /** Papers that the nearest words lead to. */
  readonly near: readonly Paper[]
}

/** Everything `/paper` shows for a text: the best match and its surroundings, or what is nearest. */
export function lookUp(library: Library, text: string): Found | NotFound {
  const { search } = library
  const result = search.search(text, { limit: 26 })
  const [best, ...others] = result.hits.map(hit => hit.paper)
  if (best === undefined) {
    const words = result.nearest.join(' ')
    const near = words === '' ? [] : search.search(words, { limit: 3 }).hits.map(hit => hit.paper)
    return { paper: undefined, result, near }
  }
  return { ...describe(library, best, result.query), others, result }
}

/** A paper that is already known, as `/paper` shows it. */
export function describe(library: Library, paper: Paper, query = ''): Omit<Found, 'others' | 'result'> {
  return {
    paper,
    summary: library.answerer.summarize(paper),
    passage: query === '' ? undefined : library.answerer.passage(paper, query),
    related: library.search.related(paper.id, 3),
  }
}

/** The papers of a set by the references that custom ids and menu options carry. */
export function byReference(
  papers: readonly Paper[],
  refOf: (id: string) => string,
): (ref: string) => Paper | undefined {
  const known = new Map(papers.map(paper => [refOf(paper.id), paper]))
  return ref => known.get(ref)
}
