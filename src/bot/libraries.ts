import { LRUCache } from 'lru-cache'
import { createAnswerer } from '../answer/answer.ts'
import type { Answerer } from '../answer/port.ts'
import { LiveCollection, type Snapshot } from '../collections/live-collection.ts'
import { paperId } from '../corpus/ids.ts'
import { isSamePaper, keyed } from '../corpus/merging/same-paper.ts'
import type { Paper } from '../corpus/paper.ts'
import type { SavingIndexer } from '../indexing/indexer.ts'
import { type Library, libraryOf } from '../library/library.ts'
import type { Memory } from '../library/memory.ts'
import { NarrowedSearch } from '../library/narrowed-search.ts'
import type { Log } from '../log.ts'
import { CombinedSearch } from '../search/combined-search.ts'
import type { Search } from '../search/port.ts'
import { type Cursor, type PaperChange, type Papers, sharedCollection } from '../store/paper-ports.ts'
import { Postponed } from './postponed.ts'

/** What each server can see of the papers, kept up to date with the database. */
export interface Libraries {
  /**
   * The shared papers, and beside them the server's own. A library never changes: ask again for each request.
   * @param guildId undefined for a direct message: the shared papers alone
   */
  of(guildId: string | undefined): Library
  /**
   * The same, once papers of the server's own that a start put off are there: for what is decided for good by what is not
   * in it.
   * @throws Failure when the database does not answer, or what kept them from being indexed
   */
  whole(guildId: string | undefined): Promise<Library>
  /** Some of a library's papers alone. @param ids of papers of that library */
  narrowed(library: Library, ids: ReadonlySet<string>): Library
  /**
   * Where papers are fetched for each request: some of a library's papers alone, prepared for what the library was
   * prepared for. Undefined where all papers are at hand.
   */
  readonly only?: ((library: Library, which: Which) => Promise<Library>) | undefined
  /** Whether a server sees papers of its own beside the shared ones. */
  hasOwn(guildId: string | undefined): boolean
  /** Whether everybody sees a paper that the library has. */
  isShared(library: Library, paperId: string): boolean
  /**
   * Resolves when all that was stored before the call can be found, but for the papers of servers' own that a start found
   * too many of: each call makes one server's more.
   * @throws Failure when the database does not answer
   */
  refresh(): Promise<void>
  /** Refreshes again and again until the signal aborts. Never rejects. */
  run(signal: AbortSignal): Promise<void>
}

/** Papers with these ids, a server's own, or those that everybody sees. */
export type Which = { readonly ids: ReadonlySet<string> } | { readonly own: string } | 'shared'

/** One library for everybody, as the terminal has it. */
export const fixedLibraries = (library: Library): Libraries => ({
  of: () => library,
  whole: async () => library,
  narrowed: (whole, ids) => narrowedLibrary(whole, ids, createAnswerer),
  hasOwn: () => false,
  isShared: (whole, id) => whole.search.get(id) !== undefined,
  refresh: async () => {},
  run: async () => {},
})

function narrowedLibrary(
  { search, paper }: Library,
  ids: ReadonlySet<string>,
  answererOf: (search: Search) => Answerer,
): Library {
  const some = new NarrowedSearch(search, ids)
  // What a reference stands for is known of all of them: only what is found is narrowed.
  return libraryOf(some, answererOf(some), paper)
}

export interface LibrariesOptions {
  /** The papers of files: they are read once, at the start. */
  readonly files: readonly Paper[]
  readonly papers: Pick<Papers, 'changes'>
  /** Indexes papers, in slices. */
  build(papers: readonly Paper[]): Promise<Search>
  /** Keeps the index of the shared papers for the next start. */
  readonly saved?: SavingIndexer | undefined
  answererOf(search: Search): Answerer
  /** Keeps results; undefined: each is computed anew, as where a model changes them. */
  readonly memory?: Memory | undefined
  /** Notes papers as seen first now, unless they were noted before. */
  arrived(ids: readonly string[]): Promise<unknown>
  sleep(ms: number, signal: AbortSignal): Promise<void>
  readonly log: Log
  /** Papers of servers' own that are indexed before anything is answered. */
  readonly ownAtStart?: number | undefined
}

/** How often the database is asked for changes, in ms: a change is found within a second. */
const interval = 400
/** The longest time between two tries while it does not answer. */
const maxErrorInterval = 30_000

/** Rows read at once: SQLite answers synchronously. */
const pageSize = 200
/** Servers whose libraries are kept: others' are made again, which takes no time. */
const mostKept = 50

/** Reads what is stored, and indexes it with the files' papers. @throws Failure when the database does not answer */
export async function openLibraries(options: LibrariesOptions): Promise<Libraries> {
  const collections = new Collections(options)
  const refresh = oneAfterAnother(() => collections.update())
  await refresh()
  return {
    of: guildId => collections.of(guildId),
    async whole(guildId) {
      // Being asked for, they are the next or wait for those before them.
      let library = collections.of(guildId)
      for (; collections.isPutOff(guildId); library = collections.of(guildId)) await refresh()
      return library
    },
    narrowed: (library, ids) => narrowedLibrary(library, ids, options.answererOf),
    hasOwn: guildId => collections.isPutOff(guildId) || collections.of(guildId) !== collections.of(undefined),
    isShared: (_library, id) => collections.of(undefined).search.get(id) !== undefined,
    refresh,
    async run(signal) {
      await collections.prepare()
      await keepUpdated(refresh, options, signal)
    },
  }
}

/** One update at a time; each sees what was stored before it was asked for. */
export function oneAfterAnother(update: () => Promise<void>): () => Promise<void> {
  let turn: Promise<unknown> = Promise.resolve()
  return () => {
    const done = turn.then(update)
    turn = done.catch(() => {})
    return done
  }
}

/** Updates again and again until the signal aborts; less often while it fails. Never rejects. */
export async function keepUpdated(
  refresh: () => Promise<void>,
  { sleep, log }: Pick<LibrariesOptions, 'sleep' | 'log'>,
  signal: AbortSignal,
): Promise<void> {
  let wait = interval
  while (!signal.aborted) {
    await sleep(wait, signal)
    if (signal.aborted) return
    wait = await refresh().then(
      () => interval,
      error => {
        log.warn({ err: error }, 'changes of the papers could not be read')
        return Math.min(maxErrorInterval, wait * 2)
      },
    )
  }
}

interface Kept {
  readonly shared: Snapshot
  readonly own: Snapshot | undefined
  readonly library: Library
}

class Collections {
  readonly #options: LibrariesOptions
  readonly #kept = new LRUCache<string, Kept>({ max: mostKept })
  #shared: LiveCollection
  #own = new Map<string, LiveCollection>()
  readonly #postponed = new Postponed()
  #cursor: Cursor | undefined

  constructor(options: LibrariesOptions) {
    this.#options = options
    this.#shared = new LiveCollection(options.files, { build: options.build, saved: options.saved })
  }

  of(guildId: string | undefined): Library {
    const shared = this.#shared.snapshot
    const collection = guildId === undefined ? undefined : this.#own.get(guildId)
    this.#postponed.want(collection)
    const theirs = collection?.snapshot
    const own = theirs === undefined || theirs.search.count === 0 ? undefined : theirs
    const key = own === undefined ? sharedCollection : (guildId ?? sharedCollection)
    const known = this.#kept.get(key)
    if (known !== undefined && known.shared === shared && known.own === own) return known.library
    const search = own === undefined ? shared.search : new CombinedSearch(shared.search, noHidden, own.search)
    const paper = (ref: string) => shared.paper(ref) ?? own?.paper(ref)
    const library = libraryOf(search, this.#options.answererOf(search), paper, this.#options.memory?.part())
    this.#kept.set(key, { shared, own, library })
    return library
  }

  isPutOff(guildId: string | undefined): boolean {
    return guildId !== undefined && this.#postponed.has(this.#own.get(guildId))
  }

  prepare(): Promise<void> {
    return this.#shared.prepare()
  }

  /** See `Libraries.refresh`; of servers' own papers that were put off, those of one server more. */
  async update(): Promise<void> {
    const isFirst = this.#cursor === undefined
    const changed = new Set<LiveCollection>(isFirst ? [this.#shared] : [])
    const ids = isFirst ? this.#options.files.map(({ id }) => id) : []
    for (let more = true; more; ) more = await this.#readPage(changed, ids)
    // Before anybody can find them: a follower hears of what has arrived since.
    if (ids.length > 0) await this.#options.arrived(ids)
    if (isFirst) this.#putOff()
    for (const one of this.#all()) if (changed.has(one) && !this.#postponed.has(one)) await one.update()
    if (!isFirst) await this.#postponed.updateNext()
    if (changed.size > 0 && !isFirst) this.#options.log.debug({ papers: ids.length }, 'papers have changed')
  }

  /** What others would have to wait for at the start is indexed after it. */
  #putOff(): void {
    let room = this.#options.ownAtStart ?? ownAtStart
    for (const own of this.#own.values())
      if (own.size <= room) room -= own.size
      else this.#postponed.add(own)
  }

  /** @returns whether there is more */
  async #readPage(changed: Set<LiveCollection>, ids: string[]): Promise<boolean> {
    const page = await this.#options.papers.changes(this.#cursor, pageSize)
    if (page.anew && this.#cursor !== undefined)
      for (const one of this.#all()) {
        one.clear()
        changed.add(one)
      }
    for (const change of page.changed) {
      if ('paper' in change) ids.push(change.paper.id)
      changed.add(this.#apply(change))
      for (const own of this.#namesakes(change)) changed.add(own)
    }
    this.#cursor = page.cursor
    return page.more
  }

  /** Servers' own that have a paper of the id of a shared one: which of the two has it depends on the shared one. */
  #namesakes(change: PaperChange): LiveCollection[] {
    if (change.collection !== sharedCollection || 'isEmptied' in change) return []
    const id = 'paper' in change ? change.paper.id : change.id
    return [...this.#own.values()].filter(own => own.touch(id))
  }

  #all(): LiveCollection[] {
    return [this.#shared, ...this.#own.values()]
  }

  #apply(change: PaperChange): LiveCollection {
    const collection = this.#collection(change.collection)
    if ('paper' in change) collection.put(change.paper)
    else if ('isEmptied' in change) collection.clear()
    else collection.remove(change.id, change.joinedInto)
    return collection
  }

  #collection(name: string): LiveCollection {
    if (name === sharedCollection) return this.#shared
    const known = this.#own.get(name)
    if (known !== undefined) return known
    const idBeside = (paper: Paper) => idAmong(this.#shared.snapshot.search, paper)
    const made = new LiveCollection([], { build: this.#options.build, idBeside })
    this.#own.set(name, made)
    return made
  }
}

/**
 * Papers of servers' own that are indexed before the first answer, some two milliseconds each. Of more, the other servers'
 * are indexed after it, one after the other.
 */
const ownAtStart = 2_000

const noHidden: ReadonlySet<string> = new Set()

/** The id of a paper beside others: its own, unless another of them has it; undefined where it is one of them itself. */
function idAmong(search: Search, paper: Paper): string | undefined {
  const one = keyed(paper)
  const namesake = search.get(paper.id)
  const { hits } = search.search(paper.title, { limit: 3 })
  const others = [...(namesake === undefined ? [] : [namesake]), ...hits.map(hit => hit.paper)]
  if (others.some(other => isSamePaper(one, keyed(other)))) return undefined
  return namesake === undefined ? paper.id : paperId(paper.title, paper.abstract)
}
