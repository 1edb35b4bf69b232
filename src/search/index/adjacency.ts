import type { BigramSketch } from './bigram-sketch.ts'
import type { Postings } from './postings.ts'

/** Most papers read to count one pair exactly; beyond that the sketch's estimate, which is never too low, is used. */
const mostRead = 200

/**
 * How often two terms are adjacent: the sketch rules pairs out quickly, the papers themselves confirm them, where all of
 * them are at hand.
 */
export class Adjacency {
  readonly #index: Postings
  readonly #sketch: BigramSketch

  constructor(index: Postings, sketch: BigramSketch) {
    this.#index = index
    this.#sketch = sketch
  }

  of(left: number, right: number): number {
    const about = this.#sketch.of(left, right)
    if (about === 0 || this.#index.holding !== undefined) return about
    const rarer = this.#holding(left).length < this.#holding(right).length ? left : right
    const docs = this.#holding(rarer)
    if (docs.length > mostRead) return about
    let count = 0
    for (const doc of docs) count += this.#inPaper(doc, left, right)
    return count
  }

  #holding(term: number): Uint32Array {
    const { docs, starts } = this.#index
    return docs.subarray(starts[term], starts[term + 1])
  }

  #inPaper(doc: number, left: number, right: number): number {
    const { from, sequence } = this.#index
    let count = 0
    const end = (from[doc + 1] ?? 0) - 1
    for (let at = from[doc] ?? 0; at < end; at++)
      if (sequence[at] === left && sequence[at + 1] === right) count++
    return count
  }
}
