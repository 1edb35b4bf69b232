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
import type { Embedder } from '../search/embedding/port.ts'
import { embeddedText, VectorIndex } from '../search/embedding/vector-index.ts'
import type { Vectors } from '../store/vector-ports.ts'
import { embedAround } from './embed-around.ts'
import { EmbedderError } from './embedder-error.ts'
import { embeddingsEndpoint } from './embeddings-endpoint.ts'
import { openMiniLm } from './minilm.ts'
import type { ModelEmbedder } from './port.ts'
import { probe } from './probe.ts'
import { queryEmbedder } from './query-embedder.ts'
import { storedVectors } from './stored-vectors.ts'

export interface ModelSetup {
  readonly config: EmbeddingModelConfig
  readonly vectors: Vectors
  readonly log: Log
  readonly now?: () => number
  /** How long a query waits for its vector, in milliseconds; undefined: as long as somebody who waits for a reply can. */
  readonly queryTimeout?: number
  /** Delays between tries, in milliseconds: the first, and the longest. */
  readonly delays?: { readonly first: number; readonly most: number }
}

export interface RunningModel {
  /**
   * Embeds papers, in the search's order, one set after the other, and puts their vectors where the search uses them.
   * @returns whether they are in use; false once the model is given up. Never rejects
   */
  serve(papers: readonly Paper[], into: ModelVectors): Promise<boolean>
  close(): Promise<void>
}

/** A model that answers, and how many values its vectors have. */
interface Opened {
  readonly model: ModelEmbedder
  readonly queries: Embedder
}

/** Texts that are looked up in the store at once. */
const textsPerLook = 64
/** Vectors that nobody asked for so long are forgotten. */
const daysKept = 60
const usualDelays = { first: 1_000, most: 300_000 } as const

/**
 * Opens a model while the bot runs on; it says what texts mean as soon as it has read the papers. What passes is tried
 * again; what does not is one line of the log, and the built-in table goes on.
 */
export function startModel(setup: ModelSetup): RunningModel {
  const ended = new AbortController()
  let model: ModelEmbedder | undefined
  const giveUp = async (error: unknown): Promise<undefined> => {
    if (!ended.signal.aborted) setup.log.warn({ err: causeOf(error) }, givenUp(setup.config, error))
    ended.abort()
    await model?.close()
  }
  const open = async (): Promise<Opened> => {
    model = await openModel(setup.config)
    const dimensions = await retried(() => probe(model as ModelEmbedder, ended.signal), setup, ended.signal)
    const queryOptions = setup.queryTimeout === undefined ? {} : { timeout: setup.queryTimeout }
    return {
      model,
      queries: queryEmbedder(model, dimensions, error => logFailure(error, setup.log), queryOptions),
    }
  }
  const opened = open().catch(giveUp)
  let last: Promise<unknown> = opened
  return {
    serve(papers, into) {
      const done = last.then(async () => {
        const one = await opened
        if (one === undefined || ended.signal.aborted) return false
        await use(one, papers, into, setup, ended.signal)
        return true
      })
      const settled = done.catch(async (error: unknown) => {
        await giveUp(error)
        return false
      })
      last = settled
      return settled
    },
    async close() {
      ended.abort()
      await last
      await model?.close()
    },
  }
}

const logFailure = ({ problem, status, message, cause }: EmbedderError, log: Log): void =>
  log.warn({ problem, status, err: cause }, `embeddings: ${message}`)

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

async function use(
  { model, queries }: Opened,
  papers: readonly Paper[],
  into: ModelVectors,
  setup: ModelSetup,
  signal: AbortSignal,
): Promise<void> {
  const { vectors, log, now = Date.now } = setup
  const { dimensions } = queries
  const day = dayOf(now())
  let storeFailed = false
  let leftOut = 0
  const parts = {
    vectors,
    dimensions,
    day,
    async embed(texts: readonly string[]) {
      const embed = async () => checked(await embedAround(model, texts, signal), dimensions)
      const found = await retried(embed, setup, signal)
      leftOut += found.filter(vector => vector === undefined).length
      return found
    },
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
  into.use(queries, index)
  if (leftOut > 0) log.warn(`embeddings: ${textsLeftOut(leftOut)} left out`)
  log.info({ papers: papers.length, dimensions }, 'search by meaning uses the embedding model')
  await vectors.forget(dayOf(now() - daysKept * 86_400_000)).catch(parts.onStoreFailure)
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

const textsLeftOut = (count: number): string =>
  count === 1 ? '1 text cannot be embedded and is' : `${count} texts cannot be embedded and are`

type Vectored = (Float32Array | undefined)[]

function checked(vectors: Vectored, dimensions: number): Vectored {
  const other = vectors.find(vector => vector !== undefined && vector.length !== dimensions)
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
