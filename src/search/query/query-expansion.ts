import { idfOf, type Postings } from '../index/postings.ts'
import type { Vocabulary } from '../index/vocabulary.ts'
import type { Thesaurus } from './thesaurus.ts'

/** Indexed terms that may express a word or phrase of a text. */
export interface Expansion {
  /** A paper must contain all of them: one term, or the parts of a compound in order. */
  readonly terms: readonly number[]
  /** Quality of the replacement, above 0 and below 1. */
  readonly weight: number
  /** As shown to people. */
  readonly text: string
}

/** A word or phrase of a text and its expansions. */
export interface Alternatives {
  /** As it was typed, in normal form. */
  readonly text: string
  /** The terms of its content words. */
  readonly typed: readonly string[]
  /** Those of them that some paper contains. */
  readonly terms: readonly number[]
  /** Inverse document frequency of its rarest word. */
  readonly idf: number
  readonly expansions: readonly Expansion[]
}

/** Weight of a synonym or related word relative to the typed word. */
const wordWeights = { same: 0.6, goesWith: 0.3 }
/**
 * A phrase's synonyms weigh more: its own words say less one by one ("slot" and "machine" are not "slot machine").
 */
const phraseWeights = { same: 0.9, goesWith: 0.45 }

interface QueryWord {
  readonly term: string
  readonly word: string
  readonly stop: boolean
  readonly id: number | undefined
}

/** Looks up synonyms among the indexed terms. */
export class QueryExpansion {
  readonly #lexicon: Thesaurus
  readonly #vocabulary: Vocabulary
  readonly #index: Postings

  constructor(thesaurus: Thesaurus, vocabulary: Vocabulary, index: Postings) {
    this.#lexicon = thesaurus
    this.#vocabulary = vocabulary
    this.#index = index
  }

  of(words: readonly QueryWord[]): Alternatives[] {
    const typed = new Set(words.map(({ id }) => id))
    const found = new Map<string, Alternatives>()
    for (const { from, to, wordings } of this.#lexicon.find(words.map(({ word }) => word))) {
      const run = words.slice(from, to)
      const meant = run.filter(({ stop }) => !stop)
      const weights = to - from > 1 ? phraseWeights : wordWeights
      const expansions = wordings.flatMap(({ terms, whole, text, same }) => {
        const ids = this.#known(terms, whole)
        if (ids === undefined || ids.every(id => typed.has(id))) return []
        return [{ terms: ids, text, weight: same ? weights.same : weights.goesWith }]
      })
      if (meant.length === 0 || expansions.length === 0) continue
      const text = run.map(({ word }) => word).join(' ')
      found.set(text, {
        text,
        typed: meant.map(({ term }) => term),
        terms: meant.flatMap(({ id }) => id ?? []),
        idf: Math.max(...meant.map(({ id }) => idfOf(this.#index, id))),
        expansions,
      })
    }
    return [...found.values()]
  }

  /**
   * Positions of words with synonyms in the papers: such words are no misspellings, even if no paper contains them.
   */
  coveredBy(words: readonly QueryWord[]): ReadonlySet<number> {
    const covered = new Set<number>()
    for (const { from, to, wordings } of this.#lexicon.find(words.map(({ word }) => word))) {
      if (!wordings.some(({ terms, whole }) => this.#known(terms, whole) !== undefined)) continue
      for (let i = from; i < to; i++) covered.add(i)
    }
    return covered
  }

  idfOf(term: number): number {
    return idfOf(this.#index, term)
  }

  /** The ids of the terms, or of the compound if the papers only write it as one word. */
  #known(terms: readonly string[], whole: string): number[] | undefined {
    const ids = terms.flatMap(term => this.#vocabulary.termId(term) ?? [])
    if (ids.length === terms.length) return ids
    const one = this.#vocabulary.termId(whole)
    return one === undefined ? undefined : [one]
  }
}
