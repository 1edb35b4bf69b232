import type { Paper } from '../corpus/paper.ts'
import type { Span } from './query/highlight.ts'
import type { Alternative, ParsedQuery, Substitution, TermWeight } from './query/parsed-query.ts'
import type { Correction } from './query/query-analyzer.ts'

export type { Alternative, Correction, ParsedQuery, Span, Substitution, TermWeight }

/** A paper and how well it fits: scores order the hits of one call and mean nothing across calls. */
export interface Hit {
  readonly paper: Paper
  readonly score: number
}

export interface SearchResult {
  /** Best first; empty when nothing fits or there was nothing to search for. */
  readonly hits: readonly Hit[]
  /** What was searched: give it to every further call about the same text. */
  readonly query: ParsedQuery
  /** Whether no paper holds a word of the query, so that the hits are those nearest in meaning. */
  readonly byMeaning: boolean
  /** Whether no paper fits the query's quotes, `title:` or minus, so that they were taken for ordinary signs. */
  readonly relaxed: boolean
  /** Whether the query names the first hit: by its title, an id or an address. */
  readonly isNamed: boolean
  /** Words of the corpus close to the words it does not know, best first: what to offer when nothing fits. */
  readonly nearest: readonly string[]
}

export interface RelatedPaper extends Hit {
  /** The terms both papers share that weigh most, as people write them, best first. */
  readonly shared: readonly string[]
}

/**
 * Finds papers in one fixed set of them. Implementations are pure but for `prepare`: no clock, no network, no randomness;
 * equal calls after equal preparations give equal results. No call throws, whatever the text, and none takes longer than some 20 milliseconds at a
 * hundred thousand papers. Where a call takes a query, a text serves as well; it is parsed then and there.
 *
 * @example
 * const query = search.parse('atention sinks')
 * query.corrected // 'attention sinks'
 * const { hits } = search.search(query, { limit: 5 })
 * search.matches('What attention sinks do', query) // [{ start: 5, end: 14 }, { start: 15, end: 20 }]
 */
export interface Search {
  readonly papers: readonly Paper[]
  get(id: string): Paper | undefined
  /** Words, a question, a title, an arXiv id, a link, or a whole paragraph, with operators: `"a phrase" -word title:word`. */
  parse(text: string): ParsedQuery
  /**
   * Lets a model that takes its time say what the text means, where one is set up, before the text is searched for or
   * asked: without it the built-in table says it. Resolves in time whatever the model does, and never rejects.
   * Undefined: there is nothing to wait for.
   */
  prepare(text: string): Promise<void> | undefined
  /** The papers that fit best. `limit` defaults to 10. */
  search(query: string | ParsedQuery, options?: { limit?: number }): SearchResult
  /** What autocomplete offers for what has been typed so far; sensible for the empty text too. */
  suggest(typed: string, limit: number): readonly Hit[]
  /** Neighbours of a paper of this set; empty for an id that is not here. Never the paper itself. */
  related(id: string, limit: number): readonly RelatedPaper[]
  /** `parse(text).terms` */
  terms(text: string): readonly TermWeight[]
  /** `parse(text).alternatives` */
  alternatives(text: string): readonly Alternative[]
  /** Inverse document frequency of an analysed term (`analyze`) in this set; never 0. */
  idf(term: string): number
  /** Where `text` holds words that the query also holds, by the same analysis: what to mark for the reader. */
  matches(text: string, query: string | ParsedQuery): readonly Span[]
}
