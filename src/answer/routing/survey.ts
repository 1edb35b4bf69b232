import type { Question } from '../question.ts'
import { logistic, logOdds, logShares, weigh } from '../ranking/linear.ts'
import { matchOf } from '../ranking/match.ts'
import type { RankedSentence } from '../ranking/rank.ts'
import { sentenceFeatures } from '../ranking/sentence-features.ts'
import ranking from '../ranking/weights.json' with { type: 'json' }
import { belongingFeatures, type SurveyMatch, type SurveyPaper, surveyMatches } from './survey-features.ts'
import stored from './survey-weights.json' with { type: 'json' }

/** How many of the search's hits a survey considers. */
export const surveyed = 14
/** Most papers that a survey quotes. */
export const mostQuoted = 5
/** A paper belongs to the survey while its probability is at least this share of the best paper's. */
export const leastShare = 0.4
/** What several papers answer is not told by one. */
export const leastQuoted = 2
export interface Survey {
  /** The best sentence of each paper that belongs, most probable paper first; five at most. */
  readonly sentences: readonly RankedSentence[]
  /** The papers with an abstract, those that belong most probably first, and the probability of each, 0 to 1. */
  readonly matches: readonly SurveyMatch[]
  readonly sure: readonly number[]
}

export function surveyOf(question: Question, papers: readonly SurveyPaper[]): Survey {
  const matches = surveyMatches(question, papers.slice(0, surveyed))
  const sure = belongingFeatures(matches).map(features => logistic(logOdds(stored, features)))
  const order = matches.map((match, i) => ({ match, sure: sure[i] ?? 0 })).sort((a, b) => b.sure - a.sure)
  const least = leastShare * (order[0]?.sure ?? 0)
  return {
    sentences: order
      .filter((one, i) => i < leastQuoted || one.sure >= least)
      .slice(0, mostQuoted)
      .flatMap(one => bestSentence(question, one.match, one.sure)),
    matches: order.map(({ match }) => match),
    sure: order.map(one => one.sure),
  }
}

function bestSentence(question: Question, { paper }: SurveyMatch, sure: number): RankedSentence[] {
  const scores = sentenceFeatures(matchOf(question, paper)).map(features => weigh(ranking.sentence, features))
  const shares = logShares(scores)
  const best = shares.indexOf(Math.max(...shares))
  const sentence = paper.sentences[best]
  return sentence === undefined ? [] : [{ paper, sentence, chance: sure * Math.exp(shares[best] ?? 0) }]
}
