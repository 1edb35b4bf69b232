import { LRUCache } from 'lru-cache'
import { createAnswerer } from '../answer/answer.ts'
import type { Paper } from '../corpus/paper.ts'
import { type Library, libraryOf } from '../library/library.ts'
import type { Log } from '../log.ts'
import type { SyncEmbedder } from '../search/embedding/port.ts'
import type { EngineCollection } from '../search-engine/engine-collection.ts'
import type { EngineSearch } from '../search-engine/engine-search.ts'
import type { Scope } from '../search-engine/queries.ts'
import { keepUpdated, type Libraries, oneAfterAnother, type Which } from './libraries.ts'

export interface EngineLibrariesOptions {
  readonly collection: EngineCollection
  readonly embedder: SyncEmbedder | undefined
  sleep(ms: number, signal: AbortSignal): Promise<void>
  readonly log: Log
}

/** Papers that were shown lately: what is written of them a moment later names them without fetching them again. */
const mostSeen = 2_000
const seenFor = 10 * 60_000

/** What each server can see of papers that lie in a search engine. Every request has a library of its own. */
export function engineLibraries({ collection, embedder, sleep, log }: EngineLibrariesOptions): Libraries {
  const seen = new LRUCache<string, Paper>({ max: mostSeen, ttl: seenFor })
  const views = new WeakMap<Library, EngineSearch>()
  const libraryFor = (view: EngineSearch): Library => {
    const place = view.scope.collections.join(' ')
    const library = libraryOf(view, createAnswerer(view, { embedder }), ref => {
      const found = view.withRef(ref)
      if (found !== undefined) seen.set(`${place} ${ref}`, found)
      return found ?? seen.get(`${place} ${ref}`)
    })
    views.set(library, view)
    return library
  }
  const refresh = oneAfterAnother(() => collection.update())
  return {
    of: guildId => libraryFor(collection.view(guildId)),
    whole: async guildId => libraryFor(collection.view(guildId)),
    narrowed: (library, ids) => libraryFor(narrowedView(viewOf(library, views), { ids })),
    async only(library, which) {
      const asked = viewOf(library, views)
      const view = narrowedView(asked, which)
      for (const text of asked.prepared) await view.prepare(text)
      return libraryFor(view)
    },
    hasOwn: guildId => collection.hasOwn(guildId),
    isShared: (library, id) => viewOf(library, views).isShared(id),
    refresh,
    run: signal => keepUpdated(refresh, { sleep, log }, signal),
  }
}

function viewOf(library: Library, views: WeakMap<Library, EngineSearch>): EngineSearch {
  const view = views.get(library)
  if (view === undefined) throw new Error('a library of other papers')
  return view
}

/** What may be found in it alone may be found: never more than in the view that it is made of. */
function narrowedView(view: EngineSearch, which: Which): EngineSearch {
  const { collections } = view.scope
  const scope = (some: Scope): EngineSearch => view.over(some)
  if (which === 'shared') return scope({ collections: collections.slice(0, 1) })
  if ('own' in which) return scope({ collections: collections.filter(name => name === which.own) })
  return scope({ collections, among: which.ids })
}
