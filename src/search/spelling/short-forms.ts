import type { Adjacency } from '../index/adjacency.ts'
import { stopTerm, type Vocabulary } from '../index/vocabulary.ts'
import { type Context, cooccurrencesOf, longestWord } from './context.ts'
import type { SortedWords } from './sorted-words.ts'

/** Letters of a word cut short, beside known words and by itself, and those that it lacks at least. */
const shortest = { beside: 4, alone: 5 }
const leastLeftOut = 3
/** By itself it stands for a word that makes up so much of all that begin so. */
const leastOfAll = 0.5
/** Words that begin so which are looked through, the most frequent first. */
const mostBegun = 24
const lettersOnly = /^\p{L}+$/u

/** A known word that begins as the typed one. */
interface Longer {
  readonly word: string
  readonly term: number
  readonly count: number
}

/** Known words with a prefix, most frequent first. */
export function completionsOf(
  { counts, words }: Vocabulary,
  sorted: SortedWords,
  prefix: string,
  limit: number,
): string[] {
  const ids = prefix === '' || prefix.length > longestWord ? [] : [...sorted.withPrefix(prefix)]
  return ids
    .sort((x, y) => (counts[y] ?? 0) - (counts[x] ?? 0) || x - y)
    .slice(0, limit)
    .map(id => words.at(id))
}

/**
 * Words that people cut short: "hyperparams", "batch norm".
 *
 * @example
 * forms.alone('hyperparams') // 'hyperparameters'
 */
export class ShortForms {
  readonly #vocabulary: Vocabulary
  readonly #pairs: Adjacency
  readonly #sorted: SortedWords

  constructor(vocabulary: Vocabulary, pairs: Adjacency, sorted: SortedWords) {
    this.#vocabulary = vocabulary
    this.#pairs = pairs
    this.#sorted = sorted
  }

  /** The whole word by its neighbours: `normalization` for `norm` after `batch`. */
  beside(word: string, context: Context): string | undefined {
    if (context.before === undefined && context.after === undefined) return undefined
    return this.#begunBy(word)
      .map(one => ({ ...one, together: cooccurrencesOf(this.#pairs, one.term, context) }))
      .filter(({ together }) => together > 0)
      .sort((x, y) => y.together - x.together)[0]?.word
  }

  /** Without neighbours: the word that most of the words are which begin so, for one that nobody uses whole. */
  alone(word: string): string | undefined {
    const found = this.#begunBy(word)
    const [most] = found
    if (most === undefined || word.length < shortest.alone) return undefined
    const counted = (some: readonly Longer[]): number => some.reduce((sum, { count }) => sum + count, 0)
    const own = counted(found.filter(({ term }) => term === most.term))
    return own >= leastOfAll * counted(found) ? most.word : undefined
  }

  #begunBy(word: string): Longer[] {
    const beginning = word.length > shortest.beside ? word.replace(/s$/u, '') : word
    if (beginning.length < shortest.beside || !lettersOnly.test(beginning)) return []
    return completionsOf(this.#vocabulary, this.#sorted, beginning, mostBegun)
      .filter(({ length }) => length >= beginning.length + leastLeftOut)
      .flatMap(longer => {
        const id = this.#vocabulary.wordId(longer)
        const term = id === undefined ? stopTerm : (this.#vocabulary.termOf[id] ?? stopTerm)
        return term === stopTerm ? [] : [{ word: longer, term, count: this.#vocabulary.countOf(longer) }]
      })
  }
}
