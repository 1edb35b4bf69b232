import { hashOf, hashOfPart, slotsFor } from './string-hash.ts'

/** Texts by number, and numbers by text, as arrays: they are saved and given to another thread as they are. */
export interface StringArrays {
  /** The texts' UTF-16 units, one text after the other. */
  readonly units: Uint16Array
  /** Where each text begins, and where the last one ends. */
  readonly starts: Uint32Array
  /** A hash table with linear probing: a text's number plus one; 0 is an empty slot. */
  readonly slots: Uint32Array
}

/** @param texts no text twice */
export function stringArraysOf(texts: readonly string[]): StringArrays {
  const starts = new Uint32Array(texts.length + 1)
  for (const [i, { length }] of texts.entries()) starts[i + 1] = (starts[i] as number) + length
  const units = new Uint16Array(starts[texts.length] as number)
  const slots = new Uint32Array(slotsFor(texts.length))
  const mask = slots.length - 1
  for (const [id, text] of texts.entries()) {
    const start = starts[id] as number
    for (let i = 0; i < text.length; i++) units[start + i] = text.charCodeAt(i)
    let at = hashOf(text) & mask
    while (slots[at] !== 0) at = (at + 1) & mask
    slots[at] = id + 1
  }
  return { units, starts, slots }
}

/**
 * Texts, numbered from 0.
 *
 * @example
 * const table = new StringTable(stringArraysOf(['kv', 'cache']))
 * table.at(1) // 'cache'
 * table.idOf('kv') // 0
 */
export class StringTable {
  readonly #units: Uint16Array
  readonly #starts: Uint32Array
  readonly #slots: Uint32Array

  constructor({ units, starts, slots }: StringArrays) {
    this.#units = units
    this.#starts = starts
    this.#slots = slots
  }

  get size(): number {
    return this.#starts.length - 1
  }

  /** Empty for a number that no text has. */
  at(id: number): string {
    return String.fromCharCode(...this.#units.subarray(this.#starts[id] ?? 0, this.#starts[id + 1] ?? 0))
  }

  idOf(text: string): number | undefined {
    return this.idOfPart(text, 0, text.length)
  }

  /** The number of what stands between two places of a text, which is not copied for it. */
  idOfPart(text: string, start: number, end: number): number | undefined {
    const mask = this.#slots.length - 1
    for (let at = hashOfPart(text, start, end) & mask; ; at = (at + 1) & mask) {
      const entry = this.#slots[at] as number
      if (entry === 0) return undefined
      if (this.#is(entry - 1, text, start, end)) return entry - 1
    }
  }

  #is(id: number, text: string, start: number, end: number): boolean {
    const own = this.#starts[id] as number
    if ((this.#starts[id + 1] as number) - own !== end - start) return false
    for (let i = own, at = start; at < end; i++, at++)
      if (this.#units[i] !== text.charCodeAt(at)) return false
    return true
  }
}
