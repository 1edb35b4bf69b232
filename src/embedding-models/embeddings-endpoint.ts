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
/** Abstracts have some 1,500 characters; small models read 256 to 512 tokens. */
const mostCharacters = 2000
/** A text that is refused as too long is cut in half again and again, but not below so many characters. */
const fewestCharacters = 200
export const batchSize = 32
const mostDimensions = 4096
/** A batch at the most dimensions, some 25 bytes a number. */
const mostBytes = batchSize * mostDimensions * 25
const mostRefusalBytes = 64_000

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
 * a local one too. A request that fails is not repeated here: every fault is an EmbedderError within `timeout` milliseconds. But
 * many refuse a whole batch for one text that is too long for the model: that one is found and cut.
 */
export function embeddingsEndpoint(endpoint: Endpoint, timeout: number = usualTimeout): ModelEmbedder {
  const url = addressOf(endpoint.url, 'embeddings')
  let dimensions: number | undefined

  /** @returns undefined where one of them is too long */
  const asked = async (
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<Float32Array[] | undefined> => {
    const response = await post(url, endpoint, { input: texts, encoding_format: 'float' }, signal)
    if (!response.ok) {
      if ((await isTooLong(response)) && canBeCut(texts)) return undefined
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

  const batch = async (
    texts: readonly string[],
    caller: AbortSignal | undefined,
  ): Promise<Float32Array[]> => {
    const late = AbortSignal.timeout(timeout)
    const signal = caller === undefined ? late : AbortSignal.any([caller, late])
    const vectors = await asked(texts, signal).catch((error: unknown) => {
      throw problemOf(error, signal)
    })
    if (vectors !== undefined) return vectors
    const [text = ''] = texts
    const half = Math.ceil(texts.length / 2)
    if (texts.length > 1)
      return [...(await batch(texts.slice(0, half), caller)), ...(await batch(texts.slice(half), caller))]
    return batch([text.slice(0, text.length / 2).toWellFormed()], caller)
  }

  return {
    name: `${endpoint.url} ${endpoint.model}`,
    batch: batchSize,
    async embed(texts, caller) {
      const vectors: Float32Array[] = []
      for (let at = 0; at < texts.length; at += batchSize)
        vectors.push(...(await batch(texts.slice(at, at + batchSize).map(asSent), caller)))
      return vectors
    },
    async close() {},
  }
}

/** An empty text is refused by some endpoints. */
const asSent = (text: string): string => text.slice(0, mostCharacters).toWellFormed().trim() || '-'

const canBeCut = (texts: readonly string[]): boolean =>
  texts.length > 1 || texts.some(({ length }) => length > fewestCharacters)

/** In the words of TEI, vLLM, Ollama and OpenAI; llama.cpp takes it for a fault of its own. Leaves nothing of the body. */
async function isTooLong(response: Response): Promise<boolean> {
  if (![400, 413, 422, 500].includes(response.status)) {
    await response.body?.cancel()
    return false
  }
  const told = (await boundedText(response, mostRefusalBytes)) ?? ''
  return /token|too (?:large|long|many)|length/iu.test(told)
}

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
