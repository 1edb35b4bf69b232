import { type Token, tokenize } from '../search/analysis/analyze.ts'
import type { WordMatcher } from '../search/embedding/word-matcher.ts'
import type { Alternative, ParsedQuery, Search } from '../search/port.ts'
import { type Kinds, kindsOf } from './question/kinds.ts'
import { kindsOfSurvey } from './question/survey-kinds.ts'

/** A term of the question. */
export interface QuestionTerm {
  readonly term: string
  /** A synonym of another term: counts where it is found, is not missed elsewhere. */
  readonly extra: boolean
  readonly idf: number
  /** No paper contains it. */
  readonly unknown: boolean
}

export interface Question {
  readonly text: string
  readonly terms: readonly QuestionTerm[]
  /** Synonyms of its terms. */
  readonly alternatives: readonly Alternative[]
  /** Adjacent terms, each pair joined by a space. */
  readonly pairs: ReadonlySet<string>
  /** The terms for what is asked for: "games" in "Which games was it tried on?". */
  readonly focus: readonly string[]
  readonly tokens: readonly Token[]
  readonly kinds: Kinds
  /** Several papers are asked, each for its part of the answer. */
  readonly ofSeveral?: boolean
  /** Matches words by embedding; without it only the words themselves match. */
  readonly meaning?: WordMatcher | undefined
}

const shares = 'fraction|percentage|percent|proportion|share|portion'
/** "What fraction of them ...?" asks for a number; no paper has to say "fraction". */
const asksShare = new RegExp(
  `\\b(?:what|which)(?:'?s| is| was| were)?(?: the| a)? (?:${shares})\\b( of\\b)?`,
  'giu',
)
const shareTerms: ReadonlySet<string> = new Set(tokenize(shares.replaceAll('|', ' ')).map(({ term }) => term))

/** Parses a question and weights its terms as the search does. */
export function readQuestion(query: string | ParsedQuery, search: Search, meaning?: WordMatcher): Question {
  const parsed = typeof query === 'string' ? search.parse(query) : query
  // A misspelt word or an unknown abbreviation says nothing by itself.
  const typed = parsed.corrections.length > 0 ? parsed.corrected : parsed.text
  const text = typed.replace(asksShare, (_, of?: string) => `how much${of ?? ''}`)
  const unseen = search.idf('')
  const kept = text === typed ? parsed.terms : parsed.terms.filter(({ term }) => !shareTerms.has(term))
  const terms = kept.map(({ term, weight, idf }) => ({
    term,
    idf,
    extra: weight < 1,
    unknown: idf >= unseen,
  }))
  return {
    text,
    terms,
    alternatives: parsed.alternatives,
    pairs: new Set(pairsOf(tokenize(text))),
    focus: focusOf(text),
    tokens: tokenize(text),
    kinds: kindsOf(text),
    meaning,
  }
}

/** Adjacent pairs of terms, neither of them a stop word. */
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

/** The question as it is put to each of several papers. */
export const asSurvey = (question: Question): Question => ({
  ...question,
  ofSeveral: true,
  kinds: kindsOfSurvey(question.text),
})
