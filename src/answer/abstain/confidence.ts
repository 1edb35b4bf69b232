import { logistic, logOdds, type Told } from '../ranking/linear.ts'
import stored from './weights.json' with { type: 'json' }

/** Confidence, 0 to 1, from which a question counts as answered. */
export const answerFrom = 0.5

/**
 * How sure it is that the abstracts answer the question, 0 to 1: a logistic over what of the question the chosen paper
 * lacks, fitted by test/quality/fit-confidence.ts. The ranking's own score adds nothing to it.
 */
export const confidenceOf = (features: Told): number => logistic(logOdds(stored, features))
