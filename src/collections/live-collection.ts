import { setImmediate as turn } from 'node:timers/promises'
import { paperId, paperRef } from '../corpus/ids.ts'
import { mergePapers } from '../corpus/merging/merge-papers.ts'
import { isSamePaper, keyed } from '../corpus/merging/same-paper.ts'
import type { Paper } from '../corpus/paper.ts'
import type { SavingIndexer } from '../indexing/indexer.ts'
import { CombinedSearch } from '../search/combined-search.ts'
import { emptySearch } from '../search/empty-search.ts'
import type { Search } from '../search/port.ts'
import { FilePapers } from './file-papers.ts'

/** Makes a search; gives other work its turn. */
export type BuildSearch = (papers: readonly Paper[]) => Promise<Search>

export interface CollectionOptions {
  /** For the few papers that changed and, unless there is a `saved`, for all of them. */
  readonly build: BuildSearch
  /** Keeps the index of all papers for the next start. */
  readonly saved?: SavingIndexer | undefined
  /** The id of a paper beside those of another collection; undefined: that shows it, and it is left out of this one. */
  readonly idBeside?: (paper: Paper) => string | undefined
}

/** Changed papers that are kept in an index of their own; more of them make it worth to build one of all. */
const mostFresh = 150
/** So many changes are not indexed twice: they are there when the index of all papers is. */
const mostIndexedTwice = 1_500
/** Papers that are looked at between two turns of the event loop. */
const slice = 100

/** What can be found at one moment. It never changes. */
export interface Snapshot {
  readonly search: Search
  /** The paper that a component's reference stands for, also where it has joined another. */
  paper(ref: string): Paper | undefined
}

const emptySnapshot: Snapshot = { search: emptySearch, paper: () => undefined }

interface Built {
  readonly search: Search
  /** Ids of stored papers that are shown as papers of the files, or under another id. */
  readonly shownAs: ReadonlyMap<string, string>
}

/**
 * The papers of one collection as they change: an index of all as they were some time ago, and a small one of those that
 * changed since, built anew with every change. When there are too many of these, the large one is built again, meanwhile
 * both go on serving.
 */
export class LiveCollection {
  #snapshot: Snapshot = emptySnapshot
  readonly #options: CollectionOptions
  /** Papers of files: they are always there, and what the store says of them is merged into them. */
  readonly #files: ReadonlyMap<string, Paper>
  /** Ids of stored papers that papers of the files have, and the ids that they have instead. */
  readonly #renamed = new Map<string, string>()
  #sameAs: Promise<FilePapers> | undefined
  /** The paper of the files that a changed paper is, as far as it was looked for. */
  readonly #same = new Map<string, Paper | undefined>()
  readonly #stored = new Map<string, Paper>()
  readonly #joined = new Map<string, string>()
  #changed = new Set<string>()
  /** Changes that the index being built has. */
  #included: ReadonlySet<string> = new Set()
  #base: Built | undefined
  #rebuilding: Promise<void> | undefined

  constructor(files: readonly Paper[], options: CollectionOptions) {
    this.#files = new Map(files.map(file => [file.id, file]))
    this.#options = options
  }

  get snapshot(): Snapshot {
    return this.#snapshot
  }

  /** How many papers the store has of it. */
  get size(): number {
    return this.#stored.size
  }

  /** Does at leisure what the first change would have to wait for. */
  async prepare(): Promise<void> {
    await this.#filePapers()
  }

  put(stored: Paper): void {
    const file = this.#files.get(stored.id)
    const isOther = file !== undefined && !isSamePaper(keyed(stored), keyed(file))
    // Once only: its text may change, and it is still the one.
    if (isOther && !this.#renamed.has(stored.id)) {
      this.remove(stored.id, undefined)
      this.#renamed.set(stored.id, paperId(stored.title, stored.abstract))
    }
    const id = this.#renamed.get(stored.id) ?? stored.id
    this.#stored.set(id, id === stored.id ? stored : { ...stored, id })
    // Most never joined another, and a reference takes a hash.
    if (this.#joined.size > 0) this.#joined.delete(paperRef(id))
    this.#change(id)
  }

  /** @param joinedInto the paper that it is part of from now on */
  remove(storedId: string, joinedInto: string | undefined): void {
    const id = this.#renamed.get(storedId) ?? storedId
    this.#stored.delete(id)
    if (joinedInto !== undefined) this.#joined.set(paperRef(id), this.#renamed.get(joinedInto) ?? joinedInto)
    this.#change(id)
  }

  /** Another collection has changed what it has under that id. @returns whether this one has it too */
  touch(id: string): boolean {
    if (!this.#stored.has(id)) return false
    this.#change(id)
    return true
  }

  #change(id: string): void {
    this.#changed.add(id)
    this.#same.delete(id)
  }

  clear(): void {
    for (const id of this.#stored.keys()) this.#changed.add(id)
    this.#stored.clear()
    this.#joined.clear()
  }

  /** Makes the changes since the last call searchable; very many of them when the large index is built. */
  async update(): Promise<void> {
    if (this.#base === undefined) return this.#rebuild()
    if (this.#changed.size === 0) return
    if (this.#changed.size > mostFresh) this.#rebuildBeside()
    if (this.#changed.size + this.#included.size <= mostIndexedTwice) await this.#refresh(this.#base)
  }

  /** Resolves when no index is being built beside the one that serves. @throws what building it threw */
  async settled(): Promise<void> {
    await this.#rebuilding
  }

  #rebuildBeside(): void {
    if (this.#rebuilding !== undefined) return
    this.#rebuilding = this.#rebuild()
    // Whoever waits for it gets the error; nobody has to.
    this.#rebuilding
      .catch(() => {})
      .finally(() => {
        this.#rebuilding = undefined
      })
  }

  async #refresh(base: Built): Promise<void> {
    const changed = new Set([...this.#included, ...this.#changed])
    const hidden = new Set(changed)
    const shownAs = new Map<string, string>()
    const papers: Paper[] = []
    for (const id of changed) {
      const file = await this.#fileOf(id, base)
      const before = base.shownAs.get(paperRef(id)) ?? id
      for (const old of [before, file?.id ?? id]) hidden.add(old)
      const [shown] = await this.#shown(this.#stored.get(id), file)
      if (shown === undefined) continue
      papers.push(shown)
      if (shown.id !== id) shownAs.set(paperRef(id), shown.id)
    }
    const fresh = papers.length === 0 ? undefined : { search: await this.#options.build(papers), shownAs }
    // The large index was built meanwhile, and holds these.
    if (this.#base !== base) return
    const search = new CombinedSearch(base.search, hidden, fresh?.search ?? emptySearch)
    this.#snapshot = snapshotOf(search, new Map(this.#joined), base, hidden, fresh)
  }

  async #shown(stored: Paper | undefined, file: Paper | undefined): Promise<Paper[]> {
    if (stored === undefined) return file === undefined ? [] : [file]
    if (file !== undefined) return [mergePapers(file, stored)]
    await turn()
    return this.#beside(stored)
  }

  /** The paper of the files that a changed paper is or was. */
  async #fileOf(id: string, base: Built): Promise<Paper | undefined> {
    const known = base.shownAs.get(paperRef(id)) ?? (this.#files.has(id) ? id : undefined)
    if (known !== undefined) return this.#files.get(known)
    const paper = this.#stored.get(id)
    if (paper === undefined || this.#files.size === 0) return undefined
    if (!this.#same.has(id)) {
      const files = await this.#filePapers()
      await turn()
      this.#same.set(id, files.same(paper))
    }
    return this.#same.get(id)
  }

  #filePapers(): Promise<FilePapers> {
    this.#sameAs ??= FilePapers.over([...this.#files.values()])
    return this.#sameAs
  }

  async #rebuild(): Promise<void> {
    this.#included = this.#changed
    this.#changed = new Set()
    let isOutdated = false
    try {
      const { papers, shownAs } = await this.#union()
      const restored = this.#base === undefined ? await this.#options.saved?.restore(papers) : undefined
      isOutdated = (restored?.changes ?? 0) > mostFresh
      const search = restored?.search ?? (await this.#indexOfAll(papers))
      const base = papers.length === 0 ? undefined : { search, shownAs }
      this.#base = base
      this.#snapshot =
        base === undefined ? emptySnapshot : snapshotOf(base.search, new Map(this.#joined), base)
    } catch (error) {
      for (const id of this.#included) this.#changed.add(id)
      throw error
    } finally {
      this.#included = new Set()
    }
    if (this.#base !== undefined && this.#changed.size > 0) await this.#refresh(this.#base)
    if (isOutdated) this.#rebuildBeside()
  }

  async #indexOfAll(papers: readonly Paper[]): Promise<Search> {
    const { saved, build } = this.#options
    return papers.length === 0 ? emptySearch : saved === undefined ? build(papers) : saved.build(papers)
  }

  /** The paper under the id that it is shown with, unless another collection shows it. */
  #beside(paper: Paper): Paper[] {
    const { idBeside } = this.#options
    const id = idBeside === undefined ? paper.id : idBeside(paper)
    return id === undefined ? [] : [id === paper.id ? paper : { ...paper, id }]
  }

  /** The files' papers with what the store says of them, then the store's own. */
  async #union(): Promise<{ papers: Paper[]; shownAs: Map<string, string> }> {
    const shownAs = new Map<string, string>()
    const merged = new Map<string, Paper>()
    const own: Paper[] = []
    const show = (paper: Paper, shown: Paper): void => {
      if (shown.id !== paper.id) shownAs.set(paperRef(paper.id), shown.id)
    }
    const stored = [...this.#stored.values()]
    const files = stored.length === 0 || this.#files.size === 0 ? undefined : await this.#filePapers()
    for (const [at, paper] of stored.entries()) {
      if (at % slice === 0 || files === undefined) await turn()
      const file = files?.same(paper)
      const shown = file === undefined ? this.#beside(paper) : [file]
      if (file === undefined) own.push(...shown)
      else merged.set(file.id, mergePapers(merged.get(file.id) ?? file, paper))
      for (const one of shown) show(paper, one)
    }
    await turn()
    const ofFiles = Array.from(this.#files.values(), file => merged.get(file.id) ?? file)
    return { papers: [...ofFiles, ...own], shownAs }
  }
}

function snapshotOf(
  search: Search,
  joined: ReadonlyMap<string, string>,
  base: Built,
  hidden: ReadonlySet<string> = new Set(),
  fresh?: Built,
): Snapshot {
  const paper = (ref: string): Paper | undefined => {
    const added = fresh?.search.withRef(ref)
    if (added !== undefined) return added
    const found = base.search.withRef(ref)
    if (found !== undefined && !hidden.has(found.id)) return found
    const id = joined.get(ref) ?? fresh?.shownAs.get(ref) ?? base.shownAs.get(ref)
    return id === undefined || paperRef(id) === ref ? undefined : paper(paperRef(id))
  }
  return { search, paper }
}
