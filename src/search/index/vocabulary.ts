import { normal } from '../analysis/normalize.ts'
import { stem } from '../analysis/stem.ts'
import { stopWords } from '../analysis/stop-words.ts'
import { ShardedMap } from './sharded-map.ts'
import { type StringArrays, StringTable, stringArraysOf } from './string-table.ts'

export const stopTerm = -1

export interface VocabularyArrays {
  readonly words: StringArrays
  readonly terms: StringArrays
  /** The term of each word, or `stopTerm`. */
  readonly termOf: Int32Array
  /** How often each word occurred. */
  readonly counts: Uint32Array
}

/** Texts by number, and numbers by text. */
export type Strings = Pick<StringTable, 'size' | 'at' | 'idOf'>

/** Words in normal form and their terms, both numbered in order of first occurrence. */
export class Vocabulary {
  readonly words: Strings
  readonly terms: Strings
  /** The term of each word, or `stopTerm`. */
  readonly termOf: Int32Array
  /** How often each word occurred. */
  readonly counts: Uint32Array

  constructor({ words, terms, termOf, counts }: VocabularyArrays) {
    this.words = new StringTable(words)
    this.terms = new StringTable(terms)
    this.termOf = termOf
    this.counts = counts
  }

  /** The id of a known word in normal form, else undefined. */
  wordId(word: string): number | undefined {
    return this.words.idOf(word)
  }

  /** The id of a term, else undefined. */
  termId(term: string): number | undefined {
    return this.terms.idOf(term)
  }

  /** How often a word in normal form occurred. */
  countOf(word: string): number {
    return this.counts[this.wordId(word) ?? -1] ?? 0
  }
}

const recentBits = 15
const recentWords = 1 << recentBits

function placeOf(text: string): number {
  const { length } = text
  const last = text.charCodeAt(length - 1) | 0
  const middle = text.charCodeAt(length >> 1) | 0
  const mixed =
    (text.charCodeAt(0) * 31 + (text.charCodeAt(1) | 0)) * 37 + middle * 1009 + last * 131 + length
  return Math.imul(mixed, 0x9e3779b1) >>> (32 - recentBits)
}

/** Meets the words of texts one after the other. */
export class VocabularyBuilder {
  readonly #words: string[] = []
  readonly #termOf: number[] = []
  readonly #counts: number[] = []
  readonly #terms: string[] = []
  readonly #wordIds = new ShardedMap()
  readonly #termIds = new ShardedMap()
  /** A direct-mapped cache of recent words as they occur in texts, with their ids. */
  readonly #recent = new Array<string>(recentWords).fill('')
  readonly #recentIds = new Uint32Array(recentWords)

  done(): VocabularyArrays {
    return {
      words: stringArraysOf(this.#words),
      terms: stringArraysOf(this.#terms),
      termOf: Int32Array.from(this.#termOf),
      counts: Uint32Array.from(this.#counts),
    }
  }

  /** Counts one more occurrence of a word in normal form. Returns its term's id, or `stopTerm`. */
  meet(word: string): number {
    return this.#again(this.#idOf(word))
  }

  /** As `meet`, for a word as it occurs in a text. */
  meetText(text: string): number {
    const place = placeOf(text)
    // A few words make up most of any text: this check spares them hashing the whole word and a large map.
    if (this.#recent[place] === text) return this.#again(this.#recentIds[place] as number)
    const id = this.#wordIds.get(text) ?? this.#idOf(normal(text))
    this.#recent[place] = text
    this.#recentIds[place] = id
    return this.#again(id)
  }

  #idOf(word: string): number {
    return this.#wordIds.get(word) ?? this.#first(word)
  }

  #first(word: string): number {
    const id = this.#words.length
    this.#wordIds.set(word, id)
    this.#words.push(word)
    this.#termOf.push(stopWords.has(word) || word === '' ? stopTerm : this.#meetTerm(stem(word)))
    this.#counts.push(0)
    return id
  }

  #again(word: number): number {
    this.#counts[word] = (this.#counts[word] as number) + 1
    return this.#termOf[word] as number
  }

  #meetTerm(term: string): number {
    const known = this.#termIds.get(term)
    if (known !== undefined) return known
    this.#termIds.set(term, this.#terms.length)
    return this.#terms.push(term) - 1
  }
}
