/** Letter trigrams with word boundaries: unusual trigrams tell misspellings from words. */
export class Trigrams {
  readonly counts: Uint32Array

  constructor(counts: Uint32Array = new Uint32Array(27 ** 3)) {
    this.counts = counts
  }

  add(word: string): void {
    for (const key of keys(word)) this.counts[key] = (this.counts[key] ?? 0) + 1
  }

  /** True when every trigram occurs in a known word, so that the spelling looks regular. */
  looksRegular(word: string): boolean {
    return keys(word).every(key => (this.counts[key] ?? 0) >= leastWords)
  }
}

const leastWords = 3

/** Only for words of plain letters; a trigram is packed into one number. */
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
