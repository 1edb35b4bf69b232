import { type FeatureValues, logistic, logOdds } from '../ranking/linear.ts'
import stored from './weights.json' with { type: 'json' }

/** A question counts as answered from this confidence on, 0 to 1. */
export const answerFrom = 0.5

/**
 * The probability that the abstracts answer the question, 0 to 1: a logistic model over what the chosen paper lacks
 * of the question, fitted by test/quality/fit-confidence.ts. The ranking's own score adds nothing to it.
 */
export const confidenceOf = (features: FeatureValues): number => logistic(logOdds(stored, features))
