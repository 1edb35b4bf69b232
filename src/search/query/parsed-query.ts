import type { Correction } from './query-analyzer.ts'

/** A typed word or phrase that no paper holds, and words of the papers that mean the same, or go with it, and were searched. */
export interface Substitution {
  readonly from: string
  readonly to: readonly string[]
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

/** A query expansion: other words by which papers may say what a text says. */
export interface Alternative {
  /** The terms of the text that it stands in for. */
  readonly typed: readonly string[]
  /** Terms of some paper; all of them together stand in. */
  readonly terms: readonly string[]
  /** How well, above 0 and below 1. */
  readonly weight: number
}

/** A text as one set of papers reads it: made once by `Search.parse` and good for every call that takes a query. */
export interface ParsedQuery {
  /** As it was typed, its first 6,000 UTF-16 units. */
  readonly text: string
  /** The text with its corrections applied: what was searched. */
  readonly corrected: string
  /** False when the text holds nothing to search for: empty, only stop words, only emoji, ... */
  readonly searchable: boolean
  readonly corrections: readonly Correction[]
  readonly substitutions: readonly Substitution[]
  /** Its distinct terms, corrected, with abbreviations spelled out. */
  readonly terms: readonly TermWeight[]
  /** Other words for its words; none for pasted paragraphs. */
  readonly alternatives: readonly Alternative[]
}
