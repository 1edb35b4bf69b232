import { setImmediate } from 'node:timers/promises'

/**
 * Cuts a long computation into slices between which other work may run. Slices are counted in units of work and
 * not in time, so that the same input is always cut in the same places.
 */
export class CooperativeYield {
  #left: number
  #next: number
  readonly #size: number

  /** `size`: units of work in one slice; choose it so that a slice takes 5 to 10 ms on a slow machine. */
  constructor(size: number) {
    this.#size = size
    // Code that runs for the first time is many times slower than it is once compiled: the first slices are short.
    this.#next = Math.ceil(size / 16)
    this.#left = this.#next
  }

  /** True when the slice is used up; then `await pause()`. Split in two so that loops do not await in vain. */
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
