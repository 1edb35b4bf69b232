/** Longer texts are cut here: an abstract has some 1,500 characters. */
export const mostCharacters = 20_000
/** Longer words are unknown, as in the tokenizer that the vocabulary comes from. */
export const longestWord = 100

/** Words whose pieces are remembered. */
const mostRemembered = 10_000

const marks = /\p{Mn}/gu
const invisible = /\0|\uFFFD|(?![\t\n\r])\p{Cc}|\p{Cf}/gu
/** A run of letters and digits, or one sign. Each alternative takes at least one character: linear. */
const parts =
  /[!-/:-@[-`{-~\p{P}\u4E00-\u9FFF\u3400-\u4DBF]|[^\s!-/:-@[-`{-~\p{P}\u4E00-\u9FFF\u3400-\u4DBF]+/gu

/**
 * Splits texts into the pieces of a vocabulary, lower-cased and without accents: the longest piece that fits first
 * (WordPiece, Schuster and Nakajima 2012; pieces after a word's first begin with `##`).
 *
 * @example
 * new WordPiece(['token', '##izer', 's']).ids('Tokenizer!') // [0, 1]
 */
export class WordPiece {
  readonly #ids: ReadonlyMap<string, number>
  readonly #longest: number
  /** Words that were spelled before: texts of one subject share most of theirs. */
  readonly #spelled = new Map<string, readonly number[]>()
  /** What a word gives that the pieces cannot spell. */
  readonly #unknown: readonly number[]

  /**
   * @param vocabulary the pieces; a piece's id is its position
   * @param unknown the piece that stands for words that the others cannot spell; undefined: they give none
   */
  constructor(vocabulary: readonly string[], unknown?: string) {
    this.#ids = new Map(vocabulary.map((piece, id) => [piece, id]))
    const id = unknown === undefined ? undefined : this.#ids.get(unknown)
    this.#unknown = id === undefined ? [] : [id]
    this.#longest = vocabulary.reduce((most, { length }) => Math.max(most, length), 0)
  }

  /** Whether a word is one piece by itself. */
  has(word: string): boolean {
    return this.#ids.has(word)
  }

  /** Ids in the order of the text; a word that the pieces cannot spell gives none, or the unknown piece. Never throws; linear. */
  ids(text: string): number[] {
    const plain = text
      .slice(0, mostCharacters)
      .normalize('NFD')
      .replace(marks, '')
      .toLowerCase()
      .replace(invisible, '')
    const found: number[] = []
    for (const [word] of plain.matchAll(parts)) found.push(...this.#remembered(word))
    return found
  }

  #remembered(word: string): readonly number[] {
    const known = this.#spelled.get(word)
    if (known !== undefined) return known
    if (this.#spelled.size >= mostRemembered) this.#spelled.clear()
    const ids = this.#spell(word)
    this.#spelled.set(word, ids)
    return ids
  }

  #spell(word: string): readonly number[] {
    if (word.length > longestWord) return this.#unknown
    const pieces: number[] = []
    let start = 0
    while (start < word.length) {
      const mark = start === 0 ? '' : '##'
      let end = Math.min(word.length, start + this.#longest)
      let id: number | undefined
      for (; end > start; end--) {
        id = this.#ids.get(mark + word.slice(start, end))
        if (id !== undefined) break
      }
      if (id === undefined) return this.#unknown
      pieces.push(id)
      start = end
    }
    return pieces
  }
}
