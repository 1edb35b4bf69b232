import type { Entry } from './entries.ts'

/** Most characters of entries that are kept, of parents and of those that wait for theirs. */
const most = 8 * 1024 * 1024

const named = /^\s{0,99}@\s{0,9}([A-Za-z]{1,40})\s{0,9}[{(]\s{0,99}([^\s,{}"=]{1,200})/
const refersTo = /[,\s]crossref\s{0,99}=\s{0,99}["{]?\s{0,99}([^\s,{}"]{1,200})/i
const isParent = /^(?:mv)?(?:proceedings|book|collection|reference|periodical)$/i

/** An entry that can be read, and the one that its `crossref` names, if that was found. */
export interface Resolved {
  readonly entry: Entry
  readonly parent?: string | undefined
}

/**
 * Keeps entries that refer to another (a paper to its proceedings) until that comes, which in BibTeX is after them. They
 * are then given just before it, so that the order of the file is nearly kept. What is kept is limited: a file that asks
 * for more has its entries read without their parents.
 */
export class BibtexCrossrefs {
  readonly #parents = new Map<string, string>()
  readonly #waiting = new Map<string, Entry[]>()
  #size = 0

  /** @returns the entries that can be read now */
  add(entry: Entry): Resolved[] {
    if (entry.fault !== undefined) return [{ entry }]
    const [, type = '', key = ''] = named.exec(entry.text) ?? []
    const wanted = refersTo.exec(entry.text)?.[1]?.toLowerCase()
    if (wanted !== undefined) return this.#child(entry, wanted)
    if (!isParent.test(type) || key === '') return [{ entry }]
    const name = key.toLowerCase()
    if (this.#keeps(entry)) this.#parents.set(name, entry.text)
    const children = this.#waiting.get(name) ?? []
    this.#waiting.delete(name)
    return [...children.map(child => ({ entry: child, parent: entry.text })), { entry }]
  }

  /** @returns those whose parent never came */
  end(): Resolved[] {
    return [...this.#waiting.values()].flat().map(entry => ({ entry }))
  }

  #child(entry: Entry, wanted: string): Resolved[] {
    const parent = this.#parents.get(wanted)
    if (parent !== undefined || !this.#keeps(entry)) return [{ entry, parent }]
    this.#waiting.set(wanted, [...(this.#waiting.get(wanted) ?? []), entry])
    return []
  }

  #keeps({ text }: Entry): boolean {
    this.#size += text.length
    return this.#size <= most
  }
}
