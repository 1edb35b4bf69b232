import { z } from 'zod'
import {
  addressOf,
  boundedText,
  type Endpoint,
  isBusy,
  jsonOf,
  post,
  retryAfterOf,
} from '../http-endpoint.ts'
import { normalize } from '../search/embedding/unit-vector.ts'
import { EmbedderError } from './embedder-error.ts'
import type { ModelEmbedder } from './port.ts'

/** How long a request may take, in milliseconds: a local model needs seconds for a batch of abstracts. */
const usualTimeout = 60_000
/** Abstracts have some 1,500 characters; small models read 256 to 512 tokens, and some refuse more. */
const mostCharacters = 2000
export const batchSize = 32
const mostDimensions = 4096
/** A batch at the most dimensions, some 25 bytes a number. */
const mostBytes = batchSize * mostDimensions * 25

const Embeddings = z.object({
  data: z
    .array(
      z.object({
        index: z.int().min(0).max(batchSize),
        embedding: z.array(z.number().refine(Number.isFinite)).min(2).max(mostDimensions),
      }),
    )
    .max(batchSize),
})

/**
 * A model behind any endpoint that speaks OpenAI's embeddings (<https://platform.openai.com/docs/api-reference/embeddings>),
 * a local one too. One request a batch, not repeated here: every fault is an EmbedderError within `timeout` milliseconds.
 */
export function embeddingsEndpoint(endpoint: Endpoint, timeout: number = usualTimeout): ModelEmbedder {
  const url = addressOf(endpoint.url, 'embeddings')
  let dimensions: number | undefined

  const batch = async (texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> => {
    const body = { input: texts.map(asSent), encoding_format: 'float' }
    const response = await post(url, endpoint, body, signal)
    if (!response.ok) {
      await response.body?.cancel()
      throw refused(response)
    }
    const text = await boundedText(response, mostBytes)
    if (text === undefined) throw new EmbedderError('wrong', 'it sent far too much')
    const vectors = vectorsIn(text, texts.length)
    for (const { length } of vectors) {
      dimensions ??= length
      if (length !== dimensions)
        throw new EmbedderError('wrong', `it gave ${length} values for a text and ${dimensions} for another`)
    }
    return vectors
  }

  return {
    name: `${endpoint.url} ${endpoint.model}`,
    batch: batchSize,
    async embed(texts, caller) {
      const vectors: Float32Array[] = []
      for (let at = 0; at < texts.length; at += batchSize) {
        const late = AbortSignal.timeout(timeout)
        const signal = caller === undefined ? late : AbortSignal.any([caller, late])
        vectors.push(
          ...(await batch(texts.slice(at, at + batchSize), signal).catch((error: unknown) => {
            throw problemOf(error, signal)
          })),
        )
      }
      return vectors
    },
    async close() {},
  }
}

/** An empty text is refused by some endpoints. */
const asSent = (text: string): string => text.slice(0, mostCharacters).trim() || '-'

function problemOf(error: unknown, signal: AbortSignal): EmbedderError {
  if (error instanceof EmbedderError) return error
  if (signal.aborted) return new EmbedderError('late', 'it did not answer in time')
  return new EmbedderError('broken', 'it cannot be reached, or its answer broke off', { cause: error })
}

function refused(response: Response): EmbedderError {
  const { status } = response
  if (isBusy(response))
    return new EmbedderError('busy', 'it is too busy', { status, retryAfter: retryAfterOf(response) })
  // What the client did wrong it does wrong again: a wrong key, model or address.
  const problem = status >= 400 && status < 500 && status !== 408 ? 'wrong' : 'broken'
  return new EmbedderError(problem, `it refused with status ${status}`, { status })
}

function vectorsIn(text: string, count: number): Float32Array[] {
  const { data: found } = Embeddings.safeParse(jsonOf(text))
  if (found === undefined) throw new EmbedderError('wrong', 'its answer holds no embeddings')
  const byIndex = new Map(found.data.map(({ index, embedding }) => [index, embedding]))
  return Array.from({ length: count }, (_, i) => {
    const values = byIndex.get(i)
    if (values === undefined || found.data.length !== count)
      throw new EmbedderError('wrong', `it gave ${found.data.length} vectors for ${count} texts`)
    return normalize(Float32Array.from(values))
  })
}
