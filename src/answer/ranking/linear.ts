/** Named features of one candidate, most of them between 0 and 1; an absent feature is 0. */
export type Features = Readonly<Record<string, number>>

/** A value for each feature; true counts as 1, false as 0. */
export type FeatureValues = Readonly<Record<string, number | boolean>>

/** The weighted sum of a candidate's features. */
export function weigh(weights: Features, features: FeatureValues): number {
  let sum = 0
  for (const name in features) {
    const weight = weights[name]
    if (weight !== undefined) sum += weight * Number(features[name])
  }
  return sum
}

/** Natural logarithm of the softmax of the scores. */
export function logShares(scores: readonly number[]): number[] {
  const top = Math.max(...scores)
  const sum = scores.reduce((all, score) => all + Math.exp(score - top), 0)
  return scores.map(score => score - top - Math.log(sum))
}

/** A logistic model: the probability is the logistic function of the log odds. */
export interface LogisticModel {
  readonly weights: Features
  readonly bias: number
}

export const logOdds = ({ weights, bias }: LogisticModel, features: FeatureValues): number =>
  weigh(weights, features) + bias

/** The probability, 0 to 1, for the log odds. */
export const logistic = (odds: number): number => 1 / (1 + Math.exp(-odds))
