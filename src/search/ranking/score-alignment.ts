import { LRUCache } from 'lru-cache'
import type { Paper } from '../../corpus/paper.ts'
import { analyze } from '../analysis/analyze.ts'
import type { TermWeight } from '../query/parsed-query.ts'

interface Scored {
  readonly paper: Paper
  readonly score: number
}

/** Hits by which the two scales are compared. */
const compared = 5
/** A title counts as often as this beside its abstract. */
const titleWeight = 2
const saturation = 1.2

/**
 * Hits of two indexes in one order. Each index has a scale of its own, so the second's scores are multiplied by the factor
 * by which hits of the first score more for the same share of the query. Hits that a query names, far above all others, stay
 * where they are.
 */
export function mergeHits<T extends Scored>(
  first: readonly T[],
  second: readonly T[],
  terms: readonly TermWeight[],
): T[] {
  const unit = (hits: readonly T[]): number =>
    medianOf(hits.slice(0, compared).flatMap(hit => unitOf(hit, terms)))
  const factor = unit(second) > 0 && unit(first) > 0 ? unit(first) / unit(second) : 1
  const aligned = second.map(hit => (isNamed(hit) ? hit : { ...hit, score: hit.score * factor }))
  return [...first, ...aligned].sort((a, b) => b.score - a.score)
}

/** Scores of hits that are named have no scale. */
const isNamed = ({ score }: Scored): boolean => score >= Number.MAX_SAFE_INTEGER

/** How much the index gives for one unit of the query. */
function unitOf(hit: Scored, terms: readonly TermWeight[]): number[] {
  const share = queryShare(hit.paper, terms)
  return isNamed(hit) || share === 0 || hit.score <= 0 ? [] : [hit.score / share]
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** How much of the query the paper holds: saturated frequencies, weighted by the words' rarity. */
function queryShare(paper: Paper, terms: readonly TermWeight[]): number {
  const held = termFrequencies(paper)
  let sum = 0
  for (const { term, weight, idf } of terms) {
    const count = held.get(term) ?? 0
    sum += (weight * idf * count) / (count + saturation)
  }
  return sum
}

const cache = new LRUCache<string, ReadonlyMap<string, number>>({ max: 500 })

/** How often each analysed term occurs in title and abstract. */
export function termFrequencies({ title, abstract }: Paper): ReadonlyMap<string, number> {
  const key = `${title}\n${abstract}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const counts = new Map<string, number>()
  for (const term of analyze(title)) counts.set(term, (counts.get(term) ?? 0) + titleWeight)
  for (const term of analyze(abstract)) counts.set(term, (counts.get(term) ?? 0) + 1)
  cache.set(key, counts)
  return counts
}
