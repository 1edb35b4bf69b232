import type { BigramSketch } from '../index/bigram-sketch.ts'
import type { Bm25, WeighedTerm } from '../index/bm25.ts'
import { titleWeight } from '../index/invert-index.ts'
import { gap, idfOf, inverseFrequency, type Postings } from '../index/postings.ts'
import type { Pair } from '../query/query-analyzer.ts'
import type { Alternatives } from '../query/query-expansion.ts'

export interface RerankQuery {
  readonly terms: readonly WeighedTerm[]
  readonly pairs: readonly Pair[]
  readonly alternatives: readonly Alternatives[]
  /** All terms that count in the order they were typed. */
  readonly typed?: readonly number[]
}

/** What one paper, read word by word, holds of a query. */
export interface Seen {
  /** What its pairs of neighbouring terms are worth, in the unit of BM25 scores. */
  readonly pairs: number
  /** The share of the query's weight that it holds, as typed or in other words; 0 to 1. */
  readonly covered: number
  /** The share of its title's weight that the query holds; 0 to 1. */
  readonly titled: number
  /** Whether the whole query, of two words or more, stands in its title as it was typed. */
  readonly quoted: boolean
}

interface Gain {
  readonly right: number
  readonly gain: number
  count: number
}

/** One thing that the query asks for, and what it weighs. */
interface Slot {
  readonly mass: number
  best: number
}

type Stands = readonly (readonly [slot: Slot, worth: number])[]

const isLeft = 1
const isAsked = 2

/** Reads papers in the order of their words for one query at a time. */
export class RerankFeatures {
  readonly #index: Postings
  readonly #counts: BigramSketch
  readonly #bm25: Bm25
  /** What a term is to the query: a look at this table spares most words a look into a map. */
  readonly #roles: Uint8Array

  constructor(index: Postings, counts: BigramSketch, bm25: Bm25) {
    this.#index = index
    this.#counts = counts
    this.#bm25 = bm25
    this.#roles = new Uint8Array(index.terms)
  }

  read(query: RerankQuery, papers: readonly number[]): Seen[] {
    const byLeft = this.#gains(query.pairs)
    const { slots, stands } = this.#slots(query)
    const roles = this.#roles
    for (const term of stands.keys()) roles[term] = isAsked
    for (const term of byLeft.keys()) roles[term] = (roles[term] as number) | isLeft
    const seen = papers.map(paper => ({
      ...this.#readOne(paper, byLeft, slots, stands),
      quoted: this.#quotes(paper, query.typed ?? []),
    }))
    for (const term of [...byLeft.keys(), ...stands.keys()]) roles[term] = 0
    return seen
  }

  #gains(pairs: readonly Pair[]): Map<number, Gain[]> {
    const byLeft = new Map<number, Gain[]>()
    for (const { left, right, weight } of pairs) {
      const gain = weight * inverseFrequency(this.#index.papers, this.#counts.of(left, right))
      const known = byLeft.get(left)
      if (known === undefined) byLeft.set(left, [{ right, gain, count: 0 }])
      else known.push({ right, gain, count: 0 })
    }
    return byLeft
  }

  #slots({ terms, alternatives }: RerankQuery): { slots: Slot[]; stands: Map<number, Stands> } {
    const stands = new Map<number, Stands>()
    const slotOf = new Map<number, Slot>()
    for (const { term, weight } of terms) {
      if (weight < 1) continue
      const slot = { mass: idfOf(this.#index, term), best: 0 }
      slotOf.set(term, slot)
      stands.set(term, [[slot, 1]])
    }
    const slots = [...slotOf.values()]
    for (const { terms: typed, idf, expansions } of alternatives) {
      const known = typed.flatMap(term => slotOf.get(term) ?? [])
      const own = known.length > 0 ? known : [{ mass: idf, best: 0 }]
      if (known.length === 0) slots.push(...own)
      for (const { terms: parts, worth } of expansions) {
        for (const part of parts) {
          const shares = own.map(slot => [slot, worth / parts.length] as const)
          stands.set(part, [...(stands.get(part) ?? []), ...shares])
        }
      }
    }
    return { slots, stands }
  }

  #readOne(
    paper: number,
    byLeft: ReadonlyMap<number, readonly Gain[]>,
    slots: readonly Slot[],
    stands: ReadonlyMap<number, Stands>,
  ): Omit<Seen, 'quoted'> {
    const { from, sequence } = this.#index
    const met = new Set<Gain>()
    let gaps = 0
    let title = 0
    let inTitle = 0
    const end = from[paper + 1] as number
    for (let at = from[paper] as number; at < end; at++) {
      const term = sequence[at] as number
      if (term === gap) {
        gaps++
        continue
      }
      const role = this.#roles[term] as number
      const worth = (role & isAsked) === 0 ? 0 : note(stands.get(term) ?? [])
      if (gaps === 0) {
        const idf = idfOf(this.#index, term)
        title += idf
        inTitle += idf * worth
      }
      if ((role & isLeft) === 0) continue
      const pair = byLeft.get(term)?.find(({ right }) => right === sequence[at + 1])
      if (pair === undefined) continue
      pair.count += gaps < 2 ? titleWeight : 1
      met.add(pair)
    }
    return {
      pairs: this.#worthOf(met, paper),
      covered: take(slots),
      titled: title === 0 ? 0 : inTitle / title,
    }
  }

  #quotes(paper: number, typed: readonly number[]): boolean {
    const { from, sequence } = this.#index
    if (typed.length < 2) return false
    for (let at = from[paper] as number; sequence[at] !== gap; at++) {
      if (typed.every((term, i) => sequence[at + i] === term)) return true
    }
    return false
  }

  #worthOf(met: ReadonlySet<Gain>, paper: number): number {
    let score = 0
    for (const pair of met) {
      score += pair.gain * this.#bm25.saturation(paper, pair.count)
      pair.count = 0
    }
    return score
  }
}

/** Notes what a term is worth to each slot; returns the best of it. */
function note(stands: Stands): number {
  let best = 0
  for (const [slot, worth] of stands) {
    slot.best = Math.max(slot.best, worth)
    best = Math.max(best, worth)
  }
  return best
}

/** The share of the slots' weight that was noted; clears the notes. */
function take(slots: readonly Slot[]): number {
  let all = 0
  let held = 0
  for (const slot of slots) {
    all += slot.mass
    held += slot.mass * slot.best
    slot.best = 0
  }
  return all === 0 ? 0 : held / all
}
