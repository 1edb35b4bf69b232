import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pRetry from 'p-retry'
import type { EmbeddingModelConfig } from '../config.ts'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { Log } from '../log.ts'
import type { ModelVectors } from '../search/embedding/model-vectors.ts'
import { embeddedText, VectorIndex } from '../search/embedding/vector-index.ts'
import type { Vectors } from '../store/vector-ports.ts'
import { EmbedderError } from './embedder-error.ts'
import { embeddingsEndpoint } from './embeddings-endpoint.ts'
import { openMiniLm } from './minilm.ts'
import type { ModelEmbedder } from './port.ts'
import { probe } from './probe.ts'
import { queryEmbedder } from './query-embedder.ts'
import { storedVectors } from './stored-vectors.ts'

export interface ModelSetup {
  readonly config: EmbeddingModelConfig
  /** In the search's order. */
  readonly papers: readonly Paper[]
  /** Where the model's vectors go once they are whole. */
  readonly into: ModelVectors
  readonly vectors: Vectors
  readonly log: Log
  readonly now?: () => number
  /** Delays between tries, in milliseconds: the first, and the longest. */
  readonly delays?: { readonly first: number; readonly most: number }
}

export interface RunningModel {
  /** Whether it is in use: settles once it is, or once it is given up. */
  readonly ready: Promise<boolean>
  close(): Promise<void>
}

/** Texts that are looked up in the store at once. */
const textsPerLook = 64
/** Vectors that nobody asked for so long are forgotten. */
const daysKept = 60
const usualDelays = { first: 1_000, most: 300_000 } as const

/**
 * Opens a model and embeds all papers with it while the bot runs on; from then on it says what texts mean. What passes
 * is tried again; what does not is one line of the log, and the built-in table goes on.
 */
export function startModel(setup: ModelSetup): RunningModel {
  const ended = new AbortController()
  let model: ModelEmbedder | undefined
  const run = async (): Promise<boolean> => {
    model = await openModel(setup.config)
    ended.signal.throwIfAborted()
    await use(model, setup, ended.signal)
    return true
  }
  const ready = run().catch(async (error: unknown) => {
    if (!ended.signal.aborted) setup.log.warn({ err: causeOf(error) }, givenUp(setup.config, error))
    await model?.close()
    return false
  })
  return {
    ready,
    async close() {
      ended.abort()
      await ready
      await model?.close()
    },
  }
}

async function openModel(config: EmbeddingModelConfig): Promise<ModelEmbedder> {
  if (config.kind === 'endpoint') return embeddingsEndpoint(config)
  return openMiniLm(config.folder, await nameOf(config.folder))
}

/** Another file is another model, whatever its name. */
async function nameOf(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const file of ['model.onnx', 'onnx/model.onnx', 'vocab.txt'])
    await pipeline(createReadStream(join(folder, file)), hash, { end: false }).catch(() => {})
  return `minilm ${hash.digest('base64url')}`
}

async function use(model: ModelEmbedder, setup: ModelSetup, signal: AbortSignal): Promise<void> {
  const { papers, into, vectors, log, now = Date.now } = setup
  const patiently = <T>(work: () => Promise<T>): Promise<T> => retried(work, setup, signal)
  const dimensions = await patiently(() => probe(model, signal))
  const day = dayOf(now())
  let storeFailed = false
  const parts = {
    vectors,
    dimensions,
    day,
    embed: (texts: readonly string[]) =>
      patiently(async () => checked(await model.embed(texts, signal), dimensions)),
    onStoreFailure: (err: unknown) => {
      if (!storeFailed) log.warn({ err }, 'vectors cannot be kept: the next start computes them again')
      storeFailed = true
    },
  }
  const embedder = {
    dimensions,
    batch: textsPerLook,
    embed: async (texts: readonly string[]) => {
      signal.throwIfAborted()
      return storedVectors(texts, model, parts)
    },
  }
  const texts = papers.map(({ title, abstract }) =>
    embeddedText({ title: readable(title), abstract: readable(abstract) }),
  )
  const index = await VectorIndex.over(embedder, texts, progressOf(papers.length, log))
  into.use(
    queryEmbedder(model, dimensions, error =>
      log.warn(
        { problem: error.problem, status: error.status, err: error.cause },
        `embeddings: ${error.message}`,
      ),
    ),
    index,
  )
  log.info({ papers: papers.length, dimensions }, 'search by meaning uses the embedding model')
  await vectors.forget(dayOf(now() - daysKept * 86_400_000)).catch(parts.onStoreFailure)
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

function checked(vectors: Float32Array[], dimensions: number): Float32Array[] {
  const other = vectors.find(({ length }) => length !== dimensions)
  if (other === undefined) return vectors
  throw new EmbedderError('wrong', `it gave ${other.length} values for a text and ${dimensions} for another`)
}

/** Tries until it works, the process ends, or trying again is of no use. */
function retried<T>(work: () => Promise<T>, { log, delays }: ModelSetup, signal: AbortSignal): Promise<T> {
  const { first, most } = delays ?? usualDelays
  let told: string | undefined
  return pRetry(work, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: first,
    maxTimeout: most,
    randomize: true,
    unref: true,
    signal,
    shouldRetry: ({ error }) => error instanceof EmbedderError && error.problem !== 'wrong',
    onFailedAttempt: async ({ error }) => {
      if (!(error instanceof EmbedderError) || error.problem === 'wrong' || signal.aborted) return
      const { problem, status, message, retryAfter } = error
      if (told !== message) log.warn({ problem, status }, `embeddings: ${message}; it is tried again`)
      told = message
      if (retryAfter !== undefined)
        await sleep(Math.min(retryAfter, 2 * most), undefined, { signal, ref: false })
    },
  })
}

/** A line at each tenth of a long way. */
function progressOf(papers: number, log: Log): (done: number) => void {
  let next = 0.1
  return done => {
    const share = done / papers
    if (share < next || papers < 1000) return
    next = Math.floor(share * 10) / 10 + 0.1
    log.info({ done, papers }, 'papers embedded')
  }
}

const givenUp = (config: EmbeddingModelConfig, error: unknown): string => {
  const which =
    config.kind === 'minilm' ? `the model in ${basename(config.folder)}` : `the model ${config.model}`
  const why = error instanceof EmbedderError ? error.message : 'it has failed'
  return `EMBEDDINGS: ${which} cannot be used: ${why}. Search by meaning goes on with the built-in table.`
}

const causeOf = (error: unknown): unknown => (error instanceof EmbedderError ? error.cause : error)
