import { LRUCache } from 'lru-cache'
import type { Answerer, Quote, Summary } from '../answer/port.ts'
import type { Paper } from '../corpus/paper.ts'
import type { ParsedQuery, RelatedPaper, Search, SearchResult } from '../search/port.ts'
import { forgetful, type Remember } from './memory.ts'

/** What a command needs of the papers: one search, one answerer, and references from components back to papers. */
export interface Library {
  readonly search: Search
  readonly answerer: Answerer
  /** The paper that a component's reference stands for; undefined when it has left the corpus. */
  paper(ref: string): Paper | undefined
  /** What is the same whatever was asked. */
  details(paper: Paper): Details
  /** Keeps what was computed of a text over these papers. */
  readonly remember: Remember
}

export interface Details {
  readonly summary: Summary
  readonly related: readonly RelatedPaper[]
}

export interface Found extends Details {
  readonly paper: Paper
  readonly passage: Quote | undefined
  /** The other hits, best first. */
  readonly others: readonly Paper[]
  readonly result: SearchResult
}

export interface NotFound {
  readonly paper: undefined
  readonly result: SearchResult
  readonly near: Near
}

/** Papers to look at where none fits, and in what sense they are near: few, best first. */
export interface Near {
  /** They hold words spelled like those typed, say something akin, or share some of the words. */
  readonly by: 'spelling' | 'meaning' | 'words'
  readonly papers: readonly Paper[]
}

/** Everything `/paper` shows for a text: the best match and its surroundings, or what is nearest. */
export const lookUp = (library: Library, text: string): Found | NotFound =>
  library.remember('look up', text, () => lookedUp(library, text))

function lookedUp(library: Library, text: string): Found | NotFound {
  const { search } = library
  const result = search.search(text, { limit: 26 })
  const [best, ...others] = result.hits.map(hit => hit.paper)
  if (best === undefined) {
    const words = result.nearest.join(' ')
    const papers = words === '' ? [] : search.search(words, { limit: 3 }).hits.map(hit => hit.paper)
    return { paper: undefined, result, near: { by: 'spelling', papers } }
  }
  return { ...describe(library, best, result.query), others, result }
}

/** A paper that is already known, as `/paper` shows it. */
export function describe(
  library: Library,
  paper: Paper,
  query?: ParsedQuery,
): Omit<Found, 'others' | 'result'> {
  return {
    paper,
    ...library.details(paper),
    passage: query === undefined ? undefined : library.answerer.passage(paper, query),
  }
}

/** How many papers' summaries and neighbours are kept once they were shown: a busy lab asks for the same ones again. */
const kept = 1000

export function createLibrary(search: Search, answerer: Answerer, refOf: (id: string) => string): Library {
  const byReference = new Map(search.papers.map(paper => [refOf(paper.id), paper]))
  return libraryOf(search, answerer, ref => byReference.get(ref))
}

/** @param paper finds what a reference stands for */
export function libraryOf(
  search: Search,
  plain: Answerer,
  paper: Library['paper'],
  remember: Remember = forgetful,
): Library {
  const answerer: Answerer = {
    ...plain,
    ask: (question, options) =>
      options?.subject === undefined
        ? remember('ask', question, () => plain.ask(question))
        : plain.ask(question, options),
    summarize: one => remember('summarize', one.id, () => plain.summarize(one)),
  }
  const details = new LRUCache<string, Details, Paper>({
    max: kept,
    memoMethod: (id, _, { context: one }) => ({
      summary: answerer.summarize(one),
      related: search.related(id, 3),
    }),
  })
  return { search, answerer, paper, remember, details: one => details.memo(one.id, { context: one }) }
}
