import type { Paper } from '../corpus/paper.ts'
import type { Span } from './query/highlight.ts'
import type { Correction } from './query/query-analyzer.ts'

export type { Correction, Span }

/** A paper and how well it fits: scores order the hits of one call and mean nothing across calls. */
export interface Hit {
  readonly paper: Paper
  readonly score: number
}

/** A typed word or phrase that no paper holds, and words of the papers that mean the same, or go with it, and were searched. */
export interface Substitution {
  readonly from: string
  readonly to: readonly string[]
}

export interface SearchResult {
  /** Best first; empty when nothing fits or there was nothing to search for. */
  readonly hits: readonly Hit[]
  /** False when the text holds nothing to search for: empty, only stop words, only emoji, ... */
  readonly searchable: boolean
  /** What was searched: the text as typed with its corrections applied. */
  readonly query: string
  readonly corrections: readonly Correction[]
  readonly substitutions: readonly Substitution[]
  /** Words of the corpus close to the words it does not know, best first: what to offer when nothing fits. */
  readonly nearest: readonly string[]
}

export interface RelatedPaper extends Hit {
  /** The terms both papers share that weigh most, as people write them, best first. */
  readonly shared: readonly string[]
}

/** One term that a text is searched by. */
export interface TermWeight {
  /** The analysed form, as `analyze` gives it: a stem, in most cases. */
  readonly term: string
  /** 1 for what was typed (or corrected); less for what stands in for it, such as the words of an abbreviation. */
  readonly weight: number
  /** Inverse document frequency in this set of papers, above 0; terms that no paper holds weigh most. */
  readonly idf: number
}

/** Other words by which papers may say what a text says. */
export interface Alternative {
  /** The terms of the text that it stands in for. */
  readonly typed: readonly string[]
  /** Terms of some paper; all of them together stand in. */
  readonly terms: readonly string[]
  /** How well, above 0 and below 1. */
  readonly worth: number
}

/**
 * Finds papers in one fixed set of them. Implementations are pure: no clock, no network, no randomness; equal
 * calls give equal results. No call throws, whatever the text, and none takes longer than some 20 milliseconds at a hundred thousand papers.
 */
export interface Search {
  readonly papers: readonly Paper[]
  get(id: string): Paper | undefined
  /** Words, a question, a title, an arXiv id, a link, or a whole paragraph. `limit` defaults to 10. */
  search(text: string, options?: { limit?: number }): SearchResult
  /** What autocomplete offers for what has been typed so far; sensible for the empty text too. */
  suggest(typed: string, limit: number): readonly Hit[]
  /** Neighbours of a paper of this set; empty for an id that is not here. Never the paper itself. */
  related(id: string, limit: number): readonly RelatedPaper[]
  /** What a text is searched by: its distinct terms, corrected, with abbreviations spelled out. */
  terms(text: string): readonly TermWeight[]
  /** Other words for the words of a text; none for pasted paragraphs. */
  alternatives(text: string): readonly Alternative[]
  /** Inverse document frequency of an analysed term (`analyze`) in this set; never 0. */
  idf(term: string): number
  /** Where `text` holds words that the query also holds, by the same analysis: what to mark for the reader. */
  matches(text: string, query: string): readonly Span[]
}
