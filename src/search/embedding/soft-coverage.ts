import type { SyncEmbedder } from './port.ts'
import { dot } from './unit-vector.ts'

/** A word of a question and how much it tells. */
export interface WeightedWord {
  readonly word: string
  /** Inverse document frequency, or any weight that is not negative. */
  readonly idf: number
}

/** So many words of a text are read. */
const mostWords = 200
const mostKept = 4096

/**
 * Matches words by meaning: each word of a question takes the nearest word of a sentence. Keeps the vectors of the
 * words it met last, so that one question over many sentences embeds each word once.
 *
 * @example
 * const soft = new SoftMatcher(embedder)
 * soft.coverage([{ word: 'shrink', idf: 4 }, { word: 'cache', idf: 3 }], ['we', 'compress', 'the', 'cache']) // 0.7, say
 */
export class SoftMatcher {
  readonly #embedder: SyncEmbedder
  readonly #vectors = new Map<string, Float32Array>()

  constructor(embedder: SyncEmbedder) {
    this.#embedder = embedder
  }

  /**
   * The share (0 to 1) of the question's weight that the sentence's words stand for: each word of the question counts
   * by the square of its nearest word's cosine, which leaves little of what any two words have. 0 where either has no words or no weight.
   */
  coverage(question: readonly WeightedWord[], sentence: readonly string[]): number {
    const theirs = new Set(sentence.slice(0, mostWords))
    const vectors = [...theirs].map(word => this.#vectorOf(word))
    let held = 0
    let all = 0
    for (const { word, idf } of question.slice(0, mostWords)) {
      all += idf
      held += idf * (theirs.has(word) ? 1 : nearness(this.#vectorOf(word), vectors))
    }
    return all === 0 ? 0 : held / all
  }

  #vectorOf(word: string): Float32Array {
    const known = this.#vectors.get(word)
    if (known !== undefined) return known
    if (this.#vectors.size >= mostKept) this.#vectors.clear()
    const vector = this.#embedder.embed([word])
    this.#vectors.set(word, vector)
    return vector
  }
}

function nearness(one: Float32Array, others: readonly Float32Array[]): number {
  const nearest = others.reduce((most, other) => Math.max(most, dot(one, other)), 0)
  return Math.min(1, nearest * nearest)
}
