import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One case: its figures, whether it is a positive, and how much it counts. */
export interface Case {
  readonly figures: readonly number[]
  readonly positive: boolean
  readonly counts: number
}

export interface Logistic {
  readonly weights: readonly number[]
  readonly bias: number
}

const steps = 250
const rate = 0.1

/** Logistic regression on standardised figures with a ridge on the weights (Adam; Kingma and Ba 2015). Deterministic. */
export function fitLogistic(cases: readonly Case[], width: number, ridge: number): Logistic {
  const total = cases.reduce((sum, { counts }) => sum + counts, 0)
  const columns = Array.from({ length: width }, (_, j) => j)
  const average = (of: (one: Case) => number): number =>
    cases.reduce((sum, one) => sum + one.counts * of(one), 0) / total
  const mean = columns.map(j => average(({ figures }) => figures[j] ?? 0))
  const deviation = columns.map(
    j => Math.sqrt(average(({ figures }) => ((figures[j] ?? 0) - (mean[j] ?? 0)) ** 2)) || 1,
  )
  const rows = cases.map(({ figures, positive, counts }) => ({
    x: Float64Array.from([
      ...columns.map(j => ((figures[j] ?? 0) - (mean[j] ?? 0)) / (deviation[j] ?? 1)),
      1,
    ]),
    y: positive ? 1 : 0,
    counts: counts / total,
  }))
  const fitted = descend(rows, width, ridge)
  const weights = columns.map(j => (fitted[j] ?? 0) / (deviation[j] ?? 1))
  const shift = weights.reduce((sum, weight, j) => sum + weight * (mean[j] ?? 0), 0)
  return { weights, bias: (fitted[width] ?? 0) - shift }
}

interface Row {
  readonly x: Float64Array
  readonly y: number
  readonly counts: number
}

function descend(rows: readonly Row[], width: number, ridge: number): Float64Array {
  const weights = new Float64Array(width + 1)
  const first = new Float64Array(width + 1)
  const second = new Float64Array(width + 1)
  for (let step = 1; step <= steps; step++) {
    const slope = weights.map((weight, j) => (j < width ? ridge * weight : 0))
    for (const { x, y, counts } of rows) {
      let logit = 0
      for (let j = 0; j <= width; j++) logit += (x[j] as number) * (weights[j] as number)
      const error = (1 / (1 + Math.exp(-logit)) - y) * counts
      for (let j = 0; j <= width; j++) slope[j] = (slope[j] as number) + error * (x[j] as number)
    }
    for (let j = 0; j <= width; j++) {
      first[j] = 0.9 * (first[j] as number) + 0.1 * (slope[j] as number)
      second[j] = 0.999 * (second[j] as number) + 0.001 * (slope[j] as number) ** 2
      const size = Math.sqrt((second[j] as number) / (1 - 0.999 ** step)) + 1e-9
      weights[j] = (weights[j] as number) - (rate * (first[j] as number)) / (1 - 0.9 ** step) / size
    }
  }
  return weights
}

export const logitOf = ({ weights, bias }: Logistic, figures: readonly number[]): number =>
  weights.reduce((sum, weight, j) => sum + weight * (figures[j] ?? 0), bias)

/** The model with its bias moved so that this share of the logits lies below 0. */
export function withShareBelow(model: Logistic, logits: readonly number[], share: number): Logistic {
  const threshold = logits.toSorted((a, b) => a - b)[Math.floor(share * logits.length)] ?? 0
  return { ...model, bias: model.bias - threshold }
}

/** Tells the weights by name; with `write` they go into the file of src/answer/routing. */
export function tellWeights(file: string, names: readonly string[], model: Logistic, write: boolean): void {
  const rounded = (value: number) => Number(value.toFixed(3))
  const weights = Object.fromEntries(names.map((name, j) => [name, rounded(model.weights[j] ?? 0)]))
  const bias = rounded(model.bias)
  console.log(weights, bias)
  if (!write) return
  const path = fileURLToPath(new URL(`../../src/answer/routing/${file}`, import.meta.url))
  writeFileSync(path, `${JSON.stringify({ bias, weights }, null, 2)}\n`)
}
