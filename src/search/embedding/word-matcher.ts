import { LRUCache } from 'lru-cache'
import type { SyncEmbedder } from './port.ts'
import { dot } from './unit-vector.ts'

/** So many words of a text are read. */
const mostWords = 200
/** Words whose vectors are kept; 1 KB each at 256 dimensions. */
const mostKept = 8192
/** Asked words whose cosines to all those are kept; 64 KB each. */
const mostAsked = 32

/**
 * Matches words by meaning: how near each word of a question comes to a word of a sentence. Keeps the vectors and the
 * cosines of the words it met last, so that one question over many sentences compares each two words once.
 *
 * @example
 * const words = new WordMatcher(embedder)
 * words.nearness(['shrink', 'cache'], ['we', 'compress', 'the', 'cache']) // [0.4, 1], say
 */
export class WordMatcher {
  readonly #embedder: SyncEmbedder
  /** Positions of the words in `#vectors` and in the rows of cosines. */
  readonly #positions = new Map<string, number>()
  readonly #vectors: Float32Array[] = []
  /** By asked word: its cosine to each word, NaN where they have not been compared. */
  readonly #cosines = new LRUCache<string, Float64Array>({ max: mostAsked })

  readonly #weights = new LRUCache<string, number>({ max: mostKept })

  constructor(embedder: SyncEmbedder) {
    this.#embedder = embedder
  }

  /**
   * For each of `asked`, 0 to 1: 1 where the sentence holds the word, else the square of the cosine of the nearest of
   * its words, which leaves little of what any two words have in common.
   */
  nearness(asked: readonly string[], sentence: readonly string[]): number[] {
    const theirs = new Set(sentence.slice(0, mostWords))
    if (this.#positions.size + theirs.size + mostWords > mostKept) this.#forget()
    const positions = [...theirs].map(word => this.#position(word))
    // More words than there are rows would push each other's out before the next sentence comes.
    const isKept = asked.length <= mostAsked
    return asked
      .slice(0, mostWords)
      .map(word =>
        theirs.has(word) ? 1 : this.#nearest(word, positions, isKept ? this.#row(word) : undefined),
      )
  }

  /** How much a word says by itself; see `SyncEmbedder.weight`. */
  weightOf(word: string): number {
    const known = this.#weights.get(word)
    if (known !== undefined) return known
    const weight = this.#embedder.weight(word)
    this.#weights.set(word, weight)
    return weight
  }

  /** See `SyncEmbedder.knows`. */
  knows(word: string): boolean {
    return this.#embedder.knows(word)
  }

  /** A text's unit vector; zeros where nothing of it is known. */
  vectorOf(text: string): Float32Array {
    return this.#embedder.embed([text])
  }

  /** @param cosines of the word to those at the positions, as far as they are known: kept up to date */
  #nearest(word: string, positions: readonly number[], cosines: Float64Array | undefined): number {
    const vector = this.#vectors[this.#position(word)] as Float32Array
    let most = 0
    for (const at of positions) {
      let cosine = cosines?.[at] ?? Number.NaN
      if (Number.isNaN(cosine)) {
        cosine = dot(vector, this.#vectors[at] as Float32Array)
        if (cosines !== undefined) cosines[at] = cosine
      }
      if (cosine > most) most = cosine
    }
    return Math.min(1, most * most)
  }

  #row(word: string): Float64Array {
    const known = this.#cosines.get(word)
    if (known !== undefined) return known
    const row = new Float64Array(mostKept).fill(Number.NaN)
    this.#cosines.set(word, row)
    return row
  }

  #position(word: string): number {
    const known = this.#positions.get(word)
    if (known !== undefined) return known
    const at = this.#vectors.push(this.#embedder.embed([word])) - 1
    this.#positions.set(word, at)
    return at
  }

  #forget(): void {
    this.#positions.clear()
    this.#vectors.length = 0
    this.#cosines.clear()
  }
}
