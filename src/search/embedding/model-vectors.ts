import { LRUCache } from 'lru-cache'
import type { Embedder } from './port.ts'
import type { VectorIndex } from './vector-index.ts'

/** Queries whose vectors are kept; 4 KB each at 1,000 dimensions. */
const mostQueries = 1000

/**
 * The vectors of a model that takes its time: empty until they have been computed, so that a search can begin without
 * them. A query counts by the model once `prepare` has got its vector; what is not prepared goes by the static table.
 */
export class ModelVectors {
  #papers: VectorIndex | undefined
  #embedder: Embedder | undefined
  readonly #queries = new LRUCache<string, Float32Array>({ max: mostQueries })

  /** From now on they are there: `papers` by `embedder`, in the order of the search's own. */
  use(embedder: Embedder, papers: VectorIndex): void {
    this.#embedder = embedder
    this.#papers = papers
    this.#queries.clear()
  }

  get papers(): VectorIndex | undefined {
    return this.#papers
  }

  /** Gets a query's vector, if it can be had; undefined: there is nothing to wait for. Never rejects. */
  prepare(query: string): Promise<void> | undefined {
    const embedder = this.#embedder
    if (embedder === undefined || this.#queries.has(query)) return undefined
    return this.#embed(query, embedder)
  }

  async #embed(query: string, embedder: Embedder): Promise<void> {
    try {
      const vector = await embedder.embed([query])
      if (embedder === this.#embedder && vector.some(value => value !== 0)) this.#queries.set(query, vector)
    } catch {
      // Whoever made the embedder logs its problems; the static table's vector counts.
    }
  }

  /** A prepared query's vector. */
  vectorOf(query: string): Float32Array | undefined {
    return this.#queries.get(query)
  }
}
