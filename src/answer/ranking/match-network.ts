import { LRUCache } from 'lru-cache'
import type { Token } from '../../search/analysis/analyze.ts'
import { dot } from '../../search/embedding/unit-vector.ts'
import type { WordMatcher } from '../../search/embedding/word-matcher.ts'
import type { AnalyzedPaper, AnalyzedSentence } from '../analyzed-paper.ts'
import { oncePer } from '../once-per.ts'
import { kindNames } from '../question/kinds.ts'
import type { Question } from '../question.ts'
import stored from './match-network.json' with { type: 'json' }
import { hasMeaning, type MeaningQuestion } from './nearness.ts'

/** Weights of the network; matrices row by row, a row for each input, `size` columns. */
export interface MatchNetworkWeights {
  /** Units of each layer. */
  readonly size: number
  /** From a word's vector. */
  readonly words: readonly number[]
  readonly question: {
    /** From a token's units and whether it is a stop word, for the token before, itself and the one after. */
    readonly window: readonly number[]
    readonly bias: readonly number[]
    readonly attention: readonly number[]
    /** A row for each kind of question, in the order of `kindNames`, and one for a question to several papers. */
    readonly kinds: readonly number[]
  }
  readonly sentence: {
    readonly window: readonly number[]
    readonly bias: readonly number[]
    /** A row each for how far down the abstract it stands, being first, being last, and its number of words. */
    readonly place: readonly number[]
  }
  /** From the question's units to those that a sentence's are compared with. */
  readonly bilinear: readonly number[]
}

/** So many words of a question, and of a sentence, are read. */
const mostAsked = 24
const mostRead = 44
/** Words whose units are kept; 128 bytes each at 32 units. */
const mostKept = 8192
/** Words of a sentence are counted in this unit. */
const manyWords = 30
/** What the greatest value among the tokens counts for beside their mean. */
const greatestCounts = 0.5

/**
 * Scores how well a sentence does what a question asks for, as far as that can be learned from labelled questions over
 * many fields (tools/answers): what named features do not say. Question and sentence are read apart by a convolution
 * over three tokens' vectors; the question's tokens are summed by attention (Bahdanau et al. 2015), the sentence's by
 * mean and maximum, and a bilinear form compares the two. A sentence is read once, whatever is asked of it.
 */
export class MatchNetwork {
  readonly #readerOf: (meaning: WordMatcher) => Reader

  constructor(weights: MatchNetworkWeights) {
    this.#readerOf = oncePer(meaning => new Reader(weights, meaning))
  }

  /** A score for each sentence, in the abstract's order, their mean 0; zeros without an embedder. */
  scores(question: Question, paper: AnalyzedPaper): number[] {
    if (!hasMeaning(question)) return paper.sentences.map(() => 0)
    const reader = this.#readerOf(question.meaning)
    const asked = reader.question(question)
    const scores = reader.sentences(paper).map(said => dot(asked, said))
    const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length)
    return scores.map(score => score - mean)
  }
}

export const matchNetwork = new MatchNetwork(stored)

/** Reads questions and sentences with the vectors of one embedder. */
class Reader {
  readonly #weights: MatchNetworkWeights
  readonly #meaning: WordMatcher
  readonly #units = new LRUCache<string, Float32Array>({ max: mostKept })

  constructor(weights: MatchNetworkWeights, meaning: WordMatcher) {
    this.#weights = weights
    this.#meaning = meaning
  }

  /** The question's units, ready to be compared with a sentence's. */
  readonly question = oncePer(({ tokens, kinds, ofSeveral }: MeaningQuestion): Float32Array => {
    const { size, question, bilinear } = this.#weights
    const read = this.#convolved(tokens.slice(0, mostAsked), question)
    const attention = Float32Array.from(question.attention)
    const odds = read.map(units => dot(units, attention))
    const most = Math.max(...odds)
    const shares = odds.map(one => Math.exp(one - most))
    const all = shares.reduce((sum, share) => sum + share, 0)
    const units = new Float32Array(size)
    for (const [i, one] of read.entries()) addScaled(units, one, 0, (shares[i] ?? 0) / all)
    for (const [row, kind] of kindNames.entries())
      addScaled(units, question.kinds, row * size, Number(kinds[kind]))
    addScaled(units, question.kinds, kindNames.length * size, Number(ofSeveral ?? false))
    return times(units, bilinear, size)
  })

  readonly sentences = oncePer(({ sentences }: AnalyzedPaper): readonly Float32Array[] =>
    sentences.map((sentence, i) => this.#sentence(sentence, i, sentences.length - 1)),
  )

  #sentence({ tokens }: AnalyzedSentence, index: number, last: number): Float32Array {
    const { size, sentence } = this.#weights
    const read = this.#convolved(tokens.slice(0, mostRead), sentence)
    const units = new Float32Array(size)
    for (const one of read) addScaled(units, one, 0, 1 / (read.length + 1))
    if (read.length > 0)
      for (let i = 0; i < size; i++)
        units[i] = (units[i] as number) + greatestCounts * Math.max(...read.map(one => one[i] as number))
    const place = [
      index / Math.max(1, last),
      Number(index === 0),
      Number(index === last),
      tokens.length / manyWords,
    ]
    for (const [row, value] of place.entries()) addScaled(units, sentence.place, row * size, value)
    return units
  }

  /** The units of each token with its neighbours. */
  #convolved(
    tokens: readonly Token[],
    { window, bias }: { readonly window: readonly number[]; readonly bias: readonly number[] },
  ): Float32Array[] {
    const { size } = this.#weights
    const words = tokens.map(({ word }) => this.#wordUnits(word))
    return tokens.map((_, at) => {
      const units = Float32Array.from(bias)
      for (let tap = 0; tap < 3; tap++) {
        const token = tokens[at + tap - 1]
        const own = words[at + tap - 1]
        if (token === undefined || own === undefined) continue
        const from = tap * (size + 1)
        for (const [i, value] of own.entries()) addScaled(units, window, (from + i) * size, value)
        if (token.stop) addScaled(units, window, (from + size) * size, 1)
      }
      return units.map(gelu)
    })
  }

  #wordUnits(word: string): Float32Array {
    const known = this.#units.get(word)
    if (known !== undefined) return known
    const units = times(this.#meaning.vectorOf(word), this.#weights.words, this.#weights.size)
    this.#units.set(word, units)
    return units
  }
}

/** Adds a row of a matrix, times `factor`. */
function addScaled(sum: Float32Array, rows: ArrayLike<number>, offset: number, factor: number): void {
  if (factor === 0) return
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + factor * (rows[offset + i] as number)
}

/** A vector times a matrix of `columns` columns. */
function times(vector: Float32Array, matrix: readonly number[], columns: number): Float32Array {
  const product = new Float32Array(columns)
  for (const [row, value] of vector.entries()) addScaled(product, matrix, row * columns, value)
  return product
}

/** Gaussian error linear unit, by its usual approximation (Hendrycks and Gimpel 2016). */
const gelu = (x: number): number =>
  0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))
