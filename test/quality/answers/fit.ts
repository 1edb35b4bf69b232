import type { Features, FeatureValues } from '../../../src/answer/ranking/linear.ts'

/** One list to choose from: its candidates' features, which of them are right, and what the list counts for. */
export interface Group {
  readonly rows: readonly FeatureValues[]
  readonly right: readonly boolean[]
  readonly weight: number
}

const leastScale = 0.15
const leastUses = 3
const steps = 150
const memory = 8

interface Problem {
  readonly names: readonly string[]
  /** Rows of all groups, one after the other, each feature in units of its root mean square. */
  readonly table: Float64Array
  readonly scales: readonly number[]
  readonly groups: readonly { readonly from: number; readonly to: number; readonly weight: number }[]
  readonly right: readonly boolean[]
  readonly penalties: readonly number[]
}

function problemOf(groups: readonly Group[], ridge: (name: string) => number): Problem {
  const uses = new Map<string, number>()
  for (const { rows } of groups)
    for (const row of rows)
      for (const name in row) if (Number(row[name]) !== 0) uses.set(name, (uses.get(name) ?? 0) + 1)
  const names = [...uses]
    .filter(([, count]) => count >= leastUses)
    .map(([name]) => name)
    .sort()
  const rows = groups.flatMap(group => group.rows)
  const table = new Float64Array(rows.length * names.length)
  for (const [r, row] of rows.entries())
    for (const [j, name] of names.entries()) table[r * names.length + j] = Number(row[name] ?? 0)
  const scales = names.map((_, j) => {
    let sum = 0
    for (let r = 0; r < rows.length; r++) sum += (table[r * names.length + j] ?? 0) ** 2
    return Math.max(leastScale, Math.sqrt(sum / rows.length))
  })
  for (let i = 0; i < table.length; i++) table[i] = (table[i] ?? 0) / (scales[i % names.length] ?? 1)
  let from = 0
  const bounds = groups.map(group => {
    const to = from + group.rows.length
    const bound = { from, to, weight: group.weight }
    from = to
    return bound
  })
  return {
    names,
    table,
    scales,
    groups: bounds,
    right: groups.flatMap(group => group.right),
    penalties: names.map(ridge),
  }
}

/** The penalised negative logarithm of the right rows' summed shares, and its gradient. */
function lossOf(
  { names, table, groups, right, penalties }: Problem,
  w: Float64Array,
  gradient: Float64Array,
): number {
  const width = names.length
  let loss = 0
  for (let j = 0; j < width; j++) {
    loss += (penalties[j] as number) * (w[j] as number) ** 2 * 0.5
    gradient[j] = (penalties[j] as number) * (w[j] as number)
  }
  for (const { from, to, weight } of groups) {
    const odds = new Float64Array(to - from)
    for (let r = from; r < to; r++) {
      let score = 0
      for (let j = 0; j < width; j++) score += (table[r * width + j] as number) * (w[j] as number)
      odds[r - from] = score
    }
    const top = Math.max(...odds)
    let sum = 0
    for (let i = 0; i < odds.length; i++) sum += odds[i] = Math.exp((odds[i] as number) - top)
    let won = 0
    for (let i = 0; i < odds.length; i++) {
      odds[i] = (odds[i] as number) / sum
      if (right[from + i]) won += odds[i] as number
    }
    won = Math.max(won, 1e-12)
    loss -= weight * Math.log(won)
    for (let i = 0; i < odds.length; i++) {
      const share = odds[i] as number
      const push = weight * (share - (right[from + i] ? share / won : 0))
      if (push === 0) continue
      const at = (from + i) * width
      for (let j = 0; j < width; j++) gradient[j] = (gradient[j] as number) + push * (table[at + j] as number)
    }
  }
  return loss
}

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0)

/** Minimises by L-BFGS (Liu and Nocedal 1989) with halved steps. */
function minimise(problem: Problem): Float64Array {
  const width = problem.names.length
  let w = new Float64Array(width)
  let gradient = new Float64Array(width)
  let loss = lossOf(problem, w, gradient)
  const past: { s: Float64Array; y: Float64Array; rho: number }[] = []
  for (let step = 0; step < steps; step++) {
    const direction = directionOf(gradient, past)
    let size = 1
    const slope = dot(gradient, direction)
    let next = w
    let nextGradient = gradient
    let nextLoss = loss
    for (let halvings = 0; halvings < 30; halvings++, size /= 2) {
      next = w.map((value, j) => value + size * (direction[j] as number))
      nextGradient = new Float64Array(width)
      nextLoss = lossOf(problem, next, nextGradient)
      if (nextLoss <= loss + 1e-4 * size * slope) break
    }
    const s = next.map((value, j) => value - (w[j] as number))
    const y = nextGradient.map((value, j) => value - (gradient[j] as number))
    const curvature = dot(s, y)
    if (curvature > 1e-10) {
      past.push({ s, y, rho: 1 / curvature })
      if (past.length > memory) past.shift()
    }
    const gained = loss - nextLoss
    w = next
    gradient = nextGradient
    loss = nextLoss
    if (gained < 1e-6 * Math.abs(loss)) break
  }
  return w
}

function directionOf(
  gradient: Float64Array,
  past: readonly { s: Float64Array; y: Float64Array; rho: number }[],
): Float64Array {
  const q = gradient.map(value => -value)
  const alphas: number[] = []
  for (const { s, y, rho } of past.toReversed()) {
    const alpha = rho * dot(s, q)
    alphas.push(alpha)
    for (let j = 0; j < q.length; j++) q[j] = (q[j] as number) - alpha * (y[j] as number)
  }
  const last = past.at(-1)
  const scale =
    last === undefined
      ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)))
      : 1 / (last.rho * dot(last.y, last.y))
  for (let j = 0; j < q.length; j++) q[j] = (q[j] as number) * scale
  for (const { s, y, rho } of past) {
    const beta = rho * dot(y, q)
    const alpha = alphas.pop() ?? 0
    for (let j = 0; j < q.length; j++) q[j] = (q[j] as number) + (alpha - beta) * (s[j] as number)
  }
  return q
}

/** Weights that maximise the logarithm of the right rows' summed share under a softmax, less the ridge. Deterministic. */
export function fitLists(groups: readonly Group[], ridge: (name: string) => number): Features {
  const usable = groups.filter(({ right, weight }) => weight > 0 && right.includes(true))
  const problem = problemOf(usable, ridge)
  const w = minimise(problem)
  return Object.fromEntries(problem.names.map((name, j) => [name, (w[j] ?? 0) / (problem.scales[j] ?? 1)]))
}
