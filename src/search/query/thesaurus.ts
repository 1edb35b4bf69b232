import { tokenize } from '../analysis/analyze.ts'
import { stem } from '../analysis/stem.ts'
import { CooperativeYield } from '../index/cooperative-yield.ts'
import entries from './thesaurus.json' with { type: 'json' }

/** One way in which papers may express what was typed. */
export interface Wording {
  /** One term, or the parts of a compound such as `language-model` in order. */
  readonly terms: readonly string[]
  /** The term of the compound written as one word. */
  readonly whole: string
  /** As it is written in the thesaurus. */
  readonly text: string
  /** True for a synonym, false for a related word. */
  readonly same: boolean
}

/** Words of a text, by position, that are one entry of the thesaurus. */
export interface Entry {
  readonly from: number
  /** Half-open. */
  readonly to: number
  readonly wordings: readonly Wording[]
}

/** The value of an entry in thesaurus.json: synonyms, then related words. */
type Line = readonly [same: string, goesWith: string]

const headsPerSlice = 1000

/**
 * Synonyms for words that people type: everyday English, terms of neighbouring fields, names of fields. Written as
 * general research English, without reference to any collection.
 */
export class Thesaurus {
  readonly #lines: ReadonlyMap<string, Line>
  readonly #longest: number
  readonly #read = new Map<Line, readonly Wording[]>()

  private constructor(lines: ReadonlyMap<string, Line>) {
    this.#lines = lines
    this.#longest = Math.max(...[...lines.keys()].map(key => key.split(' ').length))
  }

  static async load(): Promise<Thesaurus> {
    const slices = new CooperativeYield(headsPerSlice)
    const lines = new Map<string, Line>()
    for (const [head, line] of Object.entries(entries as unknown as Record<string, Line>)) {
      lines.set(keyOf(tokenize(head).map(({ word }) => word)), line)
      if (slices.spent(1)) await slices.pause()
    }
    return new Thesaurus(lines)
  }

  /** The entries that match a text's words, in normal form; of overlapping phrases the longest. */
  find(words: readonly string[]): Entry[] {
    const found: Entry[] = []
    let from = 0
    while (from < words.length) {
      const entry = this.#longestFrom(words, from)
      if (entry !== undefined) found.push(entry)
      from = entry?.to ?? from + 1
    }
    return found
  }

  #longestFrom(words: readonly string[], from: number): Entry | undefined {
    for (let to = Math.min(words.length, from + this.#longest); to > from; to--) {
      const before = words.slice(from, to - 1)
      for (const last of [words[to - 1] ?? '', ...baseForms(words[to - 1] ?? '')]) {
        const line = this.#lines.get(keyOf([...before, last]))
        if (line !== undefined) return { from, to, wordings: this.#wordings(line) }
      }
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

/** UTF-16 units: a longer word is not inflected, and the patterns below take time quadratic in the length. */
const longestInflected = 40

const keyOf = (words: readonly string[]): string => words.join(' ')

/**
 * The base forms that a word may be an inflection of, most probable first. Stemming would also match unrelated words:
 * "university" and "universe", "tired" and "tire" share a stem.
 */
function baseForms(word: string): string[] {
  if (word.length > longestInflected) return []
  const [, plural] = /^(.{2,}[^su])s$/.exec(word) ?? []
  const [, ies] = /^(.{2,})ies$/.exec(word) ?? []
  const [, es] = /^(.{2,}(?:s|x|z|ch|sh))es$/.exec(word) ?? []
  const [, verb] = /^([^aeiouy]*[aeiouy].*)(?:ed|ing)$/.exec(word) ?? []
  const forms = [plural, ies && `${ies}y`, es]
  if (verb !== undefined && verb.length > 2) {
    forms.push(verb, `${verb}e`, /([bgmnprt])\1$/.test(verb) ? verb.slice(0, -1) : undefined)
  }
  return forms.filter(form => form !== undefined)
}

function wordingsIn(words: string, same: boolean): Wording[] {
  return words.split(' ').flatMap(word => {
    const tokens = tokenize(word)
    if (tokens.length === 0) return []
    const whole = stem(tokens.map(part => part.word).join(''))
    // "few-shot" must not match "shot" alone.
    const terms = tokens.some(({ stop }) => stop) ? [whole] : tokens.map(({ term }) => term)
    return [{ terms, whole, text: word.replaceAll('-', ' '), same }]
  })
}

let shared: Promise<Thesaurus> | undefined

/** The thesaurus that ships with the bot, loaded once. */
export function thesaurus(): Promise<Thesaurus> {
  shared ??= Thesaurus.load()
  return shared
}
