import type { Question } from '../question.ts'
import { type FeatureValues, logistic, logOdds } from '../ranking/linear.ts'
import stored from './several-weights.json' with { type: 'json' }
import { belongingFeatures, type SurveyPaper, saidBy, surveyMatches } from './survey-features.ts'
import belonging from './survey-weights.json' with { type: 'json' }

/** Kinds that tell of one paper or of several. */
const tellingKinds = ['why', 'how', 'which', 'number', 'trouble', 'limits', 'other'] as const

const ofSeveral =
  /\b(?:papers|people|folks|methods|ways|approaches|who|anyone|others|each|compare|different)\b/iu
const past = /\b(?:did|was|were|had)\b/iu
const article = /\bthe\b/giu
/** A name with capitals inside or a digit, an abbreviation. */
const written = /\b[\p{L}]{0,40}\p{Ll}\p{Lu}|\b\p{Lu}{2,40}\d{0,9}\b|\b\p{L}{1,40}-?\d{1,9}\b/u

const wordsUnit = 10
const contentUnit = 5
const articlesUnit = 3

/**
 * Whether several papers answer a question: how far the first of them is ahead in what it covers, how flat the search
 * scores are, and what the wording tells.
 * @param papers the search's first papers, at least one
 * @param suggested the wording is one that several papers may answer
 */
export function severalFeatures(
  question: Question,
  papers: readonly SurveyPaper[],
  suggested: boolean,
): FeatureValues {
  const matches = surveyMatches(question, papers.slice(0, looked))
  const sorted = (values: readonly number[]) => values.toSorted((a, b) => b - a)
  const sure = sorted(belongingFeatures(matches).map(features => logistic(logOdds(belonging, features))))
  const held = sorted(matches.map(match => saidBy(match.held, word => word.anywhere)))
  const title = sorted(matches.map(match => saidBy(match.held, word => word.title)))
  const near = sorted(matches.map(match => match.near))
  const ahead = (values: readonly number[], at: number) => (values[0] ?? 0) - (values[at] ?? 0)
  const { text, tokens, kinds } = question
  return {
    suggested,
    'standing.second': papers[1]?.standing ?? 0,
    'standing.fifth': papers[4]?.standing ?? 0,
    'sure.second': (sure[1] ?? 0) / (sure[0] ?? 1),
    held: held[0] ?? 0,
    'ahead.held': ahead(held, 1),
    'ahead.held.third': ahead(held, 2),
    'ahead.title': ahead(title, 1),
    'ahead.near.third': ahead(near, 2),
    words: tokens.length / wordsUnit,
    content: tokens.filter(({ stop }) => !stop).length / contentUnit,
    articles: (text.match(article)?.length ?? 0) / articlesUnit,
    ofSeveral: ofSeveral.test(text),
    past: past.test(text),
    name: written.test(text),
    digit: /\d/u.test(text),
    ...Object.fromEntries(tellingKinds.map(kind => [`kind.${kind}`, kinds[kind]])),
  }
}

/** The second hit's score, at least, as a share of the first one's: all but one of 194 surveys have it, and a third of other questions. */
const leastSecond = 0.6
/** So many of the first hits tell. */
const looked = 6

/** A logistic model, fitted by test/quality/fit-several.ts so that hardly any question that one paper answers passes. */
export const isForSeveral = (
  question: Question,
  papers: readonly SurveyPaper[],
  suggested: boolean,
): boolean => mayBeForSeveral(question, papers, suggested) && severalOdds(question, papers, suggested) >= 0

/** The log odds that several papers answer it, moved so that 0 is where questions are taken for such. */
export const severalOdds = (question: Question, papers: readonly SurveyPaper[], suggested: boolean): number =>
  logOdds(stored, severalFeatures(question, papers, suggested))

/** Whether it is worth a closer look. What something is, one paper tells best; for a claim the ranking takes several anyway. */
export const mayBeForSeveral = (
  { kinds }: Question,
  papers: readonly SurveyPaper[],
  suggested: boolean,
): boolean =>
  papers.length > 2 &&
  !kinds.claim &&
  (papers[1]?.standing ?? 0) >= leastSecond &&
  (suggested || !(kinds.define || kinds.stand))
