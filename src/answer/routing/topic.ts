import type { Question } from '../question.ts'
import { type FeatureValues, logistic, logOdds } from '../ranking/linear.ts'
import { hasMeaning } from '../ranking/nearness.ts'
import { heldByOne, type SurveyMatch } from './survey-features.ts'
import stored from './topic-weights.json' with { type: 'json' }

/**
 * How far the closest papers go towards a topic. Papers that hold a word each of "federated learning" do not make it
 * theirs: one of them has to cover most of it.
 */
export const topicFeatures = (matches: readonly SurveyMatch[]): FeatureValues => ({
  held: heldByOne(matches),
  near: Math.max(0, ...matches.map(({ near }) => near)),
  pairs: Math.max(0, ...matches.map(({ pairs }) => pairs)),
})

/** From this probability on, the collection has papers on the topic. */
const onTopicFrom = 0.5
/** Without an embedder: the share of the topic's terms that the best paper covers. */
const leastHeld = 0.4

/**
 * Whether the collection has papers on what is asked of several papers, or a list of them: a logistic model, fitted by
 * test/quality/fit-topic.ts.
 */
export const isOnTopic = (question: Question, matches: readonly SurveyMatch[]): boolean =>
  hasMeaning(question)
    ? logistic(logOdds(stored, topicFeatures(matches))) >= onTopicFrom
    : heldByOne(matches) >= leastHeld
