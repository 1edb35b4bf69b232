import type { Paper } from '../corpus/paper.ts'
import { normal } from './normal.ts'
import { scan } from './scan.ts'
import type { Speller } from './speller.ts'
import { stopWords } from './stop-words.ts'
import type { TypedIndex } from './typed.ts'
import type { Vocabulary } from './vocabulary.ts'

const keptPerBeginning = 25
/** A beginning stands for its most used words, as many as together occur so often: keeps MiniSearch quick. */
const mostUses = 40_000
const mostCompletions = 24

/** Autocomplete: what a few letters, or words of which the last may be unfinished, lead to. */
export class Suggester {
  readonly #papers: readonly Paper[]
  readonly #vocabulary: Vocabulary
  readonly #speller: Speller
  readonly #typed: TypedIndex
  /** Papers by the first one and two letters of their titles. */
  readonly #beginnings = new Map<string, number[]>()
  readonly #newest: readonly number[]

  constructor(papers: readonly Paper[], vocabulary: Vocabulary, speller: Speller, typed: TypedIndex) {
    this.#papers = papers
    this.#vocabulary = vocabulary
    this.#speller = speller
    this.#typed = typed
    papers.forEach(({ title }, i) => {
      const key = normal(title.trimStart().slice(0, 4))
      for (const beginning of new Set([key.slice(0, 1), key.slice(0, 2)])) this.#begin(beginning, i)
    })
    this.#newest = newestFirst(papers, keptPerBeginning)
  }

  /** Positions, best first, for text that names no paper outright; the caller fills up by full search. */
  suggest(typed: string, limit: number): readonly number[] {
    const words = scan(typed).map(({ text }) => normal(text))
    const last = words.at(-1)
    if (last === undefined) return typed.trim() === '' ? this.#newest.slice(0, limit) : []
    if (words.length === 1 && last.length < 3) return this.#shortest(last, limit)
    const unfinished = /[\p{L}\p{N}]$/u.test(typed)
    const content = words.filter((word, i) => !stopWords.has(word) || (unfinished && i === words.length - 1))
    const alternatives = content.map((word, i) =>
      unfinished && i === content.length - 1 ? this.#completed(word) : this.#known(word),
    )
    const found = this.#typed.find(
      alternatives.filter(one => one.length > 0),
      4 * limit + 20,
    )
    return this.#titlesFirst(found, words).slice(0, limit)
  }

  /** A word that is whole already (`RL`), then titles that begin so. */
  #shortest(word: string, limit: number): number[] {
    const exact = this.#vocabulary.wordId(word) === undefined ? [] : this.#typed.find([[word]], limit)
    const begin = this.#beginnings.get(word) ?? []
    return [...new Set([...exact, ...begin])].slice(0, limit)
  }

  #completed(word: string): readonly string[] {
    if (word.length < 3) return this.#vocabulary.wordId(word) === undefined ? [] : [word]
    const found: string[] = this.#vocabulary.wordId(word) === undefined ? [] : [word]
    let uses = 0
    for (const completion of this.#speller.completions(word, mostCompletions)) {
      uses += this.#vocabulary.countOf(completion)
      if (found.length > 0 && uses > mostUses) break
      if (!found.includes(completion)) found.push(completion)
    }
    return found.length > 0 ? found : this.#known(word)
  }

  #known(word: string): readonly string[] {
    if (this.#vocabulary.wordId(word) !== undefined) return [word]
    return this.#speller.correct(word) ?? []
  }

  /** Titles that begin with what was typed come first; otherwise the order stays. */
  #titlesFirst(found: readonly number[], words: readonly string[]): number[] {
    const start = words.join(' ')
    const begins = (position: number): boolean => {
      const title = this.#papers[position]?.title.slice(0, start.length + 40) ?? ''
      return scan(title)
        .map(({ text }) => normal(text))
        .join(' ')
        .startsWith(start)
    }
    const first = found.filter(begins)
    return [...first, ...found.filter(position => !first.includes(position))]
  }

  #begin(beginning: string, position: number): void {
    const known = this.#beginnings.get(beginning)
    if (known === undefined) this.#beginnings.set(beginning, [position])
    else if (known.length < keptPerBeginning) known.push(position)
  }
}

/** By date of publication, the newest first; papers without a date keep the corpus's order after them. */
function newestFirst(papers: readonly Paper[], limit: number): number[] {
  const dates = papers.map(({ published }) => published ?? '')
  const order = (x: number, y: number): number =>
    dates[x] === dates[y] ? x - y : (dates[x] ?? '') > (dates[y] ?? '') ? -1 : 1
  return papers
    .map((_, i) => i)
    .sort(order)
    .slice(0, limit)
}
