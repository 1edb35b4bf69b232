const steps = 300

/** One list to choose from: the figures of every candidate and what choosing it is worth. */
export interface List {
  readonly figures: readonly (readonly number[])[]
  readonly worth: readonly number[]
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

/**
 * Weights that maximise the expected worth of a choice made by softmax over the weighted figures (Adam; Kingma and
 * Ba 2015), less `ridge` times their square. Weights in `frozen`, by position, stay
 * as they are. Deterministic.
 */
export function fitChoice(
  lists: readonly List[],
  width: number,
  ridge: number,
  frozen: ReadonlyMap<number, number> = new Map(),
): number[] {
  const weights = new Float64Array(width)
  for (const [at, weight] of frozen) weights[at] = weight
  const mean = new Float64Array(width)
  const square = new Float64Array(width)
  for (let step = 1; step <= steps; step++) {
    const gradient = new Float64Array(width)
    for (const { figures, worth } of lists) {
      const scores = figures.map(row => dot(row, weights))
      const top = Math.max(...scores)
      const odds = scores.map(score => Math.exp(score - top))
      const sum = odds.reduce((a, b) => a + b, 0)
      const expected = odds.reduce((a, odd, i) => a + (odd / sum) * (worth[i] ?? 0), 0)
      figures.forEach((row, i) => {
        const push = ((odds[i] ?? 0) / sum) * ((worth[i] ?? 0) - expected)
        for (let j = 0; j < width; j++) gradient[j] = (gradient[j] ?? 0) + push * (row[j] ?? 0)
      })
    }
    for (let j = 0; j < width; j++) {
      if (frozen.has(j)) continue
      const slope = (100 * (gradient[j] ?? 0)) / lists.length - 0.01 * ridge * (weights[j] ?? 0)
      mean[j] = 0.9 * (mean[j] ?? 0) + 0.1 * slope
      square[j] = 0.999 * (square[j] ?? 0) + 0.001 * slope * slope
      const drift = (mean[j] ?? 0) / (1 - 0.9 ** step)
      weights[j] =
        (weights[j] ?? 0) + (0.05 * drift) / (Math.sqrt((square[j] ?? 0) / (1 - 0.999 ** step)) + 1e-8)
    }
  }
  return [...weights]
}

/** Worth of the best-scored candidate, averaged over the lists. */
export function worthOfBest(lists: readonly List[], weights: readonly number[]): number {
  let sum = 0
  for (const { figures, worth } of lists) {
    const scores = figures.map(row => dot(row, weights))
    sum += worth[scores.indexOf(Math.max(...scores))] ?? 0
  }
  return sum / lists.length
}
