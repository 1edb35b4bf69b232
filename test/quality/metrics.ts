/** 1 when one of the first `k` is gold, else 0. */
export function successAt(k: number, ranked: readonly string[], gold: ReadonlySet<string>): number {
  return ranked.slice(0, k).some(id => gold.has(id)) ? 1 : 0
}

/** Normalised discounted cumulative gain at `k` (Järvelin and Kekäläinen 2002), gain = grade. */
export function ndcgAt(k: number, ranked: readonly string[], grades: ReadonlyMap<string, number>): number {
  const gain = (sum: number, grade: number, i: number): number => sum + grade / Math.log2(i + 2)
  const best = [...grades.values()].sort((x, y) => y - x).slice(0, k)
  const found = ranked.slice(0, k).map(id => grades.get(id) ?? 0)
  const ideal = best.reduce(gain, 0)
  return ideal === 0 ? 0 : found.reduce(gain, 0) / ideal
}

const folded = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** 1 when one of the first `k` sentences equals or contains a gold sentence, white space folded. */
export function sentenceAt(k: number, sentences: readonly string[], gold: readonly string[]): number {
  const wanted = gold.map(folded)
  return sentences.slice(0, k).some(text => wanted.some(one => folded(text).includes(one))) ? 1 : 0
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

/** ROUGE-1 F against the best of the targets (Lin 2004): lower case, letters and digits, no stemming. */
export function rouge1(text: string, targets: readonly string[]): number {
  return Math.max(0, ...targets.map(target => unigramF(words(text), words(target))))
}

const words = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? []

function unigramF(found: readonly string[], wanted: readonly string[]): number {
  const left = new Map<string, number>()
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of found) {
    const open = left.get(word) ?? 0
    if (open > 0) shared++
    left.set(word, open - 1)
  }
  return shared === 0 ? 0 : (2 * shared) / (found.length + wanted.length)
}

/** How often a positive scores above a negative: the area under the ROC curve. */
export function areaUnderCurve(positives: readonly number[], negatives: readonly number[]): number {
  let wins = 0
  for (const p of positives) for (const n of negatives) wins += p > n ? 1 : p === n ? 0.5 : 0
  return wins / Math.max(1, positives.length * negatives.length)
}
