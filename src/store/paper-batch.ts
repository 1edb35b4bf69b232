import { paperId } from '../corpus/ids.ts'
import { canonical, mergePapers } from '../corpus/merging/merge-papers.ts'
import { identifierKeys, titleKey } from '../corpus/merging/paper-keys.ts'
import { isSamePaper } from '../corpus/merging/same-paper.ts'
import type { Paper } from '../corpus/paper.ts'
import type { NewPapers, Upserted } from './paper-ports.ts'

/** A paper's row while a batch is worked on. */
export interface Entry {
  readonly id: string
  /** Undefined: it was removed. */
  paper: Paper | undefined
  json: string
  /** Of all its records: their identifiers and titles. */
  readonly keys: Set<string>
  readonly storedKeys: readonly string[]
  readonly sources: Set<string>
  addedAt: number
  joinedInto: string | undefined
  isChanged: boolean
}

/** Papers that joined one after the other: more are no real ones. */
export const mostHops = 20

/** A record with what it is recognised by. */
export interface Prepared {
  readonly paper: Paper
  readonly keys: ReadonlySet<string>
  readonly titleKey: string
}

export const preparedOf = (paper: Paper): Prepared => ({
  paper,
  keys: new Set(identifierKeys(paper)),
  titleKey: titleKey(paper.title),
})

/** The id of a record whose own is another paper's: of all that it says, so that the same record gets the same. */
export const spareId = ({ paper, keys }: Prepared): string =>
  paperId(paper.title, JSON.stringify([paper.id, paper.abstract, paper.authors, ...keys]))

/** Whether the record's own id is another paper's. @param entry what has it */
export const needsSpareId = (record: Prepared, entry: Entry | undefined): boolean =>
  entry !== undefined && !(isKnown(entry) && isSamePaper(record, entry))

type Known = Entry & { paper: Paper }

/** Decides what becomes of each record, given all stored papers that any of them may be. Touches no database. */
export class PaperBatch {
  readonly #byId = new Map<string, Entry>()
  readonly #byKey = new Map<string, Set<Entry>>()

  constructor(stored: readonly Entry[]) {
    for (const entry of stored) {
      this.#byId.set(entry.id, entry)
      this.#file(entry)
    }
  }

  take(
    records: readonly Prepared[],
    {
      source,
      at,
      room,
      isCurrent = false,
    }: Pick<NewPapers, 'source' | 'at' | 'isCurrent'> & { room?: number | undefined },
  ): Upserted[] {
    let left = room ?? Number.POSITIVE_INFINITY
    return records.map(record => {
      const same = this.#same(record, isCurrent ? source : undefined)
      const [first] = same
      if (first === undefined) {
        if (left < 1) return { id: '', outcome: 'refused' }
        left--
        return { id: this.#add(record, source, at), outcome: 'added' }
      }
      const isReplaced = isCurrent && first.sources.size === 1 && first.sources.has(source)
      const changed = this.#merge(first, record, source, isReplaced)
      const joined = same.slice(1).filter(other => this.#join(first, other))
      left += joined.length
      if (first.addedAt === at) return { id: first.id, outcome: 'duplicate' }
      return { id: first.id, outcome: changed || joined.length > 0 ? 'updated' : 'unchanged' }
    })
  }

  /** Entries that differ from what is stored. */
  changed(): Entry[] {
    return [...this.#byId.values()].filter(entry => entry.isChanged)
  }

  /** @returns the papers that the record is of, the oldest first */
  #same(record: Prepared, current: string | undefined): Known[] {
    const near = new Set<Entry>()
    for (const key of [...record.keys, record.titleKey])
      for (const entry of this.#byKey.get(key) ?? []) near.add(entry)
    const named = this.#followed(record.paper.id)
    const spare = needsSpareId(record, named) ? this.#followed(spareId(record)) : undefined
    for (const entry of [named, spare]) if (entry !== undefined) near.add(entry)
    return [...near]
      .filter(isKnown)
      .filter(entry => {
        const isOwn = current !== undefined && entry === named && entry.sources.has(current)
        return isOwn || entry === spare || isSamePaper(record, entry)
      })
      .sort((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1))
  }

  #followed(id: string): Entry | undefined {
    let entry = this.#byId.get(id)
    for (let hops = 0; entry?.joinedInto !== undefined && hops < mostHops; hops++)
      entry = this.#byId.get(entry.joinedInto)
    return entry
  }

  #add(record: Prepared, source: string, at: number): string {
    const id = this.#freeId(record)
    const paper = canonical({ ...record.paper, id })
    const entry: Entry = {
      id,
      paper,
      json: JSON.stringify(paper),
      keys: new Set([...record.keys, record.titleKey]),
      storedKeys: [],
      sources: new Set([source]),
      addedAt: at,
      joinedInto: undefined,
      isChanged: true,
    }
    this.#byId.set(id, entry)
    this.#file(entry)
    return id
  }

  /** The record's own id, unless it is another paper's. */
  #freeId(record: Prepared): string {
    const entry = this.#byId.get(record.paper.id)
    const isFree = entry === undefined || (entry.paper === undefined && entry.joinedInto === undefined)
    return isFree ? record.paper.id : spareId(record)
  }

  /** @returns whether anything is new */
  #merge(entry: Known, record: Prepared, source: string, isReplaced: boolean): boolean {
    const paper = isReplaced
      ? canonical({ ...record.paper, id: entry.id })
      : mergePapers(entry.paper, record.paper)
    return this.#put(entry, paper, [...record.keys, record.titleKey], [source])
  }

  /** Makes the two one, unless the first has become another paper by what was merged into it. */
  #join(first: Known, other: Known): boolean {
    if (!isSamePaper(first, other)) return false
    this.#put(first, mergePapers(first.paper, other.paper), [...other.keys], [...other.sources])
    Object.assign(other, { paper: undefined, json: '', joinedInto: first.id, isChanged: true })
    return true
  }

  #put(entry: Known, paper: Paper, keys: readonly string[], sources: readonly string[]): boolean {
    const before = entry.keys.size + entry.sources.size
    for (const key of keys) entry.keys.add(key)
    for (const source of sources) entry.sources.add(source)
    const json = JSON.stringify(paper)
    if (json === entry.json && before === entry.keys.size + entry.sources.size) return false
    Object.assign(entry, { paper, json, isChanged: true })
    this.#file(entry)
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

const isKnown = (entry: Entry): entry is Known => entry.paper !== undefined
