const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const vowels = new Set('aeiouy')

/** Adjacent keys of a QWERTY keyboard. */
const neighbours = new Set<string>()
rows.forEach((row, y) => {
  ;[...row].forEach((key, x) => {
    const around = [row[x + 1], rows[y + 1]?.[x], rows[y + 1]?.[x - 1]]
    for (const other of around) {
      if (other !== undefined) neighbours.add(key + other).add(other + key)
    }
  })
})

/** The cost of each edit, relative to an ordinary one: common typing and memory errors cost less. */
const cost = {
  edit: 1,
  transposed: 0.7,
  doubled: 0.6,
  vowel: 0.75,
  adjacentKey: 0.8,
  omitted: 0.8,
  added: 0.9,
  firstLetter: 0.5,
}

function substitution(from: string, to: string): number {
  if (vowels.has(from) && vowels.has(to)) return cost.vowel
  return neighbours.has(from + to) ? cost.adjacentKey : cost.edit
}

/** Deleting or inserting a doubled letter is the cheapest edit. */
const orDoubled = (letter: string, before: string, otherwise: number): number =>
  letter === before ? cost.doubled : otherwise

/**
 * Weighted Damerau edit distance with adjacent transpositions (optimal string alignment): each edit is weighted by
 * how probable it is in a misspelling, and a wrong first letter costs extra.
 */
export function editCost(typed: string, word: string): number {
  const n = typed.length
  const m = word.length
  const width = m + 1
  const table = new Float64Array((n + 1) * width)
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      table[i * width + j] = i === 0 && j === 0 ? 0 : cheapest(table, width, typed, word, i, j)
    }
  }
  const first = typed[0] === word[0] || swapped(typed, word, 2, 2) ? 0 : cost.firstLetter
  return (table[n * width + m] ?? 0) + first
}

function cheapest(
  table: Float64Array,
  width: number,
  typed: string,
  word: string,
  i: number,
  j: number,
): number {
  const at = (row: number, column: number): number => table[row * width + column] ?? Infinity
  const from = typed[i - 1] ?? ''
  const to = word[j - 1] ?? ''
  let best = Infinity
  if (i > 0) best = at(i - 1, j) + orDoubled(from, typed[i - 2] ?? '', cost.added)
  if (j > 0) best = Math.min(best, at(i, j - 1) + orDoubled(to, word[j - 2] ?? '', cost.omitted))
  if (i > 0 && j > 0) best = Math.min(best, at(i - 1, j - 1) + (from === to ? 0 : substitution(from, to)))
  if (swapped(typed, word, i, j)) best = Math.min(best, at(i - 2, j - 2) + cost.transposed)
  return best
}

function swapped(typed: string, word: string, i: number, j: number): boolean {
  return (
    i > 1 &&
    j > 1 &&
    typed[i - 1] === word[j - 2] &&
    typed[i - 2] === word[j - 1] &&
    typed[i - 1] !== typed[i - 2]
  )
}
