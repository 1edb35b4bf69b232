const shards = 32

/**
 * A map from texts to numbers in several parts. A growing `Map` occasionally copies all its entries at once, which
 * for hundreds of thousands of them would block other work for too long.
 */
export class ShardedMap {
  readonly #parts = Array.from({ length: shards }, () => new Map<string, number>())

  get(key: string): number | undefined {
    return this.#part(key).get(key)
  }

  has(key: string): boolean {
    return this.#part(key).has(key)
  }

  set(key: string, value: number): void {
    this.#part(key).set(key, value)
  }

  /** Hashes by length and two letters: cheap, and even enough for words, titles and identifiers. */
  #part(key: string): Map<string, number> {
    const { length } = key
    const mixed = length * 7 + 31 * (key.charCodeAt(length >> 1) | 0) + 13 * (key.charCodeAt(length - 1) | 0)
    return this.#parts[mixed % shards] as Map<string, number>
  }
}
