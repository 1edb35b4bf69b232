import type { Paper } from '../corpus/paper.ts'
import type { Library } from '../library/library.ts'
import type { Log } from '../log.ts'
import { type Cursor, type PaperChange, type Papers, sharedCollection } from '../store/paper-ports.ts'
import { withoutDuplicates } from './merged-papers.ts'

/** What each server can see of the papers, kept up to date with the database. */
export interface Libraries {
  /**
   * The shared papers, and beside them the server's own. A library never changes: ask again for each request.
   * @param guildId undefined for a direct message: the shared papers alone
   */
  of(guildId: string | undefined): Library
  /** Resolves when all that was stored before the call can be found. @throws Failure when the database does not answer */
  refresh(): Promise<void>
  /** Refreshes again and again until the signal aborts. Never rejects. */
  run(signal: AbortSignal): Promise<void>
}

/** One library for everybody, as the terminal has it. */
export const fixedLibraries = (library: Library): Libraries => ({
  of: () => library,
  refresh: async () => {},
  run: async () => {},
})

interface LibrariesOptions {
  /** The papers of files: they are read once, at the start. */
  readonly files: readonly Paper[]
  readonly papers: Pick<Papers, 'changes'>
  /** Indexes papers, in slices. */
  build(papers: readonly Paper[]): Promise<Library>
  /** Notes papers as seen first now, unless they were noted before. */
  arrived(ids: readonly string[]): Promise<unknown>
  sleep(ms: number, signal: AbortSignal): Promise<void>
  readonly log: Log
}

/** How often the database is asked for changes, in ms: a change is found within a second. */
const interval = 400
/** The longest time between two tries while it does not answer. */
const maxErrorInterval = 30_000

/** Reads what is stored, and indexes it with the files' papers. @throws Failure when the database does not answer */
export async function openLibraries(options: LibrariesOptions): Promise<Libraries> {
  const { files, build, arrived, log } = options
  const stored = new Map<string, Map<string, Paper>>()
  const built = new Map<string, Library>()
  const reader = openReader(options.papers, stored)
  const own = (collection: string) => [...(stored.get(collection)?.values() ?? [])]

  let shared: Library | undefined
  const rebuildShared = async () => {
    shared = await build(withoutDuplicates([files, own(sharedCollection)]))
    return shared
  }
  const rebuildServer = async (guildId: string, common: Library) => {
    if ((stored.get(guildId)?.size ?? 0) === 0) built.delete(guildId)
    else built.set(guildId, await build(withoutDuplicates([common.search.papers, own(guildId)])))
  }

  /** @param changed collections; undefined: all */
  async function rebuild(changed: ReadonlySet<string> | undefined): Promise<void> {
    const isShared = changed === undefined || changed.has(sharedCollection)
    const common = isShared || shared === undefined ? await rebuildShared() : shared
    for (const guildId of isShared ? stored.keys() : changed)
      if (guildId !== sharedCollection) await rebuildServer(guildId, common)
  }

  async function update(): Promise<void> {
    const { collections, ids } = await reader.read()
    const isFirst = shared === undefined
    if (collections.size === 0 && !isFirst) return
    // Before anybody can find them: a follower hears of what has arrived since.
    await arrived(isFirst ? [...files.map(({ id }) => id), ...ids] : [...ids])
    await rebuild(isFirst ? undefined : collections)
    if (ids.size > 0) log.debug({ papers: ids.size, collections: collections.size }, 'papers have changed')
  }

  let turn: Promise<unknown> = Promise.resolve()
  /** One update at a time; each sees what was stored before it was asked for. */
  const refresh = (): Promise<void> => {
    const done = turn.then(update)
    turn = done.catch(() => {})
    return done
  }
  await refresh()

  return {
    of(guildId) {
      const library = (guildId === undefined ? undefined : built.get(guildId)) ?? shared
      if (library === undefined) throw new Error('no library was built')
      return library
    },
    refresh,
    async run(signal) {
      let wait = interval
      while (!signal.aborted) {
        await options.sleep(wait, signal)
        if (signal.aborted) return
        wait = await refresh().then(
          () => interval,
          error => {
            log.warn({ err: error }, 'changes of the papers could not be read')
            return Math.min(maxErrorInterval, wait * 2)
          },
        )
      }
    },
  }
}

/** Follows the changes, whoever made them. */
function openReader(papers: Pick<Papers, 'changes'>, stored: Map<string, Map<string, Paper>>) {
  let cursor: Cursor | undefined
  const apply = (change: PaperChange, ids: Set<string>): void => {
    const { collection } = change
    if ('isEmptied' in change) {
      stored.set(collection, new Map())
      return
    }
    const there = stored.get(collection) ?? new Map<string, Paper>()
    stored.set(collection, there)
    if ('paper' in change) {
      there.set(change.paper.id, change.paper)
      ids.add(change.paper.id)
    } else there.delete(change.id)
  }
  return {
    async read() {
      const collections = new Set<string>()
      const ids = new Set<string>()
      for (let more = true; more; ) {
        const page = await papers.changes(cursor)
        if (page.anew && cursor !== undefined)
          for (const [collection, there] of stored) {
            collections.add(collection)
            there.clear()
          }
        for (const change of page.changed) {
          apply(change, ids)
          collections.add(change.collection)
        }
        ;({ cursor, more } = page)
      }
      return { collections, ids }
    },
  }
}
