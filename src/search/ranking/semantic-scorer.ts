import type { SyncEmbedder } from '../embedding/port.ts'
import type { Neighbour, VectorIndex } from '../embedding/vector-index.ts'

/** Papers nearest in meaning that join the candidates found by words. */
const mostNeighbours = 30
/** Papers less like a text than this are not near it. */
const leastNeighbour = 0.2
/** What a cosine counts for beside a lexical score, for each unit that the best lexical score lacks. */
const weightPerGap = 8
/** A best lexical score from here on says that the words fit well: meaning counts for nothing. */
const goodScore = 2.2

/** Says how near papers are to texts in meaning, and how much that counts beside how well words fit. */
export class SemanticScorer {
  readonly #embedder: SyncEmbedder
  readonly #vectors: VectorIndex

  constructor(embedder: SyncEmbedder, vectors: VectorIndex) {
    this.#embedder = embedder
    this.#vectors = vectors
  }

  /** A text's unit vector; undefined where no part of it is known. */
  vectorOf(text: string): Float32Array | undefined {
    const vector = this.#embedder.embed([text])
    return vector.some(value => value !== 0) ? vector : undefined
  }

  vectorOfPaper(doc: number): Float32Array {
    return this.#vectors.vectorOf(doc)
  }

  /** -1 to 1. */
  likeness(vector: Float32Array, doc: number): number {
    return this.#vectors.likeness(vector, doc)
  }

  /** The papers nearest to a vector, best first. */
  nearest(vector: Float32Array, limit = mostNeighbours, least = leastNeighbour): Neighbour[] {
    return this.#vectors.nearest(vector, limit, least)
  }
}

/**
 * A gated sum: the worse the words of the best paper fit, the more meaning counts, so that names, keywords and typos,
 * whose words fit, keep their order.
 */
export function semanticWeight(bestLexical: number): number {
  return weightPerGap * Math.max(0, goodScore - bestLexical)
}
