/** Named features of one candidate, most of them between 0 and 1; what is left out is 0. */
export type Features = Readonly<Record<string, number>>

/** Features as they are told: yes is 1, no is 0. */
export type Told = Readonly<Record<string, number | boolean>>

/** The weighted sum of a candidate's features. */
export function weigh(weights: Features, features: Told): number {
  let sum = 0
  for (const name in features) {
    const weight = weights[name]
    if (weight !== undefined) sum += weight * Number(features[name])
  }
  return sum
}

/** Natural logarithms of the shares that scores get by the softmax. */
export function logShares(scores: readonly number[]): number[] {
  const top = Math.max(...scores)
  const sum = scores.reduce((all, score) => all + Math.exp(score - top), 0)
  return scores.map(score => score - top - Math.log(sum))
}

/** A logistic model: the chance that something holds is the logistic function of its log odds. */
export interface LogisticModel {
  readonly weights: Features
  readonly bias: number
}

export const logOdds = ({ weights, bias }: LogisticModel, features: Told): number =>
  weigh(weights, features) + bias

/** The chance, 0 to 1, that log odds stand for. */
export const logistic = (odds: number): number => 1 / (1 + Math.exp(-odds))
