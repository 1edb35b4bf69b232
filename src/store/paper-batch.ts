import { hash, paperId } from '../corpus/ids.ts'
import { canonical, mergePapers } from '../corpus/merging/merge-papers.ts'
import { keysOfPaper } from '../corpus/merging/paper-keys.ts'
import { isSamePaper, type Keyed } from '../corpus/merging/same-paper.ts'
import type { Paper } from '../corpus/paper.ts'
import type { NewPapers, Upserted } from './paper-ports.ts'

/** A paper's row while a batch is worked on. */
export interface Entry {
  readonly id: string
  /** Undefined: it was removed, or cannot be read. */
  paper: Paper | undefined
  json: string
  /** Of all its records: their identifiers and titles. */
  readonly keys: Set<string>
  readonly storedKeys: readonly string[]
  /** The row stays as it is: a record of its paper is another paper's. */
  readonly isUnreadable?: boolean
  readonly sources: Set<string>
  addedAt: number
  joinedInto: string | undefined
  /** Its own, or undefined for a new one. */
  readonly revision: number | undefined
  /** What readers see of it is not what is stored: it gets another revision. */
  isChanged: boolean
}

/** Papers that joined one after the other: more are no real ones. */
export const mostHops = 20

/** The id of a record whose own is another paper's: of all that it says, so that the same record gets the same. */
export const spareId = ({ paper, keys }: Keyed): string =>
  paperId(paper.title, JSON.stringify([paper.id, paper.abstract, paper.authors, ...keys]))

/** Whether the record's own id is another paper's. @param entry what has it */
export const needsSpareId = (record: Keyed, entry: Entry | undefined): boolean =>
  entry !== undefined && !(isKnown(entry) && isSamePaper(record, entry))

/** A record with what it is recognised by. */
export interface NewRecord extends Keyed {
  /** A key for exactly this record of this source: what was read once changes nothing when it is read again. */
  readonly digest: string
}

export const newRecord = (paper: Paper, source: string): NewRecord => ({
  paper,
  keys: keysOfPaper(paper),
  digest: `record:${hash(JSON.stringify([source, canonical(paper)]), 20)}`,
})

export const isDigest = (key: string): boolean => key.startsWith('record:')

interface Task {
  readonly source: string
  readonly at: number
  readonly isCurrent: boolean
  /** How many papers may be added. */
  left: number
}

/** What a source replaces by something else, and then says once more, is new again. */
const keysToKeep = ({ keys, digest }: NewRecord, isCurrent: boolean): string[] =>
  isCurrent ? [...keys] : [...keys, digest]

export const again = ({ id, addedAt }: Pick<Entry, 'id' | 'addedAt'>, at: number): Upserted => ({
  id,
  outcome: addedAt === at ? 'duplicate' : 'unchanged',
})

type Known = Entry & { paper: Paper }

/** Decides what becomes of each record, given all stored papers that any of them may be. Touches no database. */
export class PaperBatch {
  readonly #byId = new Map<string, Entry>()
  readonly #byKey = new Map<string, Set<Entry>>()

  /** Papers that got something by a record, and may now be the same as papers that no record named. */
  readonly #grown = new Set<Known>()

  constructor(stored: readonly Entry[]) {
    this.include(stored)
  }

  /** Makes more stored papers known; what is known stays. */
  include(stored: readonly Entry[]): void {
    for (const entry of stored) {
      if (this.#byId.has(entry.id)) continue
      this.#byId.set(entry.id, entry)
      this.#file(entry)
    }
  }

  /** Keys under which papers are to be looked for that have become the same as others: for `include` and `joinGrown`. */
  grownKeys(): string[] {
    return [...this.#grown].flatMap(entry => [...entry.keys].filter(key => !isDigest(key)))
  }

  /** Joins what has become the same by what papers got. */
  joinGrown(): void {
    for (const entry of [...this.#grown]) {
      this.#grown.delete(entry)
      // Another one that grew may have taken it in meanwhile.
      if (!isKnown(entry)) continue
      const near = new Set([...entry.keys].flatMap(key => [...(this.#byKey.get(key) ?? [])]))
      const same = [...near].filter(isKnown).filter(other => other !== entry && isSamePaper(entry, other))
      const [first, ...others] = [entry, ...same].filter(isKnown).sort(byAge)
      if (first !== undefined) for (const other of others) this.#join(first, other)
    }
  }

  take(
    records: readonly NewRecord[],
    {
      source,
      at,
      room,
      isCurrent = false,
    }: Pick<NewPapers, 'source' | 'at' | 'isCurrent'> & { room?: number | undefined },
  ): Upserted[] {
    const task = { source, at, isCurrent, left: room ?? Number.POSITIVE_INFINITY }
    return records.map(record => this.#take(record, task))
  }

  #take(record: NewRecord, task: Task): Upserted {
    const { source, at, isCurrent } = task
    const [known] = this.#byKey.get(record.digest) ?? []
    if (known !== undefined && !isCurrent) return again(known, at)
    const [first, ...others] = this.#same(record, isCurrent ? source : undefined)
    if (first === undefined) {
      if (task.left < 1) return { id: '', outcome: 'refused' }
      task.left--
      return { id: this.#add(record, task), outcome: 'added' }
    }
    const isReplaced = isCurrent && first.sources.size === 1 && first.sources.has(source)
    const paper = isReplaced
      ? canonical({ ...record.paper, id: first.id })
      : mergePapers(first.paper, record.paper)
    const changed = this.#put(first, paper, keysToKeep(record, isCurrent), [source])
    const joined = others.filter(other => this.#join(first, other)).length
    task.left += joined
    if (!changed && joined === 0) return again(first, at)
    return { id: first.id, outcome: first.addedAt === at ? 'duplicate' : 'updated' }
  }

  /** Entries that differ from what is stored. */
  changed(): Entry[] {
    return [...this.#byId.values()].filter(
      entry => entry.isChanged || entry.keys.size > entry.storedKeys.length,
    )
  }

  /** @returns the papers that the record is of, the oldest first */
  #same(record: Keyed, current: string | undefined): Known[] {
    const near = new Set<Entry>()
    for (const key of record.keys) for (const entry of this.#byKey.get(key) ?? []) near.add(entry)
    const named = this.#followed(record.paper.id)
    const spare = needsSpareId(record, named) ? this.#followed(spareId(record)) : undefined
    for (const entry of [named, spare]) if (entry !== undefined) near.add(entry)
    return [...near]
      .filter(isKnown)
      .filter(entry => {
        const isOwn = current !== undefined && entry === named && entry.sources.has(current)
        return isOwn || entry === spare || isSamePaper(record, entry)
      })
      .sort(byAge)
  }

  #followed(id: string): Entry | undefined {
    let entry = this.#byId.get(id)
    for (let hops = 0; entry?.joinedInto !== undefined && hops < mostHops; hops++)
      entry = this.#byId.get(entry.joinedInto)
    return entry
  }

  #add(record: NewRecord, { source, at, isCurrent }: Task): string {
    const id = this.#freeId(record)
    const paper = canonical({ ...record.paper, id })
    const entry: Entry = {
      id,
      paper,
      json: JSON.stringify(paper),
      keys: new Set(keysToKeep(record, isCurrent)),
      storedKeys: [],
      sources: new Set([source]),
      addedAt: at,
      joinedInto: undefined,
      revision: undefined,
      isChanged: true,
    }
    this.#byId.set(id, entry)
    this.#file(entry)
    return id
  }

  /** The record's own id, unless it is another paper's. */
  #freeId(record: Keyed): string {
    const entry = this.#byId.get(record.paper.id)
    const isFree =
      entry === undefined ||
      (entry.paper === undefined && entry.joinedInto === undefined && entry.isUnreadable !== true)
    return isFree ? record.paper.id : spareId(record)
  }

  /** Makes the two one, unless the first has become another paper by what was merged into it. */
  #join(first: Known, other: Known): boolean {
    if (!isSamePaper(first, other)) return false
    this.#put(first, mergePapers(first.paper, other.paper), [...other.keys], [...other.sources])
    Object.assign(other, { paper: undefined, json: '', joinedInto: first.id, isChanged: true })
    return true
  }

  /** @returns whether anything is new but that the record was seen */
  #put(entry: Known, paper: Paper, keys: readonly string[], sources: readonly string[]): boolean {
    const json = JSON.stringify(paper)
    const isNew =
      json !== entry.json ||
      keys.some(key => !isDigest(key) && !entry.keys.has(key)) ||
      sources.some(source => !entry.sources.has(source))
    for (const key of keys) entry.keys.add(key)
    for (const source of sources) entry.sources.add(source)
    if (!isNew) return false
    Object.assign(entry, { paper, json, isChanged: true })
    this.#file(entry)
    this.#grown.add(entry)
    return true
  }

  #file(entry: Entry): void {
    for (const key of entry.keys) {
      const filed = this.#byKey.get(key)
      if (filed === undefined) this.#byKey.set(key, new Set([entry]))
      else filed.add(entry)
    }
  }
}

const byAge = (a: Entry, b: Entry): number => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1)

const isKnown = (entry: Entry): entry is Known => entry.paper !== undefined
