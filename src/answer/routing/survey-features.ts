import { isPlain } from '../abstain/plain-terms.ts'
import type { AnalyzedPaper } from '../analyzed-paper.ts'
import { onlyAsks, requestWords, talkWords } from '../question/plain-words.ts'
import type { Question } from '../question.ts'
import type { FeatureValues } from '../ranking/linear.ts'
import {
  cosinesToSentences,
  cosineToPaper,
  hasMeaning,
  mostLost,
  paperNearness,
  wordNearness,
} from '../ranking/nearness.ts'
import { termCoverageOf, termMatchingOf, widened } from '../term-matching.ts'

/** A search hit for a question that several papers may answer. */
export interface SurveyPaper {
  readonly paper: AnalyzedPaper
  /** Search score relative to the first hit's, 0 to 1. */
  readonly standing: number
}

/** A paper with what it covers of the question. */
export interface SurveyMatch extends SurveyPaper {
  /** How well the title or the abstract covers each term of the question, 0 to 1; the same terms for every paper. */
  readonly held: readonly HeldWord[]
  readonly near: number
  /** The share of the question's adjacent words that stand near each other in the paper. */
  readonly pairs: number
}

export interface HeldWord {
  readonly term: string
  readonly idf: number
  readonly anywhere: number
  readonly title: number
  /** In each sentence; none without an embedder. */
  readonly sentences: readonly number[]
  /** How much the word says by itself, see `WordMatcher.weightOf`; the root of its idf without an embedder. */
  readonly says: number
}

/** Papers without an abstract are left out: there is nothing to quote. */
export const surveyMatches = (question: Question, papers: readonly SurveyPaper[]): SurveyMatch[] =>
  matchesOf(
    question,
    papers.filter(({ paper }) => paper.sentences.length > 0),
  )

/** @param asks which words only ask, and name nothing */
export const matchesOf = (
  question: Question,
  papers: readonly SurveyPaper[],
  asks: Asks = onlyAsks,
): SurveyMatch[] =>
  papers.map(({ paper, standing }) => ({
    paper,
    standing,
    held: heldBy(question, paper, asks),
    near: nearTo(question, paper),
    pairs: pairsNear(question, paper),
  }))

/** Features that decide whether each paper belongs to the answer, absolute and relative to the best of the papers. */
export function belongingFeatures(matches: readonly SurveyMatch[]): FeatureValues[] {
  const own = matches.map(({ held, near, standing, pairs }) => ({
    standing,
    pairs,
    lost: mostLost(
      held.map(({ anywhere }) => anywhere),
      held.map(({ says }) => says),
    ),
    held: average(held, ({ anywhere }) => anywhere),
    title: average(held, ({ title }) => title),
    near,
  }))
  const most = (of: (one: (typeof own)[number]) => number): number => Math.max(0, ...own.map(of))
  const behind = { held: most(one => one.held), near: most(one => one.near) }
  const least = Math.min(...own.map(({ lost }) => lost))
  return own.map(one => ({
    standing: one.standing,
    held: one.held,
    title: one.title,
    pairs: one.pairs,
    'behind.held': one.held - behind.held,
    'behind.near': one.near - behind.near,
    'behind.lost': least - one.lost,
  }))
}

/** Weight of a plain English word, relative to a technical term, in the papers' joint coverage. */
const plainWeight = 0.4

/** How much of the question's terms the papers cover together, 0 to 1. The square root favours partial matches. */
export function heldTogether(matches: readonly SurveyMatch[]): number {
  const [first] = matches
  const words = (first?.held ?? []).map(({ term, idf }, j) => ({
    idf: idf * (isPlain(term) ? plainWeight : 1),
    anywhere: Math.max(...matches.map(({ held }) => held[j]?.anywhere ?? 0)),
  }))
  return average(words, ({ anywhere }) => Math.sqrt(anywhere))
}

/**
 * How much of what the question says the paper that covers the most of it covers, 0 to 1. Words that name a subject
 * count most: "list papers on federated learning" is about "federated".
 */
export const heldByOne = (matches: readonly SurveyMatch[]): number =>
  Math.max(0, ...matches.map(({ held }) => saidBy(held, ({ anywhere }) => anywhere)))

/** How much of what the question says is held in one place, 0 to 1; `of` tells how well each word is. */
export const saidBy = (held: readonly HeldWord[], of: (word: HeldWord) => number): number =>
  average(
    held.map(word => ({ idf: word.says ** 2, held: of(word) })),
    one => one.held,
  )

function average<T extends { idf: number }>(words: readonly T[], of: (one: T) => number): number {
  const all = words.reduce((sum, { idf }) => sum + idf, Number.EPSILON)
  return words.reduce((sum, one) => sum + one.idf * of(one), 0) / all
}

type Asks = (word: string) => boolean

/** As `onlyAsks` in the topic of a list, where "code" in "code review" and "tests" in "mutation tests" are of the subject. */
export const asksInTopic: Asks = word => requestWords.has(word) || talkWords.has(word)

function heldBy(question: Question, paper: AnalyzedPaper, asks: Asks): HeldWord[] {
  if (!hasMeaning(question)) return heldAsWritten(question, paper, asks)
  const { asked, rows } = wordNearness(question, paper)
  const { title, anywhere } = paperNearness(question, paper)
  const expanded = (term: string, near: number, words: { has(term: string): boolean }): number =>
    Math.max(near, byExpansion(term, words, question))
  return asked.flatMap(({ word, term, idf }, j) => {
    if (asks(word)) return []
    return [
      {
        term,
        idf,
        anywhere: expanded(term, anywhere[j] ?? 0, paper.words),
        title: expanded(term, title[j] ?? 0, paper.title),
        sentences: rows.map((row, i) => expanded(term, row[j] ?? 0, paper.sentences[i]?.terms ?? none)),
        says: question.meaning.weightOf(word),
      },
    ]
  })
}

const none: ReadonlySet<string> = new Set()

/** How well a text that holds another wording of a term holds the term: "reinforcement learning" is what "RL" says. */
const byExpansion = (
  term: string,
  words: { has(term: string): boolean },
  { alternatives }: Question,
): number =>
  Math.max(
    0,
    ...alternatives
      .filter(one => one.typed.includes(term) && one.terms.every(other => words.has(other)))
      .map(({ weight }) => weight),
  )

function heldAsWritten(
  { terms, tokens, alternatives }: Question,
  paper: AnalyzedPaper,
  asks: Asks,
): HeldWord[] {
  const asking = new Set(tokens.filter(({ word }) => asks(word)).map(({ term }) => term))
  const wanted = terms.filter(({ extra, term }) => !extra && !asking.has(term))
  const matching = termMatchingOf(
    wanted.map(({ term }) => term),
    paper.words,
  )
  const held = widened(termCoverageOf(paper.words, matching), paper.words, alternatives)
  return wanted.map(({ term, idf }) => ({
    term,
    idf,
    anywhere: held.get(term) ?? 0,
    title: paper.title.has(term) ? 1 : 0,
    sentences: [],
    says: Math.sqrt(idf),
  }))
}

/** The mean of the question's cosine with the paper and with its nearest sentence; 0 without an embedder. */
function nearTo(question: Question, paper: AnalyzedPaper): number {
  if (!hasMeaning(question)) return 0
  const toPaper = cosineToPaper(question, paper)
  const toSentences = cosinesToSentences(question, paper)
  return toSentences.length === 0 ? toPaper : (toPaper + Math.max(0, ...toSentences)) / 2
}

/** The value when no two of the question's words are adjacent. */
const noPairs = 0.5
/** "Value functions are estimated" holds "function estimation". */
const pairReach = 3

/** The question's adjacent words that name what it is about. */
export function adjacentWords({ tokens }: Question, asks: Asks = onlyAsks): (readonly [string, string])[] {
  const kept = tokens.filter(token => !asks(token.word))
  return kept.flatMap((right, i) => {
    const left = kept[i - 1]
    return left === undefined || left.stop || right.stop ? [] : [[left.term, right.term] as const]
  })
}

/** That a title or a sentence holds both words: "contrastive learning" is not "in contrast to what they learn". */
function pairsNear(question: Question, { sentences, title }: AnalyzedPaper): number {
  const pairs = adjacentWords(question)
  if (pairs.length === 0) return noPairs
  const near = ([one, other]: readonly [string, string]): boolean =>
    (title.has(one) && title.has(other)) ||
    sentences.some(
      ({ tokens: theirs, terms }) =>
        terms.has(one) &&
        terms.has(other) &&
        theirs.some(
          ({ term }, i) =>
            term === one &&
            theirs.slice(Math.max(0, i - pairReach), i + pairReach + 1).some(two => two.term === other),
        ),
    )
  return pairs.filter(near).length / pairs.length
}
