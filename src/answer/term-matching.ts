import { familyLetters, familyOf } from '../corpus/stems.ts'
import type { Alternative } from '../search/port.ts'

/** How well a text matches each term of a question: 1 for the word itself, less for a related form of it. */
export type TermCoverage = ReadonlyMap<string, number>

/** For each word of a paper, the question's terms that it matches, and how well. */
export type TermMatching = ReadonlyMap<string, readonly (readonly [term: string, weight: number])[]>

const relatedWeight = 0.6

/**
 * Whether two words share a stem: "imputer" and "imputation" share five letters and three quarters of the shorter
 * word.
 */
export function sharesStem(a: string, b: string): boolean {
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
      .filter(term => term !== word && sharesStem(word, term))
      .map(term => [term, relatedWeight] as const)
    if (exact.has(word)) found.set(word, [[word, 1], ...stands])
    else if (stands.length > 0) found.set(word, stands)
  }
  return found
}

/** Which of the question's terms the words of a text match. */
export function termCoverageOf(words: Iterable<string>, matching: TermMatching): Map<string, number> {
  const held = new Map<string, number>()
  for (const word of words) {
    for (const [term, weight] of matching.get(word) ?? [])
      held.set(term, Math.max(weight, held.get(term) ?? 0))
  }
  return held
}

/** Adds matches by synonyms. */
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
