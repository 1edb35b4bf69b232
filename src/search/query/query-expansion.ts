import { idfOf, type Postings } from '../index/postings.ts'
import type { Vocabulary } from '../index/vocabulary.ts'
import type { Thesaurus } from './thesaurus.ts'

/** Terms of the corpus that may say what a word or phrase of a text says. */
export interface Expansion {
  /** All of them together: one, or the parts of a compound in order. */
  readonly terms: readonly number[]
  /** How well it stands in for what was typed, above 0 and below 1. */
  readonly weight: number
  /** For people to read. */
  readonly text: string
}

/** A word or phrase of a text and what may stand in for it. */
export interface Alternatives {
  /** As it was typed, in normal form. */
  readonly text: string
  /** The terms of its words that count. */
  readonly typed: readonly string[]
  /** Those of them that some paper holds. */
  readonly terms: readonly number[]
  /** Inverse document frequency of the rarest of its words. */
  readonly idf: number
  readonly expansions: readonly Expansion[]
}

/** What a word of the lexicon weighs beside the typed word itself. */
const wordWeights = { same: 0.6, goesWith: 0.3 }
/** The words of a phrase say less by themselves: machines that have slots are not what "slot machine" is about. */
const phraseWeights = { same: 0.9, goesWith: 0.45 }

interface QueryWord {
  readonly term: string
  readonly word: string
  readonly stop: boolean
  readonly id: number | undefined
}

/** Looks up the other words for the words of a text that some paper holds. */
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

  /** Positions of the words that have other words in the papers: no misspellings, though no paper may hold them. */
  coveredBy(words: readonly QueryWord[]): ReadonlySet<number> {
    const covered = new Set<number>()
    for (const { from, to, wordings } of this.#lexicon.find(words.map(({ word }) => word))) {
      if (!wordings.some(({ terms, whole }) => this.#known(terms, whole) !== undefined)) continue
      for (let i = from; i < to; i++) covered.add(i)
    }
    return covered
  }

  /** The ids of the terms; as one where the corpus writes the compound in one word only. */
  #known(terms: readonly string[], whole: string): number[] | undefined {
    const ids = terms.flatMap(term => this.#vocabulary.termId(term) ?? [])
    if (ids.length === terms.length) return ids
    const one = this.#vocabulary.termId(whole)
    return one === undefined ? undefined : [one]
  }
}
