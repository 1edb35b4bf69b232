import { familyLetters, familyOf } from '../corpus/stems.ts'
import type { Alternative } from '../search/port.ts'

/** How well each term of a question is held by a text: 1 as it stands, less by a word of the same family. */
export type TermCoverage = ReadonlyMap<string, number>

/** Of a word of a paper, the question's terms that it stands for, and how well. */
export type TermMatching = ReadonlyMap<string, readonly (readonly [term: string, worth: number])[]>

const familyWorth = 0.6

/** "imputer" and "imputation" begin alike, for five letters and for three quarters of the shorter. */
export function akin(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length)
  const needed = Math.max(familyLetters, Math.ceil(shorter * 0.75))
  return shorter >= needed && a.startsWith(b.slice(0, needed))
}

export function termMatchingOf(terms: readonly string[], vocabulary: Iterable<string>): TermMatching {
  const exact = new Set(terms)
  const families = Map.groupBy(terms, familyOf)
  const found = new Map<string, (readonly [string, number])[]>()
  for (const word of vocabulary) {
    const stands = (families.get(familyOf(word)) ?? [])
      .filter(term => term !== word && akin(word, term))
      .map(term => [term, familyWorth] as const)
    if (exact.has(word)) found.set(word, [[word, 1], ...stands])
    else if (stands.length > 0) found.set(word, stands)
  }
  return found
}

/** What the words of a text hold of the question. */
export function termCoverageOf(words: Iterable<string>, matching: TermMatching): Map<string, number> {
  const held = new Map<string, number>()
  for (const word of words) {
    for (const [term, worth] of matching.get(word) ?? []) held.set(term, Math.max(worth, held.get(term) ?? 0))
  }
  return held
}

/** The same with what the text says in other words. */
export function widened(
  held: TermCoverage,
  words: { has(term: string): boolean },
  alternatives: readonly Alternative[],
): Map<string, number> {
  const wide = new Map(held)
  for (const { typed, terms, weight } of alternatives) {
    if (!terms.every(term => words.has(term))) continue
    for (const term of typed) wide.set(term, Math.max(weight, wide.get(term) ?? 0))
  }
  return wide
}
