import { isPlain } from '../abstain/plain-terms.ts'
import type { AnalyzedPaper } from '../analyzed-paper.ts'
import { genericWords, requestWords } from '../question/plain-words.ts'
import type { Question } from '../question.ts'
import type { Told } from '../ranking/linear.ts'
import { cosinesToSentences, cosineToPaper, hasMeaning, wordNearness } from '../ranking/nearness.ts'
import { termCoverageOf, termMatchingOf, widened } from '../term-matching.ts'

/** A paper that search brings for a question that several papers answer. */
export interface SurveyPaper {
  readonly paper: AnalyzedPaper
  /** Search's score as a share of the first paper's, 0 to 1. */
  readonly standing: number
}

/** A paper laid beside a question that several papers answer. */
export interface SurveyMatch extends SurveyPaper {
  /** How well title or abstract hold each of the question's words, 0 to 1; the same words for every paper. */
  readonly held: readonly HeldWord[]
  readonly near: number
}

interface HeldWord {
  readonly term: string
  readonly idf: number
  readonly anywhere: number
  readonly title: number
}

/** Papers without an abstract have nothing to be quoted and are left out. */
export const surveyMatches = (question: Question, papers: readonly SurveyPaper[]): SurveyMatch[] =>
  papers
    .filter(({ paper }) => paper.sentences.length > 0)
    .map(({ paper, standing }) => ({
      paper,
      standing,
      held: heldBy(question, paper),
      near: nearTo(question, paper),
    }))

/** What tells whether each paper belongs to the answer: for itself, and beside the best of them. */
export function belongingFeatures(matches: readonly SurveyMatch[]): Told[] {
  const own = matches.map(({ held, near, standing }) => ({
    standing,
    held: average(held, ({ anywhere }) => anywhere),
    title: average(held, ({ title }) => title),
    near,
  }))
  const most = (of: (one: (typeof own)[number]) => number): number => Math.max(0, ...own.map(of))
  const behind = { held: most(one => one.held), near: most(one => one.near) }
  return own.map(one => ({
    standing: one.standing,
    held: one.held,
    title: one.title,
    'behind.held': one.held - behind.held,
    'behind.near': one.near - behind.near,
  }))
}

/** A word that is plain English counts so much of what papers are asked to hold together. */
const plainWorth = 0.4

/** How much of the question's words the papers hold together, 0 to 1; a word held by half counts more than half. */
export function heldTogether(matches: readonly SurveyMatch[]): number {
  const [first] = matches
  const words = (first?.held ?? []).map(({ term, idf }, j) => ({
    idf: idf * (isPlain(term) ? plainWorth : 1),
    anywhere: Math.max(...matches.map(({ held }) => held[j]?.anywhere ?? 0)),
  }))
  return average(words, ({ anywhere }) => Math.sqrt(anywhere))
}

function average<T extends { idf: number }>(words: readonly T[], of: (one: T) => number): number {
  const all = words.reduce((sum, { idf }) => sum + idf, Number.EPSILON)
  return words.reduce((sum, one) => sum + one.idf * of(one), 0) / all
}

/** Indefinite pronouns, light verbs and other words of talk: they ask, and papers are seldom told by them. */
const talk: ReadonlySet<string> = new Set(
  `anybody anyone somebody someone nobody everybody everyone everything anything nothing something stuff things
  ppl folks guys others else exactly really actually basically already ever yet instead apart around away besides
  get gets got getting go goes going gone went come comes came take takes took taken put puts make makes made making
  let lets keep keeps kept bring brings brought give gives gave given see sees saw seen look looks looked looking
  try tries tried trying deal deals dealt dealing turn turns turned want wants wanted happen happens happened
  exist exists existed mess messes matter matters care cares worry worries blame blames collect collecting
  known whats thats hows interested curious wonder wondering question questions answer answers add adds`.split(
    /\s+/u,
  ),
)

const asks = (word: string): boolean => genericWords.has(word) || requestWords.has(word) || talk.has(word)

function heldBy(question: Question, paper: AnalyzedPaper): HeldWord[] {
  if (!hasMeaning(question)) return heldAsWritten(question, paper)
  const { asked, rows } = wordNearness(question, paper)
  const words = asked.map(({ word }) => word)
  const title = question.meaning.nearness(words, [...paper.titleWords])
  return asked.flatMap(({ word, term, idf }, j) => {
    const inTitle = title[j] ?? 0
    const anywhere = Math.max(inTitle, ...rows.map(row => row[j] ?? 0))
    return asks(word) ? [] : [{ term, idf, anywhere, title: inTitle }]
  })
}

function heldAsWritten({ terms, tokens, alternatives }: Question, paper: AnalyzedPaper): HeldWord[] {
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
  }))
}

/** The mean of the cosines of a question to a paper and to its nearest sentence; 0 where meaning does not count. */
function nearTo(question: Question, paper: AnalyzedPaper): number {
  if (!hasMeaning(question)) return 0
  const toSentences = cosinesToSentences(question, paper)
  return (cosineToPaper(question, paper) + Math.max(0, ...toSentences)) / 2
}
