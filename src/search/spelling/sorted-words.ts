import type { StringArrays } from '../index/string-table.ts'

/** Ids of texts in the order of their UTF-16 units. */
export function sortedIds(texts: readonly string[]): Uint32Array {
  const by = (id: number): string => texts[id] as string
  return Uint32Array.from(texts.keys()).sort((x, y) => (by(x) < by(y) ? -1 : 1))
}

/**
 * Words in order, so that those with one prefix lie side by side: the list is walked like a trie, without the trie.
 *
 * @example
 * const sorted = new SortedWords(arrays, sortedIds(['key', 'kay', 'value']))
 * sorted.withPrefix('k') // [1, 0]
 * sorted.within('kex', 1) // [0]
 */
export class SortedWords {
  readonly #units: Uint16Array
  readonly #starts: Uint32Array
  readonly #order: Uint32Array

  constructor({ units, starts }: Pick<StringArrays, 'units' | 'starts'>, order: Uint32Array) {
    this.#units = units
    this.#starts = starts
    this.#order = order
  }

  /** Ids of the words with this prefix, in order. */
  withPrefix(prefix: string): Uint32Array {
    let [low, high] = [0, this.#order.length]
    for (let depth = 0; depth < prefix.length && low < high; depth++) {
      const unit = prefix.charCodeAt(depth)
      low = this.#firstFrom(low, high, depth, unit)
      high = this.#firstFrom(low, high, depth, unit + 1)
    }
    return this.#order.subarray(low, high)
  }

  /** Ids of the words at most so many insertions, deletions and substitutions away, in order. */
  within(word: string, distance: number): number[] {
    const found: number[] = []
    const distances = new PrefixDistances(word, distance)
    this.#visit(distances, found, { low: 0, high: this.#order.length, depth: 0 })
    return found
  }

  #visit(distances: PrefixDistances, found: number[], { low: first, high, depth }: Range): void {
    let low = first
    if (low < high && this.#unitAt(low, depth) === end) {
      if (distances.isNear(depth)) found.push(this.#order[low] as number)
      low++
    }
    for (const unit of distances.onlyUnits(depth) ?? this.#unitsIn(low, high, depth)) {
      low = this.#firstFrom(low, high, depth, unit)
      const next = this.#firstFrom(low, high, depth, unit + 1)
      if (next > low && distances.extend(depth, unit))
        this.#visit(distances, found, { low, high: next, depth: depth + 1 })
      low = next
    }
  }

  /** The units at `depth` of words that agree up to there. */
  #unitsIn(low: number, high: number, depth: number): number[] {
    const units: number[] = []
    for (let at = low; at < high; ) {
      const unit = this.#unitAt(at, depth)
      units.push(unit)
      at = this.#firstFrom(at, high, depth, unit + 1)
    }
    return units
  }

  /** The first of these words, which agree up to `depth`, whose unit there is not below `unit`: steps that double, then halves. */
  #firstFrom(low: number, high: number, depth: number, unit: number): number {
    let [from, to] = [low, low]
    for (let step = 1; to < high && this.#unitAt(to, depth) < unit; step *= 2) {
      from = to + 1
      to += step
    }
    to = Math.min(to, high)
    while (from < to) {
      const middle = (from + to) >> 1
      if (this.#unitAt(middle, depth) < unit) from = middle + 1
      else to = middle
    }
    return from
  }

  #unitAt(at: number, depth: number): number {
    const id = this.#order[at] as number
    const position = (this.#starts[id] as number) + depth
    return position < (this.#starts[id + 1] as number) ? (this.#units[position] as number) : end
  }
}

/** Below every unit: shorter words come first. */
const end = -1

/** Words of the list that agree in their first `depth` units. */
interface Range {
  readonly low: number
  readonly high: number
  readonly depth: number
}

/**
 * The edit distances (Levenshtein 1966) of one prefix after the other to each prefix of a typed word: a row a unit, of
 * which only the band counts in which the distance asked for can be kept.
 */
class PrefixDistances {
  readonly #typed: string
  readonly #distance: number
  readonly #rows: Uint8Array
  readonly #width: number

  constructor(typed: string, distance: number) {
    this.#typed = typed
    this.#distance = distance
    this.#width = typed.length + 1
    this.#rows = new Uint8Array(this.#width * (typed.length + distance + 2)).fill(distance + 1)
    for (let i = 0; i <= Math.min(distance, typed.length); i++) this.#rows[i] = i
  }

  /** Whether the prefix of so many units is near the whole typed word. */
  isNear(depth: number): boolean {
    return (this.#rows[(depth + 1) * this.#width - 1] as number) <= this.#distance
  }

  /** Where no edit is left, the units that can follow the prefix of so many units, in order; undefined: any. */
  onlyUnits(depth: number): number[] | undefined {
    const units = new Set<number>()
    const row = depth * this.#width
    const last = Math.min(this.#typed.length, depth + this.#distance)
    for (let i = Math.max(0, depth - this.#distance); i <= last; i++) {
      const distance = this.#rows[row + i] as number
      if (distance < this.#distance) return undefined
      if (distance === this.#distance && i < this.#typed.length) units.add(this.#typed.charCodeAt(i))
    }
    return [...units].sort((x, y) => x - y)
  }

  /** Adds a unit to the prefix of `depth` units. Returns whether longer words can still be near. */
  extend(depth: number, unit: number): boolean {
    const rows = this.#rows
    const before = depth * this.#width
    const row = before + this.#width
    const last = Math.min(this.#typed.length, depth + 1 + this.#distance)
    let i = Math.max(0, depth + 1 - this.#distance)
    let least = this.#distance + 1
    if (i === 0) {
      least = Math.min(least, depth + 1)
      rows[row] = least
      i = 1
    }
    for (; i <= last; i++) {
      const replaced = (rows[before + i - 1] as number) + (this.#typed.charCodeAt(i - 1) === unit ? 0 : 1)
      const shorter = Math.min(rows[before + i] as number, rows[row + i - 1] as number) + 1
      const value = Math.min(this.#distance + 1, replaced, shorter)
      rows[row + i] = value
      if (value < least) least = value
    }
    return least <= this.#distance
  }
}
