import { setImmediate } from 'node:timers/promises'

/**
 * Cuts a long computation into slices between which other work may run. Slices are counted in units of work and
 * not in time, so that the same input is always cut in the same places.
 */
export class Slices {
  #left: number
  readonly #size: number

  /** `size`: units of work in one slice; choose it so that a slice takes 5 to 10 ms on a slow machine. */
  constructor(size: number) {
    this.#size = size
    this.#left = size
  }

  /** True when the slice is used up; then `await pause()`. Split in two so that loops do not await in vain. */
  spent(units: number): boolean {
    this.#left -= units
    return this.#left <= 0
  }

  async pause(): Promise<void> {
    this.#left = this.#size
    await setImmediate()
  }
}
