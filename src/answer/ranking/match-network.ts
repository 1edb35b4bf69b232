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
/** Words whose part in a convolution is kept, of questions and of sentences; some 1.2 KB each. */
const mostKept = { asked: 512, said: 4096 } as const
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

type Rows = Float32Array

/** One side's convolution. A word's part in it depends on the word alone, so it is worked out once a word. */
class Convolution {
  readonly #size: number
  readonly #window: Rows
  readonly #bias: Rows
  /** For each tap, what a stop word adds. */
  readonly #stops: readonly Rows[]
  /** By word, what it adds as the one before, the one in the middle and the one after. */
  readonly #taps: LRUCache<string, readonly Rows[]>

  constructor(
    size: number,
    { window, bias }: { window: readonly number[]; bias: readonly number[] },
    max: number,
  ) {
    this.#taps = new LRUCache({ max })
    this.#size = size
    this.#window = Float32Array.from(window)
    this.#bias = Float32Array.from(bias)
    this.#stops = taps.map(tap => {
      const row = tap * (size + 1) + size
      return this.#window.subarray(row * size, (row + 1) * size)
    })
  }

  /** The units of each token with its neighbours. */
  read(tokens: readonly Token[], unitsOf: (word: string) => Rows): Rows[] {
    const words = tokens.map(({ word }) => this.#tapsOf(word, unitsOf))
    return tokens.map((_, at) => {
      const units = Float32Array.from(this.#bias)
      for (const tap of taps) {
        // The first tap belongs to the token before.
        const own = words[at + tap - 1]?.[tap]
        if (own === undefined) continue
        add(units, own)
        if (tokens[at + tap - 1]?.stop) add(units, this.#stops[tap] as Rows)
      }
      for (let i = 0; i < units.length; i++) units[i] = gelu(units[i] as number)
      return units
    })
  }

  #tapsOf(word: string, unitsOf: (word: string) => Rows): readonly Rows[] {
    const known = this.#taps.get(word)
    if (known !== undefined) return known
    const units = unitsOf(word)
    const found = taps.map(tap =>
      times(units, this.#window.subarray(tap * (this.#size + 1) * this.#size), this.#size),
    )
    this.#taps.set(word, found)
    return found
  }
}

const taps = [0, 1, 2] as const

/** Reads questions and sentences with the vectors of one embedder. */
class Reader {
  readonly #size: number
  readonly #meaning: WordMatcher
  readonly #words: Rows
  readonly #asked: Convolution
  readonly #said: Convolution
  readonly #attention: Rows
  readonly #kinds: Rows
  readonly #place: Rows
  readonly #bilinear: Rows

  constructor({ size, words, question, sentence, bilinear }: MatchNetworkWeights, meaning: WordMatcher) {
    this.#size = size
    this.#meaning = meaning
    this.#words = Float32Array.from(words)
    this.#asked = new Convolution(size, question, mostKept.asked)
    this.#said = new Convolution(size, sentence, mostKept.said)
    this.#attention = Float32Array.from(question.attention)
    this.#kinds = Float32Array.from(question.kinds)
    this.#place = Float32Array.from(sentence.place)
    this.#bilinear = Float32Array.from(bilinear)
  }

  readonly #unitsOf = (word: string): Rows => times(this.#meaning.vectorOf(word), this.#words, this.#size)

  /** The question's units, ready to be compared with a sentence's. */
  readonly question = oncePer(({ tokens, kinds, ofSeveral }: MeaningQuestion): Rows => {
    const read = this.#asked.read(tokens.slice(0, mostAsked), this.#unitsOf)
    const odds = read.map(units => dot(units, this.#attention))
    const most = Math.max(...odds)
    const shares = odds.map(one => Math.exp(one - most))
    const all = shares.reduce((sum, share) => sum + share, 0)
    const units = new Float32Array(this.#size)
    for (const [i, one] of read.entries()) addScaled(units, one, 0, (shares[i] ?? 0) / all)
    for (const [row, kind] of kindNames.entries()) this.#addRow(units, this.#kinds, row, Number(kinds[kind]))
    this.#addRow(units, this.#kinds, kindNames.length, Number(ofSeveral ?? false))
    return times(units, this.#bilinear, this.#size)
  })

  readonly sentences = oncePer(({ sentences }: AnalyzedPaper): readonly Rows[] =>
    sentences.map((sentence, i) => this.#sentence(sentence, i, sentences.length - 1)),
  )

  #sentence({ tokens }: AnalyzedSentence, index: number, last: number): Rows {
    const read = this.#said.read(tokens.slice(0, mostRead), this.#unitsOf)
    const units = new Float32Array(this.#size)
    const greatest = new Float32Array(this.#size).fill(read.length === 0 ? 0 : Number.NEGATIVE_INFINITY)
    for (const one of read)
      for (let i = 0; i < units.length; i++) {
        const value = one[i] as number
        units[i] = (units[i] as number) + value / (read.length + 1)
        if (value > (greatest[i] as number)) greatest[i] = value
      }
    addScaled(units, greatest, 0, greatestCounts)
    const place = [
      index / Math.max(1, last),
      Number(index === 0),
      Number(index === last),
      tokens.length / manyWords,
    ]
    for (const [row, value] of place.entries()) this.#addRow(units, this.#place, row, value)
    return units
  }

  #addRow(units: Rows, rows: Rows, row: number, factor: number): void {
    addScaled(units, rows, row * this.#size, factor)
  }
}

function add(sum: Rows, other: Rows): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (other[i] as number)
}

/** Adds a row of a matrix, times `factor`. */
function addScaled(sum: Rows, rows: Rows, offset: number, factor: number): void {
  if (factor === 0) return
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + factor * (rows[offset + i] as number)
}

/** A vector times a matrix of `columns` columns; rows beyond the vector's length are not read. */
function times(vector: Rows, matrix: Rows, columns: number): Rows {
  const product = new Float32Array(columns)
  for (let row = 0; row < vector.length; row++)
    addScaled(product, matrix, row * columns, vector[row] as number)
  return product
}

/** Gaussian error linear unit, by its usual approximation (Hendrycks and Gimpel 2016). */
const gelu = (x: number): number => 0.5 * x * (1 + Math.tanh(geluScale * (x + 0.044715 * x * x * x)))
const geluScale = Math.sqrt(2 / Math.PI)
