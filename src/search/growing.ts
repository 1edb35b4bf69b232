/** A Uint32Array that grows at its end. */
export class Growing {
  #values: Uint32Array
  #length = 0

  constructor(capacity = 1024) {
    this.#values = new Uint32Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const wider = new Uint32Array(Math.ceil(this.#length * 1.5) + 16)
      wider.set(this.#values)
      this.#values = wider
    }
    this.#values[this.#length++] = value
  }

  /** The values so far, in memory of just their size. */
  done(): Uint32Array {
    return this.#values.slice(0, this.#length)
  }
}
