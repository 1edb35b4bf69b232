import type { Paper } from '../../corpus/paper.ts'
import { lengths } from '../../lengths.ts'
import { normal } from '../analysis/normalize.ts'
import { stopWords } from '../analysis/stop-words.ts'
import { scan } from '../analysis/tokenizer.ts'
import type { Titles } from '../index/title-index.ts'
import type { Vocabulary } from '../index/vocabulary.ts'
import type { WordIndex } from '../index/word-index.ts'
import { longestWord } from '../spelling/context.ts'
import type { Speller } from '../spelling/speller.ts'

/** The most that any caller shows. */
const mostNewest = 100
/** A prefix is completed by its most frequent words up to this total frequency, to bound the cost of MiniSearch. */
const mostUses = 40_000
const mostCompletions = 24
/** A shorter prefix is not corrected: too many words are one edit away. */
const shortestCorrected = 4
const mostNear = 8
/** Most words that are looked up; nobody types more, and each costs a radix tree lookup. */
const mostWords = 24
/** Most misspelt words that are corrected; each costs a fuzzy search. */
const mostCorrected = 4

export interface SuggesterParts {
  readonly papers: readonly Paper[]
  readonly vocabulary: Vocabulary
  readonly speller: Speller
  readonly words: WordIndex
  readonly titles: Titles
}

/** Autocomplete for words of which the last may be incomplete. */
export class Suggester {
  readonly #parts: SuggesterParts
  readonly #newest: readonly number[]

  constructor(parts: SuggesterParts) {
    this.#parts = parts
    this.#newest = newestFirst(parts.papers, mostNewest)
  }

  /** Positions, best first: titles with this prefix, then papers that contain the words. */
  suggest(typed: string, limit: number): number[] {
    if (typed.trim() === '') return this.#newest.slice(0, limit)
    return this.#suggested(typed.slice(0, lengths.completed), limit)
  }

  #suggested(typed: string, limit: number): number[] {
    const named = this.#named(typed)
    const begin = this.#parts.titles.beginning(typed, limit)
    const found = [...new Set([...named, ...begin])]
    const rest = found.length < limit ? this.#holding(typed, limit) : []
    return [...new Set([...found, ...rest])].slice(0, limit)
  }

  /** The one or two papers that define the abbreviation that was typed in full. */
  #named(typed: string): readonly number[] {
    const [word, ...more] = scan(typed)
    const name = word === undefined || more.length > 0 ? '' : normal(word.text)
    const papers = name === '' ? [] : this.#parts.words.namedBy(name)
    return papers.length > mostNamesakes ? [] : papers
  }

  #holding(typed: string, limit: number): number[] {
    const words = scan(typed)
      .slice(0, mostWords)
      .map(({ text }) => normal(text))
    const unfinished = /[\p{L}\p{N}]$/u.test(typed)
    const last = words.length - 1
    const isRepeated = (word: string, i: number) => words.indexOf(word) < i && i !== last
    let misspelt = 0
    const isBeyond = (word: string) =>
      this.#parts.vocabulary.wordId(word) === undefined && ++misspelt > mostCorrected
    const alternatives = words.map((word, i) => {
      if (isRepeated(word, i)) return []
      if (unfinished && i === last) return this.#completed(word)
      return stopWords.has(word) || isBeyond(word) ? [] : this.#known(word)
    })
    return this.#parts.words.find(
      alternatives.filter(one => one.length > 0),
      limit,
    )
  }

  #completed(word: string): readonly string[] {
    const { vocabulary, speller } = this.#parts
    const found: string[] = vocabulary.wordId(word) === undefined || stopWords.has(word) ? [] : [word]
    if (word.length < 3 || word.length > longestWord) return found
    let uses = 0
    for (const completion of speller.completions(word, mostCompletions)) {
      uses += vocabulary.countOf(completion)
      if (found.length > 0 && uses > mostUses) break
      if (!found.includes(completion) && !stopWords.has(completion)) found.push(completion)
    }
    if (found.length > 0) return found
    const known = this.#known(word)
    const isLong = word.length >= shortestCorrected
    return known.length > 0 || !isLong ? known : speller.nearCompletions(word, mostNear)
  }

  #known(word: string): readonly string[] {
    if (this.#parts.vocabulary.wordId(word) !== undefined) return [word]
    return this.#parts.speller.correct(word) ?? []
  }
}

/** An abbreviation that more papers define names a subject, not a paper. */
const mostNamesakes = 2

/** By publication date, newest first; papers without a date follow in the collection's order. */
function newestFirst(papers: readonly Paper[], limit: number): number[] {
  const date = (position: number | undefined): string => papers[position ?? 0]?.published ?? ''
  const newest: number[] = []
  for (let i = 0; i < papers.length; i++) {
    if (newest.length === limit && date(i) <= date(newest.at(-1))) continue
    const before = newest.findIndex(other => date(other) < date(i))
    newest.splice(before < 0 ? newest.length : before, 0, i)
    if (newest.length > limit) newest.pop()
  }
  return newest
}
