const chunkSize = 1 << 16

/** A list of unsigned 32-bit numbers that grows in chunks, so that growing never copies what is there. */
export class Growing {
  readonly #chunks: Uint32Array[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    const at = this.#length++ % chunkSize
    if (at === 0) this.#chunks.push(new Uint32Array(chunkSize))
    ;(this.#chunks.at(-1) as Uint32Array)[at] = value
  }

  /** The numbers so far in one array. */
  done(): Uint32Array {
    const whole = new Uint32Array(this.#length)
    this.#chunks.forEach((chunk, i) => {
      const at = i * chunkSize
      whole.set(chunk.subarray(0, Math.min(chunkSize, this.#length - at)), at)
    })
    return whole
  }
}
