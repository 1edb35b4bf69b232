import type { CooperativeYield } from './cooperative-yield.ts'
import { gap, type Postings, postingsOf } from './postings.ts'

/** The title counts twice, since it says what the paper is about. */
export const titleWeight = 2

export type ForwardIndex = Pick<Postings, 'from' | 'sequence' | 'lengths'>

/** Inverts reading order into postings by counting, then filling paper by paper, so that each list is sorted. */
export async function invert(
  forward: ForwardIndex,
  terms: number,
  slices: CooperativeYield,
): Promise<Postings> {
  const { lengths } = forward
  const tally = new Tally(terms)
  const starts = await countHolding(forward, tally, terms, slices)
  await slices.pause()
  const size = starts[terms] ?? 0
  const docs = new Uint32Array(size)
  const counts = new Uint8Array(size)
  const next = starts.slice()
  await slices.pause()
  for (let paper = 0; paper < lengths.length; paper++) {
    place(paper, tally.of(forward, paper), tally, { next, docs, counts })
    if (slices.spent(1 + (lengths[paper] ?? 0))) await slices.pause()
  }
  return postingsOf({ ...forward, starts, docs, counts })
}

interface Filling {
  /** The position of each term's next posting. */
  readonly next: Uint32Array
  readonly docs: Uint32Array
  readonly counts: Uint8Array
}

// Separate functions for the loops: inside an async function V8 would not optimise them while they run.
function place(paper: number, terms: readonly number[], tally: Tally, { next, docs, counts }: Filling): void {
  for (const term of terms) {
    const at = next[term] as number
    next[term] = at + 1
    docs[at] = paper
    counts[at] = Math.min(255, tally.count(term))
  }
}

function countOne(terms: readonly number[], starts: Uint32Array): void {
  for (const term of terms) starts[term + 1] = (starts[term + 1] as number) + 1
}

/** The start of each term's postings: the running sum of document frequencies. */
async function countHolding(
  forward: ForwardIndex,
  tally: Tally,
  terms: number,
  slices: CooperativeYield,
): Promise<Uint32Array> {
  const starts = new Uint32Array(terms + 1)
  for (let paper = 0; paper < forward.lengths.length; paper++) {
    countOne(tally.of(forward, paper), starts)
    if (slices.spent(1 + (forward.lengths[paper] ?? 0))) await slices.pause()
  }
  for (let term = 0; term < terms; term++) {
    starts[term + 1] = (starts[term + 1] as number) + (starts[term] as number)
  }
  return starts
}

/** Counts the terms of one paper at a time without clearing a table in between. */
export class Tally {
  readonly #counts: Uint32Array
  #distinct: number[] = []

  constructor(terms: number) {
    this.#counts = new Uint32Array(terms)
  }

  /** The distinct terms of a paper; `count` then gives their frequencies, the title's counted twice. */
  of({ from, sequence }: Pick<Postings, 'from' | 'sequence'>, paper: number): readonly number[] {
    for (const term of this.#distinct) this.#counts[term] = 0
    this.#distinct = []
    let gaps = 0
    const end = from[paper + 1] ?? 0
    for (let at = from[paper] ?? 0; at < end; at++) {
      const term = sequence[at] as number
      if (term === gap) gaps++
      else this.#add(term, gaps < 2 ? titleWeight : 1)
    }
    return this.#distinct
  }

  count(term: number): number {
    return this.#counts[term] ?? 0
  }

  #add(term: number, weight: number): void {
    if (this.#counts[term] === 0) this.#distinct.push(term)
    this.#counts[term] = (this.#counts[term] as number) + weight
  }
}
