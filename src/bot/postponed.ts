import type { LiveCollection } from '../collections/live-collection.ts'

/** Collections that a start put off: they are not indexed yet. */
export class Postponed {
  readonly #waiting = new Set<LiveCollection>()
  readonly #wanted = new Set<LiveCollection>()

  add(one: LiveCollection): void {
    this.#waiting.add(one)
  }

  has(one: LiveCollection | undefined): boolean {
    return one !== undefined && this.#waiting.has(one)
  }

  /** It comes before all others now, if it is among these. */
  want(one: LiveCollection | undefined): void {
    if (one === undefined || !this.#waiting.has(one)) return
    this.#wanted.delete(one)
    this.#wanted.add(one)
  }

  /** Indexes one more. @throws what building the index threw; then it comes again after the others */
  async updateNext(): Promise<void> {
    const next = this.#wanted.size > 0 ? [...this.#wanted].at(-1) : [...this.#waiting][0]
    if (next === undefined) return
    try {
      await next.update()
      this.#waiting.delete(next)
    } catch (error) {
      this.#waiting.delete(next)
      this.#waiting.add(next)
      throw error
    } finally {
      this.#wanted.delete(next)
    }
  }
}
