import { hashOf, slotsFor } from './string-hash.ts'

const fingerprintSeed = 0x9e3779b9

/** Tells whether the paper at a position has the key: two keys may share a hash. */
export type HasKey = (position: number) => boolean

/**
 * Positions of papers by keys that can be read off the papers: hashes alone are kept, in one array that is saved as it
 * is. A slot is a position plus one, and 32 more bits of the key's hash; position 0 is an empty slot.
 */
export class KeyTable {
  readonly #slots: Uint32Array

  constructor(slots: Uint32Array) {
    this.#slots = slots
  }

  /** An empty table for at most so many keys. */
  static for(keys: number): KeyTable {
    return new KeyTable(new Uint32Array(2 * slotsFor(keys)))
  }

  get array(): Uint32Array {
    return this.#slots
  }

  /** The first position that was set for the key. */
  get(key: string, has: HasKey): number | undefined {
    const entry = this.#slots[this.#slot(key, has)] as number
    return entry === 0 ? undefined : entry - 1
  }

  /** Keeps the position that is there already. */
  set(key: string, position: number, has: HasKey): void {
    const at = this.#slot(key, has)
    if (this.#slots[at] !== 0) return
    this.#slots[at] = position + 1
    this.#slots[at + 1] = hashOf(key, fingerprintSeed)
  }

  /** The key's slot, or the empty one where it would go. */
  #slot(key: string, has: HasKey): number {
    const mask = this.#slots.length / 2 - 1
    const fingerprint = hashOf(key, fingerprintSeed)
    for (let slot = hashOf(key) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[2 * slot] as number
      if (entry === 0 || (this.#slots[2 * slot + 1] === fingerprint && has(entry - 1))) return 2 * slot
    }
  }
}
