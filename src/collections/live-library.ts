import { LRUCache } from 'lru-cache'
import type { Answerer } from '../answer/port.ts'
import type { Paper } from '../corpus/paper.ts'
import { type Library, openDetails } from '../library/library.ts'
import { CombinedSearch } from '../search/combined-search.ts'
import { emptySearch } from '../search/empty-search.ts'
import type { Search } from '../search/port.ts'
import { type Cursor, type PaperChange, type Papers, sharedCollection } from '../store/paper-ports.ts'
import { type BuildSearch, LiveCollection } from './collection.ts'

export interface LiveLibraryParts {
  /** Papers of files, which everybody sees. */
  readonly files: readonly Paper[]
  readonly papers: Pick<Papers, 'changes'>
  readonly build: BuildSearch
  readonly answererOf: (search: Search) => Answerer
  /** Hears of papers that are new to everybody. */
  readonly onShared?: ((papers: readonly Paper[]) => Promise<void>) | undefined
}

export interface LiveLibrary extends Library {
  /** Reads what any process has changed, and makes it searchable. One call at a time. */
  refresh(): Promise<void>
  /** Resolves when all changes that were read are in the large indexes. */
  settled(): Promise<void>
}

/** Rows read at once: SQLite answers synchronously. */
const pageSize = 200
/** Servers whose views of the papers are kept. */
const mostViews = 50

const noHidden: ReadonlySet<string> = new Set()

/** Reads the papers of the files and of the store, and gets them ready to be searched. */
export async function openLiveLibrary(parts: LiveLibraryParts): Promise<LiveLibrary> {
  const library = new Collections(parts)
  await library.refresh()
  return library
}

class Collections implements LiveLibrary {
  readonly #parts: LiveLibraryParts
  readonly #views = new LRUCache<string, View>({ max: mostViews })
  #collections: Map<string, LiveCollection>
  #cursor: Cursor | undefined

  constructor(parts: LiveLibraryParts) {
    this.#parts = parts
    this.#collections = this.#empty()
  }

  get search(): Search {
    return this.in(undefined).search
  }

  get answerer(): Answerer {
    return this.in(undefined).answerer
  }

  paper(ref: string): Paper | undefined {
    return this.in(undefined).paper(ref)
  }

  details(paper: Paper) {
    return this.in(undefined).details(paper)
  }

  in(guildId: string | undefined): Library {
    const shared = this.#collections.get(sharedCollection)
    const own = guildId === undefined || guildId === '' ? undefined : this.#collections.get(guildId)
    const key = own?.search === undefined ? sharedCollection : (guildId ?? sharedCollection)
    const known = this.#views.get(key)
    const versions = `${shared?.version} ${key === sharedCollection ? '' : own?.version}`
    if (known?.versions === versions) return known
    const view = new View(
      versions,
      shared,
      key === sharedCollection ? undefined : own,
      this.#parts.answererOf,
    )
    this.#views.set(key, view)
    return view
  }

  async refresh(): Promise<void> {
    const changed = new Set<LiveCollection>()
    for (let more = true; more; ) {
      const page = await this.#parts.papers.changes(this.#cursor, pageSize)
      if (page.anew && this.#cursor !== undefined) this.#collections = this.#empty()
      for (const change of page.changed) changed.add(this.#apply(change))
      await this.#tell(page.changed)
      ;({ cursor: this.#cursor, more } = page)
    }
    const shared = this.#collections.get(sharedCollection)
    if (shared !== undefined && shared.version === 0) changed.add(shared)
    for (const collection of this.#collections.values())
      if (changed.has(collection)) await collection.update()
  }

  async settled(): Promise<void> {
    for (const collection of this.#collections.values()) await collection.settled()
  }

  async #tell(changed: readonly PaperChange[]): Promise<void> {
    const shared = changed.flatMap(change =>
      'paper' in change && change.collection === sharedCollection ? [change.paper] : [],
    )
    if (shared.length > 0) await this.#parts.onShared?.(shared)
  }

  #empty(): Map<string, LiveCollection> {
    return new Map([[sharedCollection, new LiveCollection(this.#parts.files, this.#parts.build)]])
  }

  #apply(change: PaperChange): LiveCollection {
    const collection = this.#of(change.collection)
    if ('paper' in change) collection.put(change.paper)
    else if ('isEmptied' in change) collection.clear()
    else collection.remove(change.id, change.joinedInto)
    return collection
  }

  #of(name: string): LiveCollection {
    const known = this.#collections.get(name)
    if (known !== undefined) return known
    const collection = new LiveCollection([], this.#parts.build)
    this.#collections.set(name, collection)
    return collection
  }
}

/** What one server sees: everybody's papers and its own, at one moment. Its caches are its own. */
class View implements Library {
  readonly versions: string
  readonly search: Search
  readonly answerer: Answerer
  readonly details: Library['details']
  readonly #shared: LiveCollection | undefined
  readonly #own: LiveCollection | undefined

  constructor(
    versions: string,
    shared: LiveCollection | undefined,
    own: LiveCollection | undefined,
    answererOf: (search: Search) => Answerer,
  ) {
    this.versions = versions
    this.#shared = shared
    this.#own = own
    const [all, ours] = [shared?.search, own?.search]
    this.search =
      ours === undefined ? (all ?? emptySearch) : new CombinedSearch(all ?? emptySearch, noHidden, ours)
    this.answerer = answererOf(this.search)
    this.details = openDetails(this.search, this.answerer)
  }

  paper(ref: string): Paper | undefined {
    return this.#shared?.paper(ref) ?? this.#own?.paper(ref)
  }

  /** Whoever sees what one server sees sees no other's. */
  in(): Library {
    return this
  }
}
