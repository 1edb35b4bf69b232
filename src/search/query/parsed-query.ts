import type { Correction } from './query-analyzer.ts'

/** A typed word or phrase that no paper contains, and the synonyms or related words that were searched instead. */
export interface Substitution {
  readonly from: string
  readonly to: readonly string[]
}

/** One term that a text is searched by. */
export interface TermWeight {
  /** The analysed form, as `analyze` gives it: a stem, in most cases. */
  readonly term: string
  /** 1 for a typed (or corrected) term; less for an expansion, such as the words of an abbreviation. */
  readonly weight: number
  /** Inverse document frequency in this set of papers, above 0; highest for terms that no paper contains. */
  readonly idf: number
}

/** A query expansion: terms by which papers may express a part of the query. */
export interface Alternative {
  /** The query's terms that it replaces. */
  readonly typed: readonly string[]
  /** Indexed terms; a paper must contain all of them. */
  readonly terms: readonly string[]
  /** Quality of the replacement, above 0 and below 1. */
  readonly weight: number
}

/** A text parsed for one set of papers: made once by `Search.parse` and accepted by every call that takes a query. */
export interface ParsedQuery {
  /** As it was typed, its first 6,000 UTF-16 units. */
  readonly text: string
  /** The text with its corrections applied: what was searched. */
  readonly corrected: string
  /** False when the text contains nothing to search for: empty, only stop words, only emoji, ... */
  readonly searchable: boolean
  readonly corrections: readonly Correction[]
  readonly substitutions: readonly Substitution[]
  /** Its distinct terms, corrected, with abbreviations spelled out. */
  readonly terms: readonly TermWeight[]
  /** Synonyms of its words; none for pasted paragraphs. */
  readonly alternatives: readonly Alternative[]
}
