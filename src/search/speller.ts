import SearchableMap from 'minisearch/SearchableMap'
import { slipCost } from './edits.ts'
import type { PairCounts } from './pair-counts.ts'
import { Slices } from './slices.ts'
import { stopTerm, type Vocabulary } from './vocabulary.ts'

/** The terms beside a word in the text, where known: what it stands next to tells candidates apart. */
export interface Surroundings {
  readonly before: number | undefined
  readonly after: number | undefined
}

const alone: Surroundings = { before: undefined, after: undefined }
const wordsPerSlice = 8_000
const lettersOnly = /^\p{L}+$/u

/** Corrects words that the papers do not know to words that they do, and to no others. */
export class Speller {
  readonly #vocabulary: Vocabulary
  readonly #pairs: PairCounts
  /** MiniSearch's radix tree: looks up every word within an edit distance, and by prefix. */
  readonly #tree: SearchableMap<number>

  private constructor(vocabulary: Vocabulary, pairs: PairCounts, tree: SearchableMap<number>) {
    this.#vocabulary = vocabulary
    this.#pairs = pairs
    this.#tree = tree
  }

  static async over(vocabulary: Vocabulary, pairs: PairCounts): Promise<Speller> {
    const slices = new Slices(wordsPerSlice)
    const tree = new SearchableMap<number>()
    for (const [id, word] of vocabulary.words.entries()) {
      tree.set(word, id)
      if (slices.spent(1)) await slices.pause()
    }
    return new Speller(vocabulary, pairs, tree)
  }

  /** The word or two words meant by an unknown one in normal form; undefined when nothing is near enough. */
  correct(word: string, around: Surroundings = alone): readonly string[] | undefined {
    if (word.length > longestCorrected) return undefined
    const split = this.#split(word)
    const near = lettersOnly.test(word) ? this.#candidates(word, mostSlips(word), around)[0] : undefined
    if (split !== undefined && (near === undefined || near.slips >= 1)) return split
    return near === undefined ? undefined : [near.word]
  }

  /** Known words close to an unknown one, best first, from further away than a correction may come. */
  near(word: string, limit: number): string[] {
    if (word.length > longestCorrected || word.length < 2) return []
    const close = this.#candidates(word, Math.max(1, Math.min(2.2, word.length / 2.5)), alone)
    const words = close.map(candidate => candidate.word)
    return [...new Set([...words, ...this.completions(word.slice(0, Math.max(3, word.length - 2)), limit)])]
      .filter(found => this.#isContent(found))
      .slice(0, limit)
  }

  /** Known words that begin so, the most used first. */
  completions(prefix: string, limit: number): string[] {
    const { counts, words } = this.#vocabulary
    const ids = prefix === '' ? [] : [...this.#tree.atPrefix(prefix).values()]
    return ids
      .sort((x, y) => (counts[y] ?? 0) - (counts[x] ?? 0) || x - y)
      .slice(0, limit)
      .map(id => words[id] ?? '')
  }

  #isContent(word: string): boolean {
    const id = this.#vocabulary.wordId(word)
    return id !== undefined && this.#vocabulary.termOf[id] !== stopTerm
  }

  #candidates(word: string, most: number, around: Surroundings): { word: string; slips: number }[] {
    const distance = word.length < 4 || most < 1 ? 1 : 2
    return [...this.#tree.fuzzyGet(word, distance).entries()]
      .map(([found, [id]]) => ({ word: found, id, slips: slipCost(word, found) }))
      .filter(({ word: found, slips }) => slips <= most && found !== word && lettersOnly.test(found))
      .map(one => ({ ...one, worth: this.#worth(one.id, around) - one.slips * slipWeight }))
      .sort((x, y) => y.worth - x.worth || x.id - y.id)
  }

  /** A word is the likelier meant the more it is used, and the more it is used beside these words. */
  #worth(id: number, { before, after }: Surroundings): number {
    const term = this.#vocabulary.termOf[id] ?? stopTerm
    const used = Math.log(1 + (this.#vocabulary.counts[id] ?? 0))
    if (term === stopTerm) return used
    const beside =
      (before === undefined ? 0 : this.#pairs.of(before, term)) +
      (after === undefined ? 0 : this.#pairs.of(term, after))
    return used + besideWeight * Math.log(1 + beside)
  }

  /** Two known words written as one: `keyvalue`, `gpt4`. They must stand side by side somewhere. */
  #split(word: string): string[] | undefined {
    let best: string[] | undefined
    let most = 0
    for (let at = 1; at < word.length; at++) {
      const parts = [word.slice(0, at), word.slice(at)]
      const [left, right] = parts.map(part => this.#termOf(part))
      if (left === undefined || right === undefined) continue
      const together = this.#pairs.of(left, right)
      if (together > most) {
        most = together
        best = parts
      }
    }
    return best
  }

  #termOf(word: string): number | undefined {
    const id = this.#vocabulary.wordId(word)
    const term = id === undefined ? stopTerm : (this.#vocabulary.termOf[id] ?? stopTerm)
    return term === stopTerm ? undefined : term
  }
}

const longestCorrected = 40
/** One ordinary slip must be made up for by a word e^4 = 55 times as frequent. */
const slipWeight = 4
const besideWeight = 1.5

/** The cost of slips that a word of this length may hold; short words are too close to each other for more. */
function mostSlips(word: string): number {
  if (word.length < 4) return 0
  if (word.length < 5) return 0.7
  if (word.length < 6) return 0.9
  return word.length < 8 ? 1.5 : 2.2
}
