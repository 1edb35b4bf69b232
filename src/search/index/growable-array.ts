import type { CooperativeYield } from './cooperative-yield.ts'

const chunkSize = 1 << 16

/** A list of unsigned 32-bit numbers that grows in chunks, so that growing never copies what it contains. */
export class GrowableArray {
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

  /** The numbers in one array; empties the list and releases its memory on the way. */
  async done(slices: CooperativeYield): Promise<Uint32Array> {
    const whole = new Uint32Array(this.#length)
    // Allocating big arrays triggers the garbage collector; a pause keeps its time from adding to ours.
    await slices.pause()
    const chunks = this.#chunks.splice(0)
    for (let at = 0; at < whole.length; at += chunkSize) {
      const chunk = chunks.shift() ?? new Uint32Array()
      whole.set(chunk.subarray(0, whole.length - at), at)
      if (slices.spent(chunkSize)) await slices.pause()
    }
    this.#length = 0
    return whole
  }
}
