import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAnswerer } from './answer/answer.ts'
import type { AnyCommand } from './bot/command.ts'
import type { BaseContext } from './bot/context.ts'
import { engineLibraries } from './bot/engine-libraries.ts'
import { type Libraries, type LibrariesOptions, openLibraries } from './bot/libraries.ts'
import { type Config, parseConfig } from './config.ts'
import type { Rejected } from './corpus/format.ts'
import type { Paper } from './corpus/paper.ts'
import { readCorpus } from './corpus/read.ts'
import { type RunningModel, startModel } from './embedding-models/start-model.ts'
import { shippedEmbedder } from './embeddings.ts'
import { Failure } from './errors.ts'
import { chatCompletions } from './generation/chat-completions.ts'
import { type AnswerGenerator, openAnswerGenerator } from './generation/generate-answer.ts'
import { type IndexerOptions, openIndexer, openSavingIndexer } from './indexing/indexer.ts'
import { createLibrary, type Library } from './library/library.ts'
import { type Memory, openMemory } from './library/memory.ts'
import { type Log, openLog } from './log.ts'
import { noMetrics } from './metrics.ts'
import { hasStore, openStore } from './open-store.ts'
import { openSearch } from './search/build-search.ts'
import { ModelVectors } from './search/embedding/model-vectors.ts'
import { ownAddress, type SearchAddress } from './search-address.ts'
import type { Engine } from './search-engine/engine.ts'
import { liveSourcesAt } from './sources/live-sources.ts'
import type { Store } from './store/ports.ts'
import { zoteroAt } from './zotero/client.ts'

/** The papers, ready to be searched. */
export interface OpenLibrary {
  /** To be prepared for what is asked of it. */
  readonly library: Library
  /** Each of them once. */
  papers(): AsyncIterable<Paper> | Iterable<Paper>
  close(): Promise<void>
}

/**
 * What everybody can find: the files' papers, and those that were imported, where there is a database; with a search
 * engine what the bot has put there.
 * @throws Failure when a configured path is not there, there is no paper at all, or the search engine does not answer
 */
export async function openLibrary(config: Config, log: Log): Promise<OpenLibrary> {
  if (config.search !== undefined) return openInEngine(ownAddress(config.search, config), log)
  const { papers, rejected } = await readFiles(config, log)
  const library = hasStore(config) ? await withStored(config, papers, log) : await buildLibrary(papers, log)
  if (library.search.count === 0) throw new Failure('input', noPapers(config.corpus, rejected[0]))
  return { library, papers: () => library.search.papers, close: async () => {} }
}

async function openInEngine(address: SearchAddress, log: Log): Promise<OpenLibrary> {
  const embedder = await shippedEmbedder()
  const { openToRead } = await import('./search-engine/open-collection.ts')
  const { engine, collection } = await openToRead(address, { embedder, log })
  return {
    library: engineLibraries({ collection, embedder, sleep: pause, log }).of(undefined),
    papers: () => collection.papers(),
    close: () => engine.close(),
  }
}

async function withStored(config: Config, files: readonly Paper[], log: Log): Promise<Library> {
  const store = await openStore(config, log)
  try {
    const libraries = await librariesOver({
      files,
      papers: store.papers,
      arrived: async () => {},
      log,
      indexFolder: indexFolder(config),
      savesIndex: false,
    })
    return libraries.of(undefined)
  } finally {
    await store.close()
  }
}

interface LibraryParts extends Pick<LibrariesOptions, 'files' | 'papers' | 'arrived' | 'memory' | 'log'> {
  readonly model?: RunningModel | undefined
  /** Where the index of all papers is kept. */
  readonly indexFolder: string
  /** Whether it may be written too. */
  readonly savesIndex: boolean
}

async function librariesOver({ model, indexFolder, savesIndex, ...parts }: LibraryParts): Promise<Libraries> {
  const embedder = await shippedEmbedder()
  const options = await indexerOptions(model, parts.log)
  const { build } = openIndexer(options)
  const saving = openSavingIndexer(indexFolder, options)
  return openLibraries({
    ...parts,
    build,
    saved: savesIndex ? saving : { ...saving, build },
    answererOf: search => createAnswerer(search, { embedder }),
    sleep: pause,
  })
}

type EngineParts = Pick<LibraryParts, 'files' | 'papers' | 'arrived' | 'log'>

/** Over papers that lie in a search engine. */
async function librariesIn(address: SearchAddress, parts: EngineParts) {
  const embedder = await shippedEmbedder()
  // Few have one: all others start without its modules.
  const { openCollection } = await import('./search-engine/open-collection.ts')
  const { engine, collection } = await openCollection({
    ...parts,
    address,
    embedder,
    sleep: ms => sleep(ms),
  })
  const { log } = parts
  const memory = `${Math.ceil(collection.bytes / 2 ** 20)} MiB`
  log.info({ papers: collection.count, statistics: memory }, 'the papers are in a search engine')
  const libraries = engineLibraries({ collection, embedder, sleep: pause, log })
  return { libraries, engine }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal, ref: false }).catch(() => {})

async function readFiles(config: Config, log: Log) {
  const read = await readCorpus(config.corpus)
  for (const { file, line, reason } of read.rejected) log.warn({ file: basename(file), line }, reason)
  return read
}

async function buildLibrary(papers: readonly Paper[], log: Log): Promise<Library> {
  const options = await indexerOptions(undefined, log)
  const search = await openIndexer(options).build(papers)
  return createLibrary(search, createAnswerer(search, { embedder: options.embedder }))
}

/** @param model reads the papers while they can be searched already */
async function indexerOptions(model: RunningModel | undefined, log: Log): Promise<IndexerOptions> {
  const embedder = await shippedEmbedder()
  return {
    embedder,
    log,
    async open(papers, arrays) {
      const vectors = new ModelVectors()
      const search = await openSearch(papers, arrays, { embedder, model: vectors })
      void model?.serve(search.papers, vectors)
      return search
    },
  }
}

function noPapers(paths: readonly string[], first: Rejected | undefined): string {
  const where = paths.map(path => basename(path)).join(', ')
  const why =
    first === undefined ? 'it holds none' : `${basename(first.file)}, line ${first.line}: ${first.reason}`
  return `No paper could be read from ${where} (${why}). Set CORPUS to files or folders with papers: see “Your own papers” in the README.`
}

const indexFolder = ({ token, dataDir }: Config): string =>
  join(dataDir, token === undefined ? 'sandbox-index' : 'index')

/** The sandbox's bot is in none of the lab's servers: it would take the lab for gone, and tidy up its lists. */
function withoutDatabase(config: Config, log: Log): Config {
  if (config.databaseUrl !== undefined)
    log.warn('No DISCORD_TOKEN is set: DATABASE_URL is not used, the sandbox keeps a file of its own')
  return { ...config, databaseUrl: undefined }
}

interface Bootstrapped extends BaseContext {
  readonly model: RunningModel | undefined
  /** Undefined where a model gives other results from one moment to the next. */
  readonly memory: Memory | undefined
  /** The search engine that has the papers, where one has. */
  readonly engine: Engine | undefined
}

/**
 * Everything a command may use but what needs a connection to Discord.
 * @param now what papers are noted by as seen first, epoch ms
 */
export async function bootstrap(
  config: Config,
  commands: readonly AnyCommand[],
  log: Log,
  now: () => number = Date.now,
): Promise<Bootstrapped> {
  const startedAt = new Date()
  const store = await openStore(config.token === undefined ? withoutDatabase(config, log) : config, log)
  const { embeddingModel } = config
  const model = embeddingModel && startModel({ config: embeddingModel, vectors: store.vectors, log })
  const { papers, rejected } = await readFiles(config, log)
  const arrived = (ids: readonly string[]) => store.arrivals.note(ids, now())
  // A model that reads papers meanwhile, and queries when it can, gives other results from one moment to the next.
  const memory = model === undefined ? openMemory() : undefined
  const parts = { files: papers, papers: store.papers, arrived, log }
  const { libraries, engine } =
    config.search === undefined
      ? {
          libraries: await librariesOver({
            ...parts,
            model,
            memory,
            indexFolder: indexFolder(config),
            savesIndex: true,
          }),
          engine: undefined,
        }
      : await librariesIn(ownAddress(config.search, config), parts)
  const library = libraries.of(undefined)
  if (library.search.count === 0) throw new Failure('input', noPapers(config.corpus, rejected[0]))
  const sources = config.corpus.map(path => basename(path))
  const facts = {
    version: await version(),
    startedAt,
    sources,
    isShipped: isShippedCorpus(config),
    rejected: rejected.length,
    embeds: embedsAt(config),
    publicUrl: config.publicUrl,
  }
  const specs = commands.map(command => command.spec)
  const generator = generatorOf(config, store, log)
  const openSources = liveSourcesAt(config.sources)
  return {
    library,
    libraries,
    store,
    specs,
    facts,
    log,
    metrics: noMetrics,
    maxServerPapers: config.maxServerPapers,
    model,
    memory,
    engine,
    generator,
    openSources,
    openZotero: zoteroAt(config.sources.zotero),
  }
}

/** Whether the files are those that come with the bot. */
const isShippedCorpus = ({ corpus }: Config): boolean => corpus.join() === parseConfig({}).corpus.join()

function generatorOf({ answerModel }: Config, store: Store, log: Log): AnswerGenerator | undefined {
  if (answerModel === undefined) return undefined
  const { spend } = store.budgets
  return openAnswerGenerator({
    writer: chatCompletions(answerModel),
    spend,
    budget: answerModel.budget,
    log,
  })
}

export const logFor = (config: Config): Log =>
  openLog({
    level: config.logLevel,
    secrets: [
      config.token,
      config.databaseUrl,
      config.answerModel?.key,
      config.search?.password,
      config.search?.apiKey,
      config.sources.keys.openalex,
      config.sources.keys.zotero,
      embeddingKeyOf(config),
    ],
    pretty: process.stderr.isTTY === true,
  })

/** The model that texts are sent to, where one is. */
const embedsAt = ({ embeddingModel }: Config): string | undefined =>
  embeddingModel?.kind === 'endpoint' ? embeddingModel.model : undefined

const embeddingKeyOf = ({ embeddingModel }: Config): string | undefined =>
  embeddingModel?.kind === 'endpoint' ? embeddingModel.key : undefined

export async function version(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
