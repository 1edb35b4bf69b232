import { randomUUID } from 'node:crypto'
import { paperRef } from '../corpus/ids.ts'
import type { Paper } from '../corpus/paper.ts'
import { CollectionModel } from '../search/partial/collection-model.ts'
import type { Search } from '../search/port.ts'
import { type Cursor, sharedCollection } from '../store/paper-ports.ts'
import { buildIndex } from './build-index.ts'
import { type BuildLock, BuildLocks, LockLost } from './build-lock.ts'
import type { EngineCollectionOptions } from './collection-options.ts'
import { EngineError } from './engine-error.ts'
import { EngineSearch } from './engine-search.ts'
import { computeStatistics, pagesOf } from './index-statistics.ts'
import type { IndexState } from './indexes.ts'
import { PaperSource } from './paper-source.ts'
import { loadStatistics, saveStatistics, statisticsSet } from './stored-statistics.ts'
import { filesHash, writeChanges, writeFiles } from './write-papers.ts'

/** An index that serves, and what is known of it. */
interface Open {
  readonly index: string
  readonly state: IndexState
  readonly set: string
  readonly model: CollectionModel
  readonly empty: Search
}

const pageSize = 500
/** Another process is looked after this often while it builds. In ms. */
const lookEvery = 500
/** Changes that other processes made to the indexes themselves are looked for after so many updates. */
const updatesBetweenLooks = 50
/** From so many more papers than the statistics know on, as a share and in all, they are computed anew. */
const grown = { share: 0.25, papers: 500 }

/** All papers of a bot in a search engine, kept up to date with the database. */
export class EngineCollection {
  readonly #options: EngineCollectionOptions
  readonly #source: PaperSource
  readonly #locks: BuildLocks
  #open: Open
  #cursor: Cursor
  /** Papers of each collection. */
  #counts: ReadonlyMap<string, number> = new Map()
  /** False after a change, until the papers were counted: the engine may fail in between. */
  #isCounted = false
  #updates = 0

  private constructor(options: EngineCollectionOptions, open: Open) {
    this.#options = options
    this.#source = new PaperSource(options.indexes, options.timeout)
    this.#locks = locksOf(options)
    this.#open = open
    this.#cursor = open.state.cursor
  }

  /**
   * Opens the index that serves, or builds one, or waits until another process has.
   * @throws EngineError when the engine does not answer
   */
  static async open(options: EngineCollectionOptions): Promise<EngineCollection> {
    const open = (await openLive(options)) ?? (await built(options, locksOf(options)))
    const collection = new EngineCollection(options, open)
    await collection.#countPapers()
    await collection.#updateFiles()
    await collection.update()
    return collection
  }

  /**
   * Opens the index that serves as it is: nothing is built or written, whatever database is at hand. Undefined where
   * there is none.
   * @throws EngineError when the engine does not answer
   */
  static async openToRead(options: EngineCollectionOptions): Promise<EngineCollection | undefined> {
    const open = await openLive(options)
    if (open === undefined) return undefined
    const collection = new EngineCollection(options, open)
    await collection.#countPapers()
    return collection
  }

  /** Papers that everybody sees. */
  get count(): number {
    return this.#counts.get(sharedCollection) ?? 0
  }

  /** Bytes of memory that the statistics take. */
  get bytes(): number {
    return this.#open.model.bytes
  }

  /** Whether a server has papers of its own. */
  hasOwn(guildId: string | undefined): boolean {
    return guildId !== undefined && this.#counts.has(guildId)
  }

  /** A request's view. @param guildId undefined: of the papers that everybody sees, alone */
  view(guildId: string | undefined): EngineSearch {
    const { model, empty, state } = this.#open
    const collections = guildId === undefined ? [sharedCollection] : [sharedCollection, guildId]
    const counts = this.#counts
    return new EngineSearch({
      model,
      empty,
      source: this.#source,
      hasVectors: state.hasVectors,
      scope: { collections },
      countOf: names => names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0),
    })
  }

  /** All papers that everybody sees, each once, in no order that says anything. @throws EngineError */
  async *papers(): AsyncGenerator<Paper> {
    const given = new Set<string>()
    for await (const page of pagesOf(this.#options.indexes, this.#open.index)) {
      // What files and the database say of one paper is merged, as wherever it is shown.
      const view = this.view(undefined)
      const refs = page.map(({ id }) => paperRef(id))
      await view.prepare({ refs })
      for (const ref of refs) {
        const paper = view.withRef(ref)
        if (paper === undefined || given.has(paper.id)) continue
        given.add(paper.id)
        yield paper
      }
    }
  }

  /** Makes what was stored before the call searchable. @throws EngineError or Failure; nothing is lost then */
  async update(): Promise<void> {
    try {
      await this.#catchUp()
    } catch (error) {
      if (error instanceof EngineError && ['missing', 'rejected'].includes(error.problem))
        await this.#lookAround()
      throw error
    }
  }

  async #catchUp(): Promise<void> {
    for (let more = true; more; ) {
      const page = await this.#options.papers.changes(this.#cursor, pageSize)
      if (page.anew) return this.#rebuild(this.#open.index)
      if (page.changed.length > 0) {
        const ids = page.changed.flatMap(change => ('paper' in change ? [change.paper.id] : []))
        if (ids.length > 0) await this.#options.arrived(ids)
        await writeChanges(this.#open.index, page.changed, this.#writer)
        this.#isCounted = false
      }
      this.#cursor = page.cursor
      more = page.more
    }
    const hasChanged = !this.#isCounted
    if (hasChanged) await this.#settle()
    if (hasChanged || ++this.#updates % updatesBetweenLooks === 0) await this.#lookAround()
  }

  get #writer() {
    const { indexes, embedder } = this.#options
    return { indexes, embedder }
  }

  async #settle(): Promise<void> {
    const { indexes } = this.#options
    const { index, state } = this.#open
    await indexes.refresh(index)
    await this.#countPapers()
    await indexes.saveState(index, { ...state, cursor: this.#cursor })
  }

  async #countPapers(): Promise<void> {
    this.#isCounted = false
    this.#counts = await this.#options.indexes.counts()
    this.#isCounted = true
  }

  /** Another process may have built an index, or computed statistics; and these may be too old. */
  async #lookAround(): Promise<void> {
    const { indexes } = this.#options
    const live = await indexes.live()
    // Somebody has deleted it.
    if (live === undefined) return this.#rebuild()
    if (live !== this.#open.index) return this.#reopen()
    if ((await statisticsSet(indexes, live)) !== this.#open.set) return this.#reopen()
    const { papers } = this.#open.model.statistics
    if (this.count - papers >= Math.max(grown.papers, grown.share * papers)) await this.#renewStatistics()
  }

  async #reopen(): Promise<void> {
    const open = await openLive(this.#options)
    if (open === undefined) return
    this.#open = open
    this.#cursor = open.state.cursor
    await this.#countPapers()
  }

  async #renewStatistics(): Promise<void> {
    const { indexes } = this.#options
    const lock = await this.#locks.take()
    if (lock === undefined) return
    try {
      const { index } = this.#open
      await saveStatistics(indexes, index, await computeStatistics(indexes, index))
    } finally {
      await lock.release()
    }
    await this.#reopen()
  }

  /** @param old the index that will not do, where it is still there */
  async #rebuild(old?: string): Promise<void> {
    this.#open = await built(this.#options, this.#locks, old)
    this.#cursor = this.#open.state.cursor
    await this.#countPapers()
  }

  async #updateFiles(): Promise<void> {
    const { indexes, files, arrived } = this.#options
    const hash = filesHash(files)
    const { index, state } = this.#open
    if (files.length > 0) await arrived(files.map(({ id }) => id))
    if (state.files === hash) return
    await writeFiles(index, files, hash, this.#writer)
    await indexes.refresh(index)
    await indexes.deleteWhere(index, {
      bool: { filter: [{ term: { kind: 'file' } }], must_not: [{ term: { files: hash } }] },
    })
    this.#open = { ...this.#open, state: { ...state, files: hash } }
    await this.#settle()
  }
}

async function openLive({ indexes, embedder }: EngineCollectionOptions): Promise<Open | undefined> {
  const index = await indexes.live()
  if (index === undefined) return undefined
  const state = await indexes.state(index)
  const loaded = await loadStatistics(indexes, index)
  if (state === undefined || loaded === undefined) return undefined
  const model = await CollectionModel.open(loaded.statistics, embedder)
  return { index, state, set: loaded.set, model, empty: await model.search([]) }
}

const locksOf = ({ indexes }: EngineCollectionOptions): BuildLocks => new BuildLocks(indexes, randomUUID())

/** Builds an index, or waits for whoever does. @param old one that will not do */
async function built(options: EngineCollectionOptions, locks: BuildLocks, old?: string): Promise<Open> {
  await options.indexes.prepare()
  for (;;) {
    const open = await openLive(options)
    if (open !== undefined && open.index !== old) return open
    const lock = await locks.take()
    if (lock === undefined) await options.sleep(lookEvery)
    else await build(lock, options)
  }
}

async function build(lock: BuildLock, options: EngineCollectionOptions): Promise<void> {
  try {
    await buildIndex(lock, options)
    await lock.release()
  } catch (error) {
    await lock.abandon()
    // This one stood still for a minute or more: whoever has it now goes on from where it was.
    if (!(error instanceof LockLost)) throw error
  }
}
