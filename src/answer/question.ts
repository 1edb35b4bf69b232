import { type Token, tokenize } from '../search/analysis/analyze.ts'
import type { Alternative, ParsedQuery, Search } from '../search/port.ts'
import { asks, claims } from './question-cues.ts'
import type { TermCoverage } from './term-matching.ts'

/** A term of the question and what it counts for: its weight times its inverse document frequency. */
export interface QuestionTerm {
  readonly term: string
  readonly mass: number
  /** Stands in for another term: counts where it is found, is not missed elsewhere. */
  readonly extra: boolean
  readonly idf: number
  /** No paper holds it. */
  readonly unknown: boolean
}

export interface Question {
  readonly text: string
  readonly terms: readonly QuestionTerm[]
  /** What its terms may be called in the papers. */
  readonly alternatives: readonly Alternative[]
  /** What a term weighs that no paper holds, or hardly one. */
  readonly unit: number
  /** Terms that stand next to each other. */
  readonly pairs: ReadonlySet<string>
  /** The terms of what is asked for: "games" in "Which games was it tried on?". */
  readonly focus: readonly string[]
  /** It states something instead of asking. */
  readonly isClaim: boolean
  readonly wants: Readonly<Record<keyof typeof asks, boolean>>
}

/** Reads a question by the terms that search looks for. */
export function readQuestion(query: string | ParsedQuery, search: Search): Question {
  const parsed = typeof query === 'string' ? search.parse(query) : query
  const { text } = parsed
  const unseen = search.idf('')
  const terms = parsed.terms.map(({ term, weight, idf }) => ({
    term,
    idf,
    mass: weight * idf,
    extra: weight < 1,
    unknown: idf >= unseen,
  }))
  const wants = Object.fromEntries(Object.entries(asks).map(([name, cue]) => [name, cue.test(text)]))
  return {
    text,
    terms,
    alternatives: parsed.alternatives,
    unit: unseen,
    pairs: new Set(pairsOf(tokenize(text))),
    focus: focusOf(text),
    isClaim: claims(text),
    wants: wants as Question['wants'],
  }
}

/** What counting terms weigh together. */
export const massOf = (terms: readonly QuestionTerm[]): number =>
  terms.reduce((sum, { mass, extra }) => sum + (extra ? 0 : mass), 0)

/** The share of the terms' mass that a text holds, 0 to 1; what stands in for them can make up for what is missing. */
export function shareOf(terms: readonly QuestionTerm[], held: TermCoverage): number {
  const sum = terms.reduce((mass, { term, mass: own }) => mass + own * (held.get(term) ?? 0), 0)
  return Math.min(1, sum / Math.max(Number.EPSILON, massOf(terms)))
}

/** Neighbouring terms that both count. */
export function pairsOf(tokens: readonly Token[]): string[] {
  return tokens.flatMap((right, i) => {
    const left = tokens[i - 1]
    return left === undefined || left.stop || right.stop ? [] : [`${left.term} ${right.term}`]
  })
}

const asked =
  /\b(?:which|what|whose|how many|how much)\s+([\p{L}\p{N}'-]{1,40}(?:\s{1,9}[\p{L}\p{N}'-]{1,40}){0,3})/giu
const pastFocus = new Set(
  'is are was were do does did has have had can could will would should may might be been being that to of in on for with by from at as used use uses happen happens happened if when go goes went come comes came you they we i it there else exactly about'.split(
    ' ',
  ),
)

function focusOf(text: string): string[] {
  return [...text.slice(0, 400).matchAll(asked)].flatMap(match => {
    const tokens = tokenize(match[1] ?? '')
    const end = tokens.findIndex(({ word }) => pastFocus.has(word))
    return tokens
      .slice(0, end < 0 ? tokens.length : end)
      .filter(({ stop }) => !stop)
      .map(({ term }) => term)
  })
}
