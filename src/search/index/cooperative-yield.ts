import { setImmediate } from 'node:timers/promises'

/**
 * Divides a long computation into slices between which other work can run. Slices are counted in units of work and
 * not in time, so that equal input is always divided in the same places.
 */
export class CooperativeYield {
  #left: number
  #next: number
  readonly #size: number

  /** `size`: units of work in one slice; choose it so that a slice takes 5 to 10 ms on a slow machine. */
  constructor(size: number) {
    this.#size = size
    // Code is many times slower before V8 has compiled it: the first slices are short.
    this.#next = Math.ceil(size / 16)
    this.#left = this.#next
  }

  /** True when the slice is used up; then `await pause()`. Two methods, so that loops do not await on every step. */
  spent(units: number): boolean {
    this.#left -= units
    return this.#left <= 0
  }

  async pause(): Promise<void> {
    this.#next = Math.min(this.#size, 2 * this.#next)
    this.#left = this.#next
    await setImmediate()
  }
}
