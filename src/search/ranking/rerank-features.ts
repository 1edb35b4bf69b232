import type { BigramSketch } from '../index/bigram-sketch.ts'
import { termSaturation } from '../index/bm25.ts'
import type { WeightedTerm } from '../index/candidate-retriever.ts'
import { titleWeight } from '../index/invert-index.ts'
import { gap, idfOf, inverseFrequency, type Postings } from '../index/postings.ts'
import type { Pair } from '../query/query-analyzer.ts'
import type { Alternatives } from '../query/query-expansion.ts'

export interface RerankQuery {
  readonly terms: readonly WeightedTerm[]
  readonly pairs: readonly Pair[]
  readonly alternatives: readonly Alternatives[]
  /** All content terms in the order they were typed. */
  readonly termSequence?: readonly number[]
}

/** How well one paper matches a query, computed from the paper's terms in reading order. */
export interface PaperFeatures {
  /** Score of the matching pairs of adjacent terms, on the scale of BM25. */
  readonly pairs: number
  /** The share of the query's weight that the paper matches, synonyms included; 0 to 1. */
  readonly covered: number
  /** The share of the title's weight that the query matches; 0 to 1. */
  readonly titled: number
  /** Whether the title contains the whole query, of two words or more, as it was typed. */
  readonly quoted: boolean
}

interface Gain {
  readonly right: number
  readonly gain: number
  count: number
}

/** One concept of the query: a word or phrase, its weight, and how well the current paper matches it (0 to 1). */
interface Concept {
  readonly weight: number
  held: number
}

/** The concepts that a term matches, and how well. */
type Matches = readonly (readonly [concept: Concept, weight: number])[]

const isLeft = 1
const isMatch = 2

/** Computes the features of papers for one query at a time. */
export class RerankFeatures {
  readonly #index: Postings
  readonly #counts: BigramSketch
  /** Role of each term in the query: a typed array lookup that spares most words a map lookup. */
  readonly #roles: Uint8Array

  constructor(index: Postings, counts: BigramSketch) {
    this.#index = index
    this.#counts = counts
    this.#roles = new Uint8Array(index.terms)
  }

  read(query: RerankQuery, papers: readonly number[]): PaperFeatures[] {
    const byLeft = this.#gains(query.pairs)
    const { concepts, matches } = this.#concepts(query)
    const roles = this.#roles
    for (const term of matches.keys()) roles[term] = isMatch
    for (const term of byLeft.keys()) roles[term] = (roles[term] as number) | isLeft
    const read = papers.map(paper => ({
      ...this.#readOne(paper, byLeft, concepts, matches),
      quoted: this.#quotes(paper, query.termSequence ?? []),
    }))
    for (const term of [...byLeft.keys(), ...matches.keys()]) roles[term] = 0
    return read
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

  #concepts({ terms, alternatives }: RerankQuery): { concepts: Concept[]; matches: Map<number, Matches> } {
    const matches = new Map<number, Matches>()
    const conceptOf = new Map<number, Concept>()
    for (const { term, weight } of terms) {
      if (weight < 1) continue
      const concept = { weight: idfOf(this.#index, term), held: 0 }
      conceptOf.set(term, concept)
      matches.set(term, [[concept, 1]])
    }
    const concepts = [...conceptOf.values()]
    for (const { terms: typed, idf, expansions } of alternatives) {
      const known = typed.flatMap(term => conceptOf.get(term) ?? [])
      const own = known.length > 0 ? known : [{ weight: idf, held: 0 }]
      if (known.length === 0) concepts.push(...own)
      for (const { terms: parts, weight } of expansions) {
        for (const part of parts) {
          const shares = own.map(concept => [concept, weight / parts.length] as const)
          matches.set(part, [...(matches.get(part) ?? []), ...shares])
        }
      }
    }
    return { concepts, matches }
  }

  #readOne(
    paper: number,
    byLeft: ReadonlyMap<number, readonly Gain[]>,
    concepts: readonly Concept[],
    matches: ReadonlyMap<number, Matches>,
  ): Omit<PaperFeatures, 'quoted'> {
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
      const weight = (role & isMatch) === 0 ? 0 : note(matches.get(term) ?? [])
      if (gaps === 0) {
        const idf = idfOf(this.#index, term)
        title += idf
        inTitle += idf * weight
      }
      if ((role & isLeft) === 0) continue
      const pair = byLeft.get(term)?.find(({ right }) => right === sequence[at + 1])
      if (pair === undefined) continue
      pair.count += gaps < 2 ? titleWeight : 1
      met.add(pair)
    }
    return {
      pairs: this.#pairScore(met, paper),
      covered: coverage(concepts),
      titled: title === 0 ? 0 : inTitle / title,
    }
  }

  #quotes(paper: number, phrase: readonly number[]): boolean {
    const { from, sequence } = this.#index
    if (phrase.length < 2) return false
    for (let at = from[paper] as number; sequence[at] !== gap; at++) {
      if (phrase.every((term, i) => sequence[at + i] === term)) return true
    }
    return false
  }

  #pairScore(met: ReadonlySet<Gain>, paper: number): number {
    let score = 0
    for (const pair of met) {
      score += pair.gain * termSaturation(this.#index, paper, pair.count)
      pair.count = 0
    }
    return score
  }
}

/** Records how well a term matches each of its concepts; returns the best match. */
function note(matches: Matches): number {
  let best = 0
  for (const [concept, weight] of matches) {
    concept.held = Math.max(concept.held, weight)
    best = Math.max(best, weight)
  }
  return best
}

/** The matched share of the concepts' weight; resets the matches. */
function coverage(concepts: readonly Concept[]): number {
  let all = 0
  let held = 0
  for (const concept of concepts) {
    all += concept.weight
    held += concept.weight * concept.held
    concept.held = 0
  }
  return all === 0 ? 0 : held / all
}
