import { type Token, tokenize } from './analysis.ts'
import entries from './lexicon.json' with { type: 'json' }
import { Slices } from './slices.ts'

/** One of the ways in which papers may say what somebody typed. */
export interface Wording {
  /** Terms that belong together, in order: one, or several for a compound such as `language-model`. */
  readonly terms: readonly string[]
  /** As it is written in the lexicon. */
  readonly text: string
  /** Says the same; otherwise it only goes with it. */
  readonly same: boolean
}

/** Words of a text, by position, that the lexicon knows as one thing. */
export interface Entry {
  readonly from: number
  /** Half-open. */
  readonly to: number
  readonly wordings: readonly Wording[]
}

/** What a line of lexicon.json says of its head: words that mean the same, then words that go with it. */
type Line = readonly [same: string, goesWith: string]

const headsPerSlice = 1000

/**
 * Other words for the words people type: everyday English, the terms of neighbouring fields, names of fields. It is
 * general English of research, written down without a look at any collection.
 */
export class Lexicon {
  readonly #byWords: ReadonlyMap<string, Line>
  /** Where no head is written just so: all that share its terms. */
  readonly #byTerms: ReadonlyMap<string, readonly Line[]>
  readonly #longest: number
  readonly #read = new Map<Line, readonly Wording[]>()

  private constructor(byWords: ReadonlyMap<string, Line>, byTerms: ReadonlyMap<string, readonly Line[]>) {
    this.#byWords = byWords
    this.#byTerms = byTerms
    this.#longest = Math.max(...[...byWords.keys()].map(key => key.split(' ').length))
  }

  static async load(): Promise<Lexicon> {
    const slices = new Slices(headsPerSlice)
    const byWords = new Map<string, Line>()
    const byTerms = new Map<string, Line[]>()
    for (const [head, line] of Object.entries(entries as unknown as Record<string, Line>)) {
      const words = tokenize(head)
      const terms = termsKey(words)
      byWords.set(wordsKey(words), line)
      byTerms.set(terms, [...(byTerms.get(terms) ?? []), line])
      if (slices.spent(1)) await slices.pause()
    }
    return new Lexicon(byWords, byTerms)
  }

  /** What it knows among the words of a text; of phrases that overlap the longest. */
  find(words: readonly Word[]): Entry[] {
    const found: Entry[] = []
    let from = 0
    while (from < words.length) {
      const entry = this.#longestFrom(words, from)
      if (entry !== undefined) found.push(entry)
      from = entry?.to ?? from + 1
    }
    return found
  }

  #longestFrom(words: readonly Word[], from: number): Entry | undefined {
    for (let to = Math.min(words.length, from + this.#longest); to > from; to--) {
      const run = words.slice(from, to)
      const line = this.#byWords.get(wordsKey(run))
      const lines = line === undefined ? this.#byTerms.get(termsKey(run)) : [line]
      if (lines !== undefined) return { from, to, wordings: lines.flatMap(one => this.#wordings(one)) }
    }
    return undefined
  }

  #wordings(line: Line): readonly Wording[] {
    const known = this.#read.get(line)
    if (known !== undefined) return known
    const [same, goesWith] = line
    const read = [...wordingsIn(same, true), ...wordingsIn(goesWith, false)]
    this.#read.set(line, read)
    return read
  }
}

type Word = Pick<Token, 'word' | 'term'>

const wordsKey = (words: readonly Word[]): string => words.map(({ word }) => word).join(' ')
const termsKey = (words: readonly Word[]): string => words.map(({ term }) => term).join(' ')

function wordingsIn(words: string, same: boolean): Wording[] {
  return words.split(' ').flatMap(word => {
    const terms = tokenize(word).flatMap(({ term, stop }) => (stop ? [] : [term]))
    return terms.length === 0 ? [] : [{ terms, text: word.replaceAll('-', ' '), same }]
  })
}

let shared: Promise<Lexicon> | undefined

/** The lexicon that ships, read once. */
export function lexicon(): Promise<Lexicon> {
  shared ??= Lexicon.load()
  return shared
}
