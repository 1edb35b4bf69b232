import { idfOf, type Postings } from './postings.ts'

export interface WeightedTerm {
  readonly term: number
  /** Multiplies the term's share of the score. */
  readonly weight: number
}

export interface ScoredPaper {
  readonly doc: number
  readonly score: number
}

/** Terms of which only the one that says most of a paper counts there: other words for one thing. */
export type SynonymGroup = readonly WeightedTerm[]

const k1 = 1.5
const b = 0.7

/** BM25 (Robertson and Zaragoza 2009) over the compact index. Holds one scratch table; calls must not overlap. */
export class Bm25 {
  readonly #index: Postings
  readonly #scores: Float64Array
  readonly #damping: Float64Array
  readonly #best: Float64Array
  readonly #inGroup: Uint32Array
  readonly #touched: Uint32Array

  constructor(index: Postings) {
    this.#index = index
    this.#scores = new Float64Array(index.papers)
    this.#touched = new Uint32Array(index.papers)
    this.#best = new Float64Array(index.papers)
    this.#inGroup = new Uint32Array(index.papers)
    this.#damping = Float64Array.from(index.lengths, length => k1 * (1 - b + (b * length) / index.meanLength))
  }

  /** The best papers, best first; equal scores in the corpus's order. */
  top(
    query: readonly WeightedTerm[],
    limit: number,
    {
      groups = [],
      allowed,
    }: { groups?: readonly SynonymGroup[]; allowed?: ((doc: number) => boolean) | undefined } = {},
  ): ScoredPaper[] {
    let found = this.#accumulate(query)
    for (const group of groups) found = this.#accumulateGroup(group, found)
    if (allowed !== undefined) found = this.#keep(found, allowed)
    const best = select(this.#scores, this.#touched, found, limit)
    for (let i = 0; i < found; i++) this.#scores[this.#touched[i] ?? 0] = 0
    return best
  }

  /** How much `count` occurrences in a paper are worth, of a term's full weight. */
  saturation(doc: number, count: number): number {
    return ((k1 + 1) * count) / (count + (this.#damping[doc] ?? k1))
  }

  /** Moves the allowed papers to the front and clears the others. Returns how many are left. */
  #keep(found: number, allowed: (doc: number) => boolean): number {
    let kept = 0
    for (let i = 0; i < found; i++) {
      const doc = this.#touched[i] as number
      if (allowed(doc)) this.#touched[kept++] = doc
      else this.#scores[doc] = 0
    }
    return kept
  }

  #accumulate(query: readonly WeightedTerm[]): number {
    const { docs, counts, starts } = this.#index
    const scores = this.#scores
    const damping = this.#damping
    let found = 0
    for (const one of query) {
      const { term } = one
      const gain = this.#gain(one)
      const end = starts[term + 1] ?? 0
      for (let at = starts[term] ?? 0; at < end; at++) {
        const doc = docs[at] as number
        const count = counts[at] as number
        const before = scores[doc] as number
        if (before === 0) this.#touched[found++] = doc
        scores[doc] = before + (gain * count) / (count + (damping[doc] as number))
      }
    }
    return found
  }

  #accumulateGroup(group: SynonymGroup, touched: number): number {
    const { docs, counts, starts } = this.#index
    const scores = this.#scores
    const best = this.#best
    let found = touched
    let inGroup = 0
    for (const one of group) {
      const gain = this.#gain(one)
      const end = starts[one.term + 1] ?? 0
      for (let at = starts[one.term] ?? 0; at < end; at++) {
        const doc = docs[at] as number
        const count = counts[at] as number
        const score = (gain * count) / (count + (this.#damping[doc] as number))
        const known = best[doc] as number
        if (score <= known) continue
        if (known === 0) this.#inGroup[inGroup++] = doc
        if (scores[doc] === 0) this.#touched[found++] = doc
        best[doc] = score
        scores[doc] = (scores[doc] as number) + score - known
      }
    }
    for (let i = 0; i < inGroup; i++) best[this.#inGroup[i] as number] = 0
    return found
  }

  #gain({ term, weight }: WeightedTerm): number {
    return weight * idfOf(this.#index, term) * (k1 + 1)
  }
}

/** The `limit` highest of the touched scores by a bounded heap. */
function select(scores: Float64Array, touched: Uint32Array, found: number, limit: number): ScoredPaper[] {
  const heap: number[] = []
  const worse = (x: number, y: number): boolean => {
    const difference = (scores[x] as number) - (scores[y] as number)
    return difference < 0 || (difference === 0 && x > y)
  }
  for (let i = 0; i < found; i++) {
    const doc = touched[i] as number
    if (heap.length < limit) {
      heap.push(doc)
      rise(heap, worse)
    } else if (limit > 0 && worse(heap[0] as number, doc)) {
      heap[0] = doc
      sink(heap, worse)
    }
  }
  return heap.sort((x, y) => (worse(x, y) ? 1 : -1)).map(doc => ({ doc, score: scores[doc] as number }))
}

type Order = (x: number, y: number) => boolean

function rise(heap: number[], worse: Order): void {
  let at = heap.length - 1
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!worse(heap[at] as number, heap[parent] as number)) return
    swap(heap, at, parent)
    at = parent
  }
}

function sink(heap: number[], worse: Order): void {
  let at = 0
  for (;;) {
    let least = at
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && worse(heap[child] as number, heap[least] as number)) least = child
    }
    if (least === at) return
    swap(heap, at, least)
    at = least
  }
}

function swap(heap: number[], x: number, y: number): void {
  const kept = heap[x] as number
  heap[x] = heap[y] as number
  heap[y] = kept
}
