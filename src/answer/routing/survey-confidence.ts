import { confidenceOf } from '../abstain/confidence.ts'
import { lackOf } from '../abstain/features.ts'
import type { Question } from '../question.ts'
import { type FeatureValues, logistic, logOdds } from '../ranking/linear.ts'
import { hasMeaning } from '../ranking/nearness.ts'
import type { Survey } from './survey.ts'
import stored from './survey-confidence-weights.json' with { type: 'json' }
import { heldByOne, heldTogether } from './survey-features.ts'

/** So many of the surest papers are asked whether they answer. */
const surest = 3
/** So many of the best papers are to cover the question together. */
const together = 3

/** Below, the log odds for several say no more: the wording has decided, or the papers are few. */
const leastSeveral = -2
/** Keeps the log odds finite. */
const leastOdds = 1e-3

/**
 * Whether several papers answer a question: what they cover of it together and one alone, how near they come to it, how
 * sure each of the best is to answer, and whether the question looks like one for several.
 * @param several log odds that it is one for several, see `severalOdds`
 */
export function surveyConfidenceFeatures(
  question: Question,
  { sentences, matches, sure }: Survey,
  several: number,
): FeatureValues {
  const likely = sentences
    .slice(0, surest)
    .map(one => confidenceOf(lackOf(question, [one], { staysWithSubject: false }).features))
    .sort((a, b) => b - a)
  const near = matches.map(one => one.near).sort((a, b) => b - a)
  const odds = (likely[0] ?? 0) / (1 - (likely[0] ?? 0) + leastOdds)
  return {
    several: Math.max(leastSeveral, several),
    together: heldTogether(matches.slice(0, together)),
    one: heldByOne(matches),
    near: near[0] ?? 0,
    'near.third': inOrder(near, 2),
    'sure.fifth': sure[4] ?? 0,
    likely: Math.log(odds + leastOdds),
    'likely.second': inOrder(likely, 1),
  }
}

/** The value at a place, or the last one of fewer. */
const inOrder = (values: readonly number[], at: number): number => values[at] ?? values.at(-1) ?? 0

/** Without an embedder: refused when the best papers together cover less than this of the question. */
const leastTogether = 0.6

/**
 * The probability that the papers of a survey answer the question, 0 to 1: a logistic model, fitted by
 * test/quality/fit-survey-confidence.ts.
 * @param question as `asSurvey` makes it
 */
export function surveyConfidence(question: Question, survey: Survey, several: number): number {
  if (survey.sentences.length === 0) return 0
  if (hasMeaning(question))
    return logistic(logOdds(stored, surveyConfidenceFeatures(question, survey, several)))
  return heldTogether(survey.matches.slice(0, together)) >= leastTogether ? 1 : 0
}
