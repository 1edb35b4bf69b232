import { american } from '../analysis/normalize.ts'
import type { Adjacency } from '../index/adjacency.ts'
import { stopTerm, type Vocabulary } from '../index/vocabulary.ts'
import { type Context, cooccurrencesOf, longestWord } from './context.ts'
import { oneEdit } from './edit-candidates.ts'
import { editCost } from './edit-distance.ts'
import { completionsOf, ShortForms } from './short-forms.ts'
import type { SortedWords } from './sorted-words.ts'
import type { Trigrams } from './trigrams.ts'

interface Candidate {
  readonly word: string
  readonly id: number
  /** Cost of the edits from the typed word to this one. */
  readonly cost: number
}

export interface SpellerParts {
  readonly vocabulary: Vocabulary
  readonly pairs: Adjacency
  /** The vocabulary's words in order. */
  readonly sorted: SortedWords
  /** Of the vocabulary's words. */
  readonly trigrams: Trigrams
  /** Whether a word is known to be a word, though no paper contains it. */
  readonly isWord?: (word: string) => boolean
}

const noContext: Context = { before: undefined, after: undefined }
/** A correction of one ordinary edit needs a word e^4 = 55 times as frequent. */
const editWeight = 4
const contextWeight = 1.5
/** Highest cost of an edit that turns one known word into another. */
const mostOfSlip = 0.75
/** Shorter words are close to too many others. */
const shortestMeant = 4
const lettersOnly = /^\p{L}+$/u

/** Corrects words that the papers do not contain to words that they do. */
export class Speller {
  readonly shortForms: ShortForms
  readonly #vocabulary: Vocabulary
  readonly #pairs: Adjacency
  readonly #sorted: SortedWords
  readonly #trigrams: Trigrams
  readonly #isWord: (word: string) => boolean

  constructor({ vocabulary, pairs, sorted, trigrams, isWord = () => false }: SpellerParts) {
    this.#vocabulary = vocabulary
    this.#pairs = pairs
    this.#sorted = sorted
    this.#trigrams = trigrams
    this.#isWord = isWord
    this.shortForms = new ShortForms(vocabulary, pairs, sorted)
  }

  /** The word or two words meant by an unknown one in normal form; undefined when nothing is near enough. */
  correct(word: string, context: Context = noContext): readonly string[] | undefined {
    if (word.length > longestWord || word.length < 4) return undefined
    const near = this.#isWord(word) ? this.#slip(word, context) : this.#misspelling(word, context)
    if (near !== undefined && near.cost < 1) return [near.word]
    const meant = near?.word ?? (context.isName ? undefined : this.#cutShort(word, context))
    if (this.#isWord(word)) return meant === undefined ? undefined : [meant]
    return this.#split(word) ?? (meant === undefined ? this.#clipped(word) : [meant])
  }

  #cutShort(word: string, context: Context): string | undefined {
    return (
      this.shortForms.beside(word, context) ?? (this.#isWord(word) ? undefined : this.shortForms.alone(word))
    )
  }

  /** Known words close to an unknown one, best first, at a greater distance than a correction allows. */
  near(word: string, limit: number): string[] {
    if (word.length > longestWord || word.length < 3) return []
    const most = Math.min(2.2, word.length / 2.5)
    const close = this.#best(
      this.#fuzzy(word, 2),
      { withoutContext: most, withContext: most },
      noContext,
    ).map(one => one.word)
    const begins = this.completions(word.slice(0, Math.max(3, word.length - 2)), limit)
    return [...new Set([...close, ...begins])]
      .filter(found => this.#termOf(found) !== undefined)
      .slice(0, limit)
  }

  /** Known words with this prefix, most frequent first. */
  completions(prefix: string, limit: number): string[] {
    return completionsOf(this.#vocabulary, this.#sorted, prefix, limit)
  }

  /** Known words whose prefix is one edit away from what was typed, most frequent first. */
  nearCompletions(prefix: string, limit: number): string[] {
    const { counts, words } = this.#vocabulary
    const ids = new Set<number>()
    if (prefix.length > longestWord) return []
    for (const beginning of oneEdit(prefix)) for (const id of this.#sorted.withPrefix(beginning)) ids.add(id)
    return [...ids]
      .sort((x, y) => (counts[y] ?? 0) - (counts[x] ?? 0) || x - y)
      .slice(0, limit)
      .map(id => words.at(id))
  }

  /** Transpositions are tried first and separately: cheap to look up here, but two edits in the list. */
  #misspelling(word: string, context: Context): Candidate | undefined {
    if (!lettersOnly.test(word)) return undefined
    const limits = costLimits(word, this.#trigrams.looksRegular(word))
    const near = this.#best([...this.#swapped(word), ...this.#fuzzy(word, 1)], limits, context)[0]
    return near ?? (limits.withContext > 1 ? this.#best(this.#fuzzy(word, 2), limits, context)[0] : undefined)
  }

  /**
   * A correctly spelt word may still be a typo when the papers have another beside the same words: `casual
   * inference`.
   */
  #slip(word: string, context: Context): Candidate | undefined {
    const limits = { withoutContext: 0, withContext: mostOfSlip }
    return this.#best([...this.#swapped(word), ...this.#fuzzy(word, 1)], limits, context)[0]
  }

  #fuzzy(word: string, distance: number): Candidate[] {
    // -isation is not a misspelling: such words are compared in one spelling.
    const spelled = american(word)
    return this.#sorted
      .within(spelled, distance)
      .map(id => candidate(spelled, this.#vocabulary.words.at(id), id))
  }

  #swapped(word: string): Candidate[] {
    const found: Candidate[] = []
    for (let i = 1; i < word.length; i++) {
      const other = word.slice(0, i - 1) + word[i] + word[i - 1] + word.slice(i + 1)
      const id = this.#vocabulary.wordId(other)
      if (id !== undefined && other !== word) found.push(candidate(word, other, id))
    }
    return found
  }

  #best(found: readonly Candidate[], limits: CostLimits, context: Context): Candidate[] {
    return found
      .filter(({ word, cost }) => cost > 0 && cost <= limits.withContext && lettersOnly.test(word))
      .filter(({ word, id }) => word.length >= shortestMeant && this.#vocabulary.termOf[id] !== stopTerm)
      .map(one => ({ ...one, cooccurrences: this.#cooccurrences(one.id, context) }))
      .filter(({ cost, cooccurrences }) => cost <= limits.withoutContext || cooccurrences > 0)
      .map(one => ({ ...one, gain: this.#gain(one.id, one.cooccurrences) - one.cost * editWeight }))
      .sort((x, y) => y.gain - x.gain || x.id - y.id)
  }

  /** How often the word occurs next to the words around it. */
  #cooccurrences(id: number, context: Context): number {
    return cooccurrencesOf(this.#pairs, this.#vocabulary.termOf[id] ?? stopTerm, context)
  }

  /** The prior of a word: its frequency, and its frequency beside these neighbours. */
  #gain(id: number, cooccurrences: number): number {
    return Math.log(1 + (this.#vocabulary.counts[id] ?? 0)) + contextWeight * Math.log(1 + cooccurrences)
  }

  /** Two known words written as one (`keyvalue`, `gpt4`) that occur next to each other somewhere. */
  #split(word: string): string[] | undefined {
    return this.#mostTogether(cuts(word).map(([left, right]) => [[left], [right]]))
  }

  /**
   * A clipped compound such as `memnets`: two words, the second `network`, that occur next to each other somewhere.
   */
  #clipped(word: string): string[] | undefined {
    const first = /^(\p{L}{3,})nets?$/u.exec(word)?.[1]
    return first === undefined
      ? undefined
      : this.#mostTogether([[this.completions(first, 24), ['network', 'networks']]])
  }

  #mostTogether(choices: readonly (readonly [readonly string[], readonly string[]])[]): string[] | undefined {
    let best: string[] | undefined
    let most = 0
    for (const [lefts, rights] of choices) {
      for (const left of lefts) {
        for (const right of rights) {
          const together = this.#together(left, right)
          if (together > most) {
            most = together
            best = [left, right]
          }
        }
      }
    }
    return best
  }

  #together(left: string, right: string): number {
    const l = this.#termOf(left)
    const r = this.#termOf(right)
    return l === undefined || r === undefined ? 0 : this.#pairs.of(l, r)
  }

  #termOf(word: string): number | undefined {
    const id = this.#vocabulary.wordId(word)
    const term = id === undefined ? stopTerm : (this.#vocabulary.termOf[id] ?? stopTerm)
    return term === stopTerm ? undefined : term
  }
}

const candidate = (typed: string, word: string, id: number): Candidate => ({
  word,
  id,
  cost: editCost(typed, word),
})

/** Possible splits of a word: two letters or more on either side, or where digits begin or end. */
function cuts(word: string): [string, string][] {
  const found: [string, string][] = []
  for (let at = 1; at < word.length; at++) {
    const left = word.slice(0, at)
    const right = word.slice(at)
    const digits = /\d$/.test(left) !== /^\d/.test(right)
    if (digits || (left.length > 1 && right.length > 1)) found.push([left, right])
  }
  return found
}

interface CostLimits {
  readonly withoutContext: number
  /** For candidates that occur beside the same words somewhere in the papers. */
  readonly withContext: number
}

/**
 * Highest edit cost of a correction. A regular-looking word may simply be absent from these papers, so without
 * further evidence only the most common edits are corrected; short words are too close to each other for more.
 */
function costLimits({ length }: string, looksRegular: boolean): CostLimits {
  if (length < 5) return { withoutContext: 0.7, withContext: 0.8 }
  if (length < 7) return { withoutContext: looksRegular ? 0.7 : 0.8, withContext: length < 6 ? 0.9 : 1.3 }
  if (length < 8) return { withoutContext: 0.8, withContext: 1.3 }
  if (length < 10) return { withoutContext: looksRegular ? 0.8 : 1.3, withContext: 1.9 }
  return { withoutContext: looksRegular ? 0.9 : 1.9, withContext: 1.9 }
}
