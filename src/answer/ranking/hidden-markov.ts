/** A hidden Markov model of a sequence of sentences: where it begins, and which role follows which. Rows sum to 1. */
export interface MarkovChain {
  readonly first: readonly number[]
  readonly next: readonly (readonly number[])[]
}

/** Probabilities of the roles at each place of a sequence: `forward` by what precedes, `share` by the whole sequence. */
export interface Posteriors {
  readonly share: readonly (readonly number[])[]
  readonly forward: readonly (readonly number[])[]
  readonly backward: readonly (readonly number[])[]
}

/** No step is impossible. */
const leastStep = 1e-4

const scaled = (values: readonly number[]): number[] => {
  const sum = values.reduce((all, value) => all + value, 0)
  return values.map(value => value / sum)
}

/**
 * The forward-backward algorithm (Rabiner 1989), each step scaled to sum 1.
 *
 * @param likelihoods for each place, that of each role, up to a factor a place; above 0
 */
export function forwardBackward(
  { first, next }: MarkovChain,
  likelihoods: readonly (readonly number[])[],
): Posteriors {
  const step = (from: number, to: number): number => (next[from]?.[to] ?? 0) + leastStep
  const forward: number[][] = []
  for (const own of likelihoods) {
    const before = forward.at(-1)
    const prior = (role: number): number =>
      before === undefined
        ? (first[role] ?? 0) + leastStep
        : before.reduce((sum, share, from) => sum + share * step(from, role), 0)
    forward.push(scaled(own.map((likelihood, role) => likelihood * prior(role))))
  }
  const backward: number[][] = []
  for (let at = likelihoods.length - 1; at >= 0; at--) {
    const after = backward.at(-1)
    const then = likelihoods[at + 1]
    const roles = first.map((_, role) => role)
    backward.push(
      after === undefined || then === undefined
        ? roles.map(() => 1)
        : scaled(
            roles.map(role =>
              then.reduce((sum, likelihood, to) => sum + step(role, to) * likelihood * (after[to] ?? 0), 0),
            ),
          ),
    )
  }
  backward.reverse()
  const share = forward.map((own, at) =>
    scaled(own.map((value, role) => value * (backward[at]?.[role] ?? 0))),
  )
  return { share, forward, backward }
}
