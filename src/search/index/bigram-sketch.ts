import { gap } from './postings.ts'

/**
 * Approximate frequency of adjacent term pairs in a table of fixed size: a count-min sketch (Cormode and
 * Muthukrishnan 2005) of one row. It never underestimates; with as many cells as words it rarely overestimates.
 */
export class BigramSketch {
  readonly cells: Uint16Array
  readonly #mask: number

  constructor(cells: Uint16Array) {
    this.cells = cells
    this.#mask = cells.length - 1
  }

  /** An empty one for texts of so many words. */
  static for(words: number): BigramSketch {
    return new BigramSketch(
      new Uint16Array(2 ** Math.min(23, Math.max(12, Math.ceil(Math.log2(words * 2 + 1))))),
    )
  }

  add(left: number, right: number): void {
    if (left === gap || right === gap) return
    const at = this.#cell(left, right)
    const count = this.cells[at] ?? 0
    if (count < 0xffff) this.cells[at] = count + 1
  }

  of(left: number, right: number): number {
    return left === gap || right === gap ? 0 : (this.cells[this.#cell(left, right)] ?? 0)
  }

  #cell(left: number, right: number): number {
    let hash = Math.imul(left + 1, 0x9e3779b1) ^ Math.imul(right + 0x7f4a7c15, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    return (hash ^ (hash >>> 13)) & this.#mask
  }
}
