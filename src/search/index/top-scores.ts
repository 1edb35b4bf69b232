import type { ScoredPaper } from './candidate-retriever.ts'

/**
 * The `limit` highest scores among the given papers, best first, by a bounded heap; equal scores in the collection's
 * order.
 */
export function topScores(scores: Float64Array, papers: Uint32Array, limit: number): ScoredPaper[] {
  const heap: number[] = []
  const worse = (x: number, y: number): boolean => {
    const difference = (scores[x] as number) - (scores[y] as number)
    return difference < 0 || (difference === 0 && x > y)
  }
  for (const doc of papers) {
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
