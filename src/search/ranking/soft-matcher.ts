import { tokenize } from '../analysis/analyze.ts'
import type { SyncEmbedder } from '../embedding/port.ts'
import { dotInt8, normalize, quantize } from '../embedding/unit-vector.ts'
import { gap, idfOf, type Postings } from '../index/postings.ts'
import { stopTerm, type Vocabulary } from '../index/vocabulary.ts'

/** A word of a query. */
interface AskedWord {
  readonly vector: Float32Array
  /** Inverse document frequency: words that no paper contains weigh most, and are what paraphrases are made of. */
  readonly weight: number
}

/** So many words of a query count. */
const mostWords = 24
/** Values of a word's vector that are compared: the table's axes fall in variance, and the first ones say enough. */
const mostDimensions = 64
/** Terms whose vectors are kept, 64 bytes each. */
const mostKept = 65_536
const firstKept = 4_096

/**
 * Soft term matching: how near each word of a query comes to the nearest word of a paper, by the static vectors of
 * words (the maximum similarity of Khattab and Zaharia 2020, without a network). A paper is found by it though it says
 * everything in other words, also where those words make up a small part of its abstract.
 */
export class SoftMatcher {
  readonly #embedder: SyncEmbedder
  readonly #vocabulary: Vocabulary
  readonly #index: Postings
  /** By term, the row of its vector; -1 for terms of which nothing is known. */
  readonly #rowOf = new Map<number, number>()
  #rows = new Int8Array(0)
  #kept = 0
  #scales = new Float32Array(0)

  constructor(embedder: SyncEmbedder, vocabulary: Vocabulary, index: Postings) {
    this.#embedder = embedder
    this.#vocabulary = vocabulary
    this.#index = index
  }

  /** For each paper, 0 to 1: the mean cosine of the query's words to their nearest ones, weighted by idf. */
  read(query: string, papers: readonly number[]): number[] {
    const asked = this.#asked(query)
    const total = asked.reduce((sum, { weight }) => sum + weight, 0)
    if (total === 0) return papers.map(() => 0)
    const near = new Map<number, Float32Array>()
    return papers.map(paper => this.#read(paper, asked, near) / total)
  }

  #asked(query: string): AskedWord[] {
    const words = new Map(
      tokenize(query).flatMap(({ word, term, stop }) => (stop ? [] : [[word, term] as const])),
    )
    return [...words].slice(0, mostWords).flatMap(([word, term]) => {
      const vector = this.#embed(word)
      const weight = idfOf(this.#index, this.#vocabulary.termId(term))
      return vector === undefined ? [] : [{ vector, weight }]
    })
  }

  /** @param near by term, its cosine to each asked word: filled as terms are met */
  #read(paper: number, asked: readonly AskedWord[], near: Map<number, Float32Array>): number {
    const { from, sequence } = this.#index
    const best = new Float32Array(asked.length)
    const end = from[paper + 1] as number
    for (let at = from[paper] as number; at < end; at++) {
      const term = sequence[at] as number
      if (term === gap) continue
      const cosines = near.get(term) ?? this.#cosines(term, asked)
      near.set(term, cosines)
      for (let i = 0; i < best.length; i++)
        if ((cosines[i] as number) > (best[i] as number)) best[i] = cosines[i] as number
    }
    return asked.reduce((sum, { weight }, i) => sum + weight * (best[i] as number), 0)
  }

  #cosines(term: number, asked: readonly AskedWord[]): Float32Array {
    const cosines = new Float32Array(asked.length)
    const row = this.#rowOf.get(term) ?? this.#keep(term)
    if (row < 0) return cosines
    const scale = this.#scales[row] as number
    for (const [i, { vector }] of asked.entries())
      cosines[i] = scale * dotInt8(vector, this.#rows, row * mostDimensions)
    return cosines
  }

  /** @returns the row that the term's vector is in from now on */
  #keep(term: number): number {
    if (this.#rowOf.size >= mostKept) {
      this.#rowOf.clear()
      this.#kept = 0
    }
    const vector = this.#embed(this.#wordOf(term))
    const row = vector === undefined ? -1 : this.#kept++
    this.#rowOf.set(term, row)
    if (vector === undefined) return row
    if (row >= this.#scales.length) this.#grow()
    this.#scales[row] = quantize(vector, this.#rows, row * mostDimensions)
    return row
  }

  #grow(): void {
    const rows = new Int8Array(Math.max(firstKept * mostDimensions, 2 * this.#rows.length))
    rows.set(this.#rows)
    const scales = new Float32Array(rows.length / mostDimensions)
    scales.set(this.#scales)
    this.#rows = rows
    this.#scales = scales
  }

  #embed(word: string): Float32Array | undefined {
    const vector = normalize(this.#embedder.embed([word]).slice(0, mostDimensions))
    return vector.some(value => value !== 0) ? vector : undefined
  }

  /** The word that a term is most often written as. */
  #wordOf(term: number): string {
    const word = mostFrequentWords(this.#vocabulary)[term] ?? -1
    return word < 0 ? this.#vocabulary.terms.at(term) : this.#vocabulary.words.at(word)
  }
}

/** By the vocabulary's `termOf`, which all searches over one collection share. */
const frequentWords = new WeakMap<Int32Array, Int32Array>()

/** By term, the id of its most frequent word; -1 for terms that are no word's. */
function mostFrequentWords({ terms, termOf, counts }: Vocabulary): Int32Array {
  const known = frequentWords.get(termOf)
  if (known !== undefined) return known
  const words = new Int32Array(terms.size).fill(-1)
  termOf.forEach((term, word) => {
    if (term === stopTerm) return
    const other = words[term] as number
    if (other < 0 || (counts[word] as number) > (counts[other] as number)) words[term] = word
  })
  frequentWords.set(termOf, words)
  return words
}
