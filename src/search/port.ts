import type { Paper } from '../corpus/paper.ts'
import type { Span } from './query/highlight.ts'
import type { Alternative, ParsedQuery, Substitution, TermWeight } from './query/parsed-query.ts'
import type { Correction } from './query/query-analyzer.ts'

export type { Alternative, Correction, ParsedQuery, Span, Substitution, TermWeight }

/** A paper and its score: scores order the hits of one call and are not comparable across calls. */
export interface Hit {
  readonly paper: Paper
  readonly score: number
}

export interface SearchResult {
  /** Best first; empty when nothing matches or there was nothing to search for. */
  readonly hits: readonly Hit[]
  /** What was searched; pass it to every further call about the same text. */
  readonly query: ParsedQuery
  /** Whether no paper contains a word of the query, so that the hits are the semantically nearest papers. */
  readonly byMeaning: boolean
  /** Whether no paper satisfies the query's quotes, `title:` or minus, so that these were ignored. */
  readonly relaxed: boolean
  /** Whether the query names the first hit: by its title, an id or an address. */
  readonly isNamed: boolean
  /** Indexed words close to the query's unknown words, best first: suggestions when nothing matches. */
  readonly nearest: readonly string[]
}

export interface RelatedPaper extends Hit {
  /** The shared terms with the highest weights, as people write them, best first. */
  readonly shared: readonly string[]
}

/** What synchronous calls are about to be made for. */
export interface Wanted {
  /** Searched for or asked. */
  readonly text?: string
  /** Searched for besides, in the same request: the two things that a question compares. */
  readonly besides?: readonly string[]
  /** To be completed. */
  readonly typed?: string
  /** What components call papers. */
  readonly refs?: readonly string[]
  /** Papers whose neighbours are asked for: ids, or what components call them. */
  readonly related?: readonly string[]
  /** All papers of an author, or as many as can be looked through. */
  readonly author?: string
  /** The same of a venue, or a category such as `cs.CL`. */
  readonly venue?: string
  /** Papers with authors, venues or categories that begin so. */
  readonly nameBegin?: string
  /** Any papers, the newest among them; another seed gives others. */
  readonly any?: { readonly seed: string }
  /** So many papers of all, evenly drawn and always the same, or all where there are no more: they are in `papers` then. */
  readonly sample?: number
  /** Ids of papers that are no use, however well they fit, such as those that were shown already: others are found, too. */
  readonly but?: ReadonlySet<string>
  /** Ids of the only papers that are of use: of these as many are found as of all. */
  readonly among?: ReadonlySet<string> | undefined
}

/**
 * Finds papers in one fixed set of them. Implementations are pure but for `prepare`: no clock, no network, no
 * randomness; equal calls after equal preparations give equal results. No call throws, whatever the text, and none takes longer than some 20 milliseconds for a
 * hundred thousand papers. Wherever a call takes a query, a text is accepted and parsed on the spot.
 *
 * @example
 * const query = search.parse('atention sinks')
 * query.corrected // 'attention sinks'
 * const { hits } = search.search(query, { limit: 5 })
 * search.matches('What attention sinks do', query) // [{ start: 5, end: 14 }, { start: 15, end: 20 }]
 */
export interface Search {
  /** All of them, or those at hand where there are more than memory holds. */
  readonly papers: readonly Paper[]
  /** How many there are, at hand or not. */
  readonly count: number
  get(id: string): Paper | undefined
  /** The paper that a component's reference (`paperRef`) stands for. */
  withRef(ref: string): Paper | undefined
  /** Words, a question, a title, an arXiv id, a link, or a whole paragraph, with operators: `"a phrase" -word title:word`. */
  parse(text: string): ParsedQuery
  /**
   * Lets a model that takes its time say what the text means, where one is set up, before the text is searched for or
   * asked: without it the built-in table says it. Resolves in time whatever the model does. Where there are more papers
   * than memory holds, it fetches those that the calls to come may be about: what was not prepared is not found.
   * Undefined: there is nothing to wait for.
   * @throws Failure `busy` when papers have to be fetched and cannot be
   */
  prepare(wanted: string | Wanted): Promise<void> | undefined
  /** The best matching papers. `limit` defaults to 10. */
  search(query: string | ParsedQuery, options?: { limit?: number }): SearchResult
  /** Autocomplete for what has been typed so far, the empty text included. */
  suggest(typed: string, limit: number): readonly Hit[]
  /** Papers related to a paper of this set, never the paper itself; empty for an unknown id. */
  related(id: string, limit: number): readonly RelatedPaper[]
  /** `parse(text).terms` */
  terms(text: string): readonly TermWeight[]
  /** Inverse document frequency of an analysed term (`analyze`) in this set; never 0. */
  idf(term: string): number
  /** Where `text` contains the query's words, by the same analysis: what to highlight. */
  matches(text: string, query: string | ParsedQuery): readonly Span[]
}
