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
  readonly keys: Set<string>
  /** Keys of all titles that its records had. */
  readonly titles: Set<string>
  readonly sources: Set<string>
  addedAt: number
  joinedInto: string | undefined
  state: 'stored' | 'changed' | 'new'
}

/** Papers that joined one after the other: more are no real ones. */
export const mostHops = 20

/** The id of a record whose own is another paper's: of all that it says, so that the same record gets the same. */
export const spareId = (record: Paper): string =>
  paperId(
    record.title,
    JSON.stringify([record.id, record.abstract, record.authors, ...identifierKeys(record)]),
  )

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
    records: readonly Paper[],
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
      return { id: first.id, outcome: changed || joined.length > 0 ? 'updated' : 'unchanged' }
    })
  }

  /** Entries that differ from what is stored. */
  changed(): Entry[] {
    return [...this.#byId.values()].filter(entry => entry.state !== 'stored')
  }

  /** @returns the papers that the record is of, the oldest first */
  #same(record: Paper, current: string | undefined): Known[] {
    const keys = new Set(identifierKeys(record))
    const near = new Set([...keys, titleKey(record.title)].flatMap(key => [...(this.#byKey.get(key) ?? [])]))
    const named = this.#followed(record.id)
    const spare = this.#followed(spareId(record))
    for (const entry of [named, spare]) if (entry !== undefined) near.add(entry)
    return [...near]
      .filter(isKnown)
      .filter(entry => {
        const isOwn = current !== undefined && entry === named && entry.sources.has(current)
        return isOwn || entry === spare || isSamePaper({ paper: record, keys }, entry)
      })
      .sort((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1))
  }

  #followed(id: string): Entry | undefined {
    let entry = this.#byId.get(id)
    for (let hops = 0; entry?.joinedInto !== undefined && hops < mostHops; hops++)
      entry = this.#byId.get(entry.joinedInto)
    return entry
  }

  #add(record: Paper, source: string, at: number): string {
    const id = this.#freeId(record)
    const paper = canonical({ ...record, id })
    const old = this.#byId.get(id)
    const entry: Entry = {
      id,
      paper,
      json: JSON.stringify(paper),
      keys: new Set(identifierKeys(record)),
      titles: new Set([titleKey(record.title)]),
      sources: new Set([source]),
      addedAt: at,
      joinedInto: undefined,
      state: old === undefined ? 'new' : 'changed',
    }
    this.#byId.set(id, entry)
    this.#file(entry)
    return id
  }

  /** The record's own id, unless it is another paper's. */
  #freeId(record: Paper): string {
    const entry = this.#byId.get(record.id)
    const isFree = entry === undefined || (entry.paper === undefined && entry.joinedInto === undefined)
    return isFree ? record.id : spareId(record)
  }

  /** @returns whether anything is new */
  #merge(entry: Known, record: Paper, source: string, isReplaced: boolean): boolean {
    const paper = isReplaced ? canonical({ ...record, id: entry.id }) : mergePapers(entry.paper, record)
    return this.#put(entry, paper, [...identifierKeys(record), titleKey(record.title)], [source])
  }

  /** Makes the two one, unless the first has become another paper by what was merged into it. */
  #join(first: Known, other: Known): boolean {
    if (!isSamePaper(first, other)) return false
    const paper = mergePapers(first.paper, other.paper)
    this.#put(first, paper, [...other.keys, ...other.titles], [...other.sources])
    Object.assign(other, { paper: undefined, json: '', joinedInto: first.id, state: 'changed' })
    return true
  }

  #put(entry: Known, paper: Paper, keys: readonly string[], sources: readonly string[]): boolean {
    const before = entry.keys.size + entry.titles.size + entry.sources.size
    for (const key of keys) (key.startsWith('title:') ? entry.titles : entry.keys).add(key)
    for (const source of sources) entry.sources.add(source)
    const json = JSON.stringify(paper)
    const changed = json !== entry.json || before !== entry.keys.size + entry.titles.size + entry.sources.size
    if (!changed) return false
    Object.assign(entry, { paper, json })
    if (entry.state === 'stored') entry.state = 'changed'
    this.#file(entry)
    return true
  }

  #file(entry: Entry): void {
    for (const key of [...entry.keys, ...entry.titles]) {
      const filed = this.#byKey.get(key)
      if (filed === undefined) this.#byKey.set(key, new Set([entry]))
      else filed.add(entry)
    }
  }
}

const isKnown = (entry: Entry): entry is Known => entry.paper !== undefined
