import { LRUCache } from 'lru-cache'
import type { SyncEmbedder } from './port.ts'
import { dot } from './unit-vector.ts'

/** So many words of a text are read. */
const mostWords = 200
/** Words whose vectors are kept; 1 KB each at 256 dimensions. */
const mostKept = 8192

/**
 * Matches words by meaning: how near each word of a question comes to a word of a sentence. Keeps the vectors of the
 * words it met last, so that one question over many sentences embeds each word once.
 *
 * @example
 * const words = new WordMatcher(embedder)
 * words.nearness(['shrink', 'cache'], ['we', 'compress', 'the', 'cache']) // [0.4, 1], say
 */
export class WordMatcher {
  readonly #embedder: SyncEmbedder
  readonly #vectors: LRUCache<string, Float32Array>

  constructor(embedder: SyncEmbedder) {
    this.#embedder = embedder
    this.#vectors = new LRUCache({ max: mostKept, memoMethod: word => embedder.embed([word]) })
  }

  /**
   * For each of `asked`, 0 to 1: 1 where the sentence holds the word, else the square of the cosine of the nearest of
   * its words, which leaves little of what any two words have in common.
   */
  nearness(asked: readonly string[], sentence: readonly string[]): number[] {
    const theirs = new Set(sentence.slice(0, mostWords))
    const vectors = [...theirs].map(word => this.#vectors.memo(word))
    return asked
      .slice(0, mostWords)
      .map(word => (theirs.has(word) ? 1 : nearest(this.#vectors.memo(word), vectors)))
  }

  /** A text's unit vector; zeros where nothing of it is known. */
  vectorOf(text: string): Float32Array {
    return this.#embedder.embed([text])
  }
}

function nearest(one: Float32Array, others: readonly Float32Array[]): number {
  let most = 0
  for (const other of others) most = Math.max(most, dot(one, other))
  return Math.min(1, most * most)
}
