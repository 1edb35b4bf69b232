/** Three letters of one word at a time, its ends marked: tells words from slips by the company of their letters. */
export class Trigrams {
  readonly #counts = new Map<number, number>()

  add(word: string): void {
    for (const key of keys(word)) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  /** True when known words hold all its trigrams, so that nothing about its spelling is odd. */
  looksWhole(word: string): boolean {
    return keys(word).every(key => (this.#counts.get(key) ?? 0) >= leastWords)
  }
}

const leastWords = 3

/** Words of plain letters only; a trigram as one number. */
function keys(word: string): number[] {
  if (!/^[a-z]+$/.test(word)) return []
  const codes = [0, ...[...word].map(letter => letter.charCodeAt(0) - 96), 0]
  return codes.slice(2).map((code, i) => ((codes[i] ?? 0) * 27 + (codes[i + 1] ?? 0)) * 27 + code)
}
