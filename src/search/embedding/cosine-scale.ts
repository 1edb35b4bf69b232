import type { VectorIndex } from './vector-index.ts'

/** Pairs of papers whose cosines are compared. */
const mostPairs = 2000
/** With fewer papers there is too little to compare. */
const leastPapers = 10

/** A linear map from one model's cosines to another's. */
export interface CosineScale {
  readonly slope: number
  readonly offset: number
}

export const sameScale: CosineScale = { slope: 1, offset: 0 }

/**
 * The map that gives cosines of `from` the mean and spread that `to` has over the same pairs of papers. Models differ in
 * what cosine two texts have that share nothing, from 0 to .8: thresholds and weights that were found with one hold
 * for another only on its scale.
 *
 * @param from and `to` hold the same papers at the same positions
 */
export function cosineScale(from: VectorIndex, to: VectorIndex): CosineScale {
  const size = Math.min(from.size, to.size)
  if (size < leastPapers) return sameScale
  const theirs = new Moments()
  const ours = new Moments()
  for (let i = 0; i < mostPairs; i++) {
    // Steps of two different lengths through the papers: pairs repeat only after all papers had their turn.
    const one = (i * 7919) % size
    const other = (one + 1 + (i % (size - 1))) % size
    theirs.add(from.cosine(from.vectorOf(one), other))
    ours.add(to.cosine(to.vectorOf(one), other))
  }
  const slope = theirs.deviation === 0 ? 1 : ours.deviation / theirs.deviation
  return { slope, offset: ours.mean - slope * theirs.mean }
}

class Moments {
  #count = 0
  #sum = 0
  #squares = 0

  add(value: number): void {
    this.#count++
    this.#sum += value
    this.#squares += value * value
  }

  get mean(): number {
    return this.#sum / this.#count
  }

  get deviation(): number {
    return Math.sqrt(Math.max(0, this.#squares / this.#count - this.mean ** 2))
  }
}
