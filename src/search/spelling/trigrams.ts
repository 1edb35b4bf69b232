/** Three letters of one word at a time, its ends marked: tells words from misspellings by neighbouring letters. */
export class Trigrams {
  readonly #counts = new Map<number, number>()

  add(word: string): void {
    for (const key of keys(word)) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  /** True when known words hold all its trigrams, so that nothing about its spelling is odd. */
  looksRegular(word: string): boolean {
    return keys(word).every(key => (this.#counts.get(key) ?? 0) >= leastWords)
  }
}

const leastWords = 3

/** Words of plain letters only; a trigram as one number. */
function keys(word: string): number[] {
  if (!plain.test(word)) return []
  const found: number[] = []
  let two = 0
  for (let i = 0; i <= word.length; i++) {
    const code = i < word.length ? word.charCodeAt(i) - 96 : 0
    if (i > 0) found.push(two * 27 + code)
    two = (two % 27) * 27 + code
  }
  return found
}

const plain = /^[a-z]+$/
