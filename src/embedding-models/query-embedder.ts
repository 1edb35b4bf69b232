import type { Embedder } from '../search/embedding/port.ts'
import { EmbedderError } from './embedder-error.ts'
import type { ModelEmbedder } from './port.ts'

/** How long a query waits for its vector, in milliseconds: somebody waits for the reply, and the table is at hand. */
const queryTimeout = 1_500
/** Queries that are embedded at once: with more of them all would be late. */
const mostRunning = 8
/** How long a model is left alone that has failed, in milliseconds. */
const pauses = { usual: 15_000, most: 600_000 } as const

interface Options {
  readonly timeout?: number
  /** Monotonic, in ms. */
  readonly now?: () => number
}

/**
 * Embeds queries while somebody waits: in time or not at all, and a model that has just failed is not waited for.
 * @param onFailure told of each failure
 */
export function queryEmbedder(
  model: ModelEmbedder,
  dimensions: number,
  onFailure: (error: EmbedderError) => void,
  { timeout = queryTimeout, now = () => performance.now() }: Options = {},
): Embedder {
  let pausedUntil = 0
  let running = 0
  return {
    dimensions,
    async embed(texts) {
      if (now() < pausedUntil || running >= mostRunning)
        throw new EmbedderError('busy', 'it is left alone for now')
      running += 1
      try {
        const vectors = await model.embed(texts, AbortSignal.timeout(timeout))
        if (vectors.some(({ length }) => length !== dimensions))
          throw new EmbedderError('wrong', 'its vectors have another length than before')
        return concatenated(vectors, dimensions)
      } catch (thrown) {
        const error =
          thrown instanceof EmbedderError
            ? thrown
            : new EmbedderError('broken', 'it has failed', { cause: thrown })
        pausedUntil = now() + Math.min(pauses.most, error.retryAfter ?? pauses.usual)
        onFailure(error)
        throw error
      } finally {
        running -= 1
      }
    },
  }
}

function concatenated(vectors: readonly Float32Array[], dimensions: number): Float32Array {
  const rows = new Float32Array(vectors.length * dimensions)
  vectors.forEach((vector, i) => {
    rows.set(vector, i * dimensions)
  })
  return rows
}
