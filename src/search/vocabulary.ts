import { normal } from './normal.ts'
import { ShardedMap } from './sharded.ts'
import { stem } from './stem.ts'
import { stopWords } from './stop-words.ts'

export const stopTerm = -1

/** Words in normal form and the terms they are searched by, both numbered in order of first use. */
export class Vocabulary {
  readonly words: string[] = []
  /** The term of each word. */
  readonly termOf: number[] = []
  /** How often each word was met. */
  readonly counts: number[] = []
  readonly terms: string[] = []
  readonly #wordIds = new ShardedMap()
  readonly #termIds = new ShardedMap()

  /** The id of a word in normal form that was met, else undefined. */
  wordId(word: string): number | undefined {
    return this.#wordIds.get(word)
  }

  /** The id of a term, else undefined. */
  termId(term: string): number | undefined {
    return this.#termIds.get(term)
  }

  /** How often a word in normal form was met. */
  countOf(word: string): number {
    return this.counts[this.#wordIds.get(word) ?? -1] ?? 0
  }

  /** Notes one more use of a word in normal form. Returns its term's id, or `stopTerm`. */
  meet(word: string): number {
    const known = this.#wordIds.get(word)
    if (known !== undefined) return this.#again(known)
    const term = stopWords.has(word) || word === '' ? stopTerm : this.#meetTerm(stem(word))
    this.#wordIds.set(word, this.words.length)
    this.words.push(word)
    this.termOf.push(term)
    this.counts.push(1)
    return term
  }

  /** As `meet`, for a word as it stands in a text. */
  meetText(text: string): number {
    const known = this.#wordIds.get(text)
    return known === undefined ? this.meet(normal(text)) : this.#again(known)
  }

  #again(word: number): number {
    this.counts[word] = (this.counts[word] as number) + 1
    return this.termOf[word] as number
  }

  #meetTerm(term: string): number {
    const known = this.#termIds.get(term)
    if (known !== undefined) return known
    this.#termIds.set(term, this.terms.length)
    return this.terms.push(term) - 1
  }
}
