/** One list to choose from: the figures of every candidate and what choosing it is worth. */
export interface List {
  readonly figures: readonly (readonly number[])[]
  readonly worth: readonly number[]
}

const steps = 200
const rate = 0.08

/**
 * Weights that maximise the logarithm of the expected worth of a choice made by softmax over the weighted figures
 * (Adam; Kingma and Ba 2015), less `ridge` times their square. Weights in `frozen`, by position, stay as they are. Deterministic.
 */
export function fitChoice(
  lists: readonly List[],
  width: number,
  ridge: number,
  frozen: ReadonlyMap<number, number> = new Map(),
): number[] {
  const rows = lists.map(({ figures, worth }) => ({ table: Float64Array.from(figures.flat()), worth }))
  const weights = new Float64Array(width)
  for (const [at, weight] of frozen) weights[at] = weight
  const mean = new Float64Array(width)
  const square = new Float64Array(width)
  for (let step = 1; step <= steps; step++) {
    const gradient = new Float64Array(width)
    for (const { table, worth } of rows) addSlope(gradient, weights, table, worth)
    for (let j = 0; j < width; j++) {
      if (frozen.has(j)) continue
      const slope = (100 * (gradient[j] as number)) / lists.length - 0.01 * ridge * (weights[j] as number)
      mean[j] = 0.9 * (mean[j] as number) + 0.1 * slope
      square[j] = 0.999 * (square[j] as number) + 0.001 * slope * slope
      const size = Math.sqrt((square[j] as number) / (1 - 0.999 ** step)) + 1e-8
      weights[j] = (weights[j] as number) + (rate * (mean[j] as number)) / (1 - 0.9 ** step) / size
    }
  }
  return [...weights]
}

/** Adds the slope of one list's logarithm; a list where nothing is worth choosing has none. */
function addSlope(
  gradient: Float64Array,
  weights: Float64Array,
  table: Float64Array,
  worth: readonly number[],
): void {
  const odds = scoresOf(weights, table, worth.length)
  const top = Math.max(...odds)
  let sum = 0
  for (let i = 0; i < odds.length; i++) sum += odds[i] = Math.exp((odds[i] as number) - top)
  let expected = 0
  for (let i = 0; i < odds.length; i++) expected += ((odds[i] as number) / sum) * (worth[i] as number)
  if (expected === 0) return
  for (let i = 0; i < odds.length; i++) {
    const push = ((odds[i] as number) / sum) * ((worth[i] as number) / expected - 1)
    if (push === 0) continue
    for (let j = 0; j < weights.length; j++) {
      gradient[j] = (gradient[j] as number) + push * (table[i * weights.length + j] as number)
    }
  }
}

function scoresOf(weights: ArrayLike<number>, table: ArrayLike<number>, count: number): Float64Array {
  const scores = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    let sum = 0
    for (let j = 0; j < weights.length; j++) {
      sum += (table[i * weights.length + j] as number) * (weights[j] as number)
    }
    scores[i] = sum
  }
  return scores
}

/** The worths of a list's candidates, best-scored first. */
export function ranked({ figures, worth }: List, weights: readonly number[]): number[] {
  const scores = scoresOf(weights, figures.flat(), worth.length)
  const order = worth.map((_, i) => i).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
  return order.map(i => worth[i] ?? 0)
}

/** Worth of the best among the first `k` candidates, averaged over the lists. */
export function worthAt(k: number, lists: readonly List[], weights: readonly number[]): number {
  const sum = lists.reduce((total, list) => total + Math.max(0, ...ranked(list, weights).slice(0, k)), 0)
  return sum / Math.max(1, lists.length)
}
