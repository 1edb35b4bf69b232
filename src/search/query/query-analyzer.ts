import { compounds, type Token, tokenize } from '../analysis/analyze.ts'
import type { Acronyms } from '../index/acronyms.ts'
import type { Adjacency } from '../index/adjacency.ts'
import type { WeightedTerm } from '../index/candidate-retriever.ts'
import { gap } from '../index/postings.ts'
import type { Vocabulary } from '../index/vocabulary.ts'
import type { Speller } from '../spelling/speller.ts'
import type { LongForms } from './long-forms.ts'
import type { Alternatives, Expansion, QueryExpansion } from './query-expansion.ts'

/** A typed word that no paper contains, and the indexed word that was searched instead. */
export interface Correction {
  readonly from: string
  readonly to: string
}

/** A text analysed for searching. */
export interface AnalyzedQuery {
  /** Distinct indexed terms with their weights: first the typed ones, then their expansions. */
  readonly terms: readonly WeightedTerm[]
  /** Terms of the text that no paper contains. */
  readonly unknown: readonly Token[]
  /** All its content terms, in order; -1 for those that no paper contains. */
  readonly termSequence: readonly number[]
  /** Pairs of adjacent terms with their weights. */
  readonly pairs: readonly Pair[]
  /** Synonyms and related terms of its words. */
  readonly alternatives: readonly Alternatives[]
  readonly corrections: readonly Correction[]
  /** The text with its corrections applied. */
  readonly query: string
  /** False when the text has no words, or only stop words. */
  readonly searchable: boolean
}

export interface Pair {
  readonly left: number
  readonly right: number
  readonly weight: number
}

/**
 * Weight of a hyphenated compound as one word beside its parts; full weight when no paper writes the parts
 * separately.
 */
const compoundWeight = 0.4
/** Weight of an abbreviation's words beside the abbreviation, and the other way round. */
export const acronymWeight = 0.4
/** A longer text is pasted, not typed: its unknown words are not corrected. */
const mostTypedWords = 40
const mostCorrections = 4
/** Letters of the longest abbreviation that words are looked up for. */
const mostInitials = 6
const unknown = -1
/** Letters of a known word that may be another one cut short, and the other's weight. */
const longestCut = 6
const cutWeight = 0.9

interface Word extends Token {
  readonly id: number | undefined
}

export interface AnalyzerParts {
  readonly vocabulary: Vocabulary
  readonly adjacency: Adjacency
  readonly speller: Speller
  readonly acronyms: Acronyms
  readonly expansions: QueryExpansion
  /** The words of an abbreviation that no paper holds. */
  readonly longForms: LongForms
}

/** Analyses queries against one index. */
export class QueryAnalyzer {
  readonly #vocabulary: Vocabulary
  readonly #speller: Speller
  readonly #acronyms: Acronyms
  readonly #adjacency: Adjacency
  readonly #expansions: QueryExpansion
  readonly #longForms: LongForms

  constructor({ vocabulary, adjacency, speller, acronyms, expansions, longForms }: AnalyzerParts) {
    this.#vocabulary = vocabulary
    this.#adjacency = adjacency
    this.#speller = speller
    this.#acronyms = acronyms
    this.#expansions = expansions
    this.#longForms = longForms
  }

  /** @param verbatim phrases of the text that are meant as they are typed: none of their words is corrected */
  analyze(text: string, verbatim: readonly string[] = []): AnalyzedQuery {
    const tokens = tokenize(text).map(token => this.#word(token))
    const meant = new Set(verbatim.flatMap(phrase => tokenize(phrase)).map(({ word }) => word))
    const { words, corrections, query } = this.#corrected(tokens, text, meant)
    const content = words.filter(word => !word.stop)
    const weights = new Map<number, number>()
    for (const { id } of content) if (id !== undefined) weights.set(id, (weights.get(id) ?? 0) + 1)
    // A term's second occurrence says less than its first.
    for (const [id, count] of weights) weights.set(id, (2 * count) / (count + 1))
    const pairs = sideBySide(content)
    this.#addCompounds(words, weights)
    pairs.push(...this.#addAcronyms(content, weights))
    const alternatives =
      words.length > mostTypedWords ? [] : [...this.#expansions.of(words), ...this.#cutShort(words)]
    return {
      terms: [...weights].map(([term, weight]) => ({ term, weight })),
      termSequence: content.map(({ id }) => id ?? unknown),
      unknown: content.filter(({ id }) => id === undefined),
      pairs: [...pairs, ...alternatives.flatMap(({ expansions }) => expansions.flatMap(sideBySideIn))],
      alternatives,
      corrections,
      query,
      searchable: content.length > 0,
    }
  }

  #word(token: Token): Word {
    return { ...token, id: token.stop ? undefined : this.#vocabulary.termId(token.term) }
  }

  #corrected(
    tokens: readonly Word[],
    text: string,
    meant: ReadonlySet<string>,
  ): { words: Word[]; corrections: Correction[]; query: string } {
    const corrections: Correction[] = []
    if (tokens.length > mostTypedWords) return { words: [...tokens], corrections, query: text }
    const words: Word[] = []
    let query = ''
    let copied = 0
    const expandable = this.#expansions.coveredBy(tokens)
    for (let i = 0; i < tokens.length; i++) {
      const isMeant = expandable.has(i) || meant.has(tokens[i]?.word ?? '')
      const correction =
        corrections.length < mostCorrections && !isMeant ? this.#correction(tokens, i, text) : undefined
      if (correction === undefined) {
        words.push(tokens[i] as Word)
        continue
      }
      const { replaced, by } = correction
      const first = tokens[i] as Word
      const last = tokens[i + replaced - 1] as Word
      corrections.push({ from: text.slice(first.start, last.end), to: by.join(' ') })
      query += text.slice(copied, first.start) + by.join(' ')
      copied = last.end
      words.push(...by.map(word => ({ ...this.#replacement(word, last), start: first.start })))
      i += replaced - 1
    }
    return { words, corrections, query: query + text.slice(copied) }
  }

  #replacement(word: string, at: Word): Word {
    const [token] = tokenize(word)
    return { ...this.#word({ ...at, ...token }), start: at.start, end: at.end, joined: at.joined }
  }

  /** The replacement for word i and perhaps the next; undefined when it is known or nothing is near. */
  #correction(
    tokens: readonly Word[],
    i: number,
    text: string,
  ): { replaced: number; by: readonly string[] } | undefined {
    const word = tokens[i] as Word
    if (word.stop) return undefined
    const next = tokens[i + 1]
    const joined = next === undefined ? '' : word.word + next.word
    const apart = word.id !== undefined && (next?.id !== undefined || next?.stop === true)
    if (next !== undefined && !apart && this.#vocabulary.wordId(joined) !== undefined) {
      return { replaced: 2, by: [joined] }
    }
    if (word.id !== undefined || this.#isKnownOtherwise(word)) return undefined
    const long = this.#longForms.of(text.slice(word.start, word.end))
    if (long !== undefined) return { replaced: 1, by: long }
    // A capital within a sentence is a name's: "Cohere" is not "coherence" cut short.
    const isName = i > 0 && /^\p{Lu}/u.test(text.slice(word.start))
    const by = this.#speller.correct(word.word, { before: tokens[i - 1]?.id, after: next?.id, isName })
    return by && { replaced: 1, by }
  }

  /** Whether the papers contain the word's alternative spelling. */
  #isKnownOtherwise({ alias }: Word): boolean {
    return alias !== undefined && this.#vocabulary.wordId(alias) !== undefined
  }

  /** Adds `keyvalue` for `key-value`, and `dataset` for `data set` where the papers write that. */
  #addCompounds(words: readonly Word[], weights: Map<number, number>): void {
    for (const { term, stop, start, end } of compounds(words)) {
      const id = stop ? undefined : this.#vocabulary.termId(term)
      if (id === undefined) continue
      const weight = this.#isParted(words, start, end) ? compoundWeight : 1
      weights.set(id, Math.max(weights.get(id) ?? 0, weight))
    }
    words.forEach((left, i) => {
      const right = words[i + 1]
      if (right === undefined || left.joined || left.stop || right.stop) return
      const wordId = this.#vocabulary.wordId(left.word + right.word)
      const id = wordId === undefined ? -1 : (this.#vocabulary.termOf[wordId] ?? -1)
      if (id < 0 || weights.has(id)) return
      const parted =
        left.id === undefined || right.id === undefined ? 0 : this.#adjacency.of(left.id, right.id)
      weights.set(id, parted > 0 ? compoundWeight : 1)
    })
  }

  /** Whether the papers write the two words separately; otherwise the compound gets full weight. */
  #isParted(words: readonly Word[], start: number, end: number): boolean {
    const [left, right, ...more] = words.filter(word => word.start >= start && word.end <= end)
    if (left === undefined || right === undefined || more.length > 0) return true
    return left.id !== undefined && right.id !== undefined && this.#adjacency.of(left.id, right.id) > 0
  }

  /** Known words that papers write longer beside the same words: "norm" in "batch norm". */
  #cutShort(words: readonly Word[]): Alternatives[] {
    return words.flatMap(({ id, stop, word, term }, i) => {
      if (id === undefined || stop || word.length > longestCut) return []
      const [before, after] = [words[i - 1]?.id, words[i + 1]?.id]
      const isUsual =
        (before !== undefined && this.#adjacency.of(before, id) > 0) ||
        (after !== undefined && this.#adjacency.of(id, after) > 0)
      const whole = isUsual ? undefined : this.#speller.shortForms.beside(word, { before, after })
      const meant =
        whole === undefined ? undefined : this.#vocabulary.termOf[this.#vocabulary.wordId(whole) ?? -1]
      if (whole === undefined || meant === undefined || meant === id) return []
      const expansion = { terms: [meant], weight: cutWeight, text: whole }
      return [
        { text: word, typed: [term], terms: [id], idf: this.#expansions.idfOf(id), expansions: [expansion] },
      ]
    })
  }

  /** The term of an abbreviation that papers use for these words without saying so. */
  #shortFor(initials: string, words: readonly Word[]): number | undefined {
    if (words.length < 3) return undefined
    const short = this.#vocabulary.termId(initials)
    if (short === undefined) return undefined
    const long = this.#longForms.of(initials.toUpperCase())?.map(word => tokenize(word)[0]?.term)
    return long?.join(' ') === words.map(({ term }) => term).join(' ') ? short : undefined
  }

  /** Adds long forms for abbreviations and abbreviations for long forms. Returns the pairs inside long forms. */
  #addAcronyms(content: readonly Word[], weights: Map<number, number>): Pair[] {
    const pairs: Pair[] = []
    const add = (term: number): void => {
      if (!weights.has(term)) weights.set(term, acronymWeight)
    }
    const longest = Math.max(this.#acronyms.longest, mostInitials)
    content.forEach(({ id }, i) => {
      const long = id === undefined ? undefined : this.#acronyms.longOf.get(id)
      long?.forEach((term, k) => {
        add(term)
        if (k > 0) pairs.push({ left: long[k - 1] as number, right: term, weight: acronymWeight })
      })
      let key = `${id}`
      let initials = content[i]?.word[0] ?? ''
      for (let k = i + 1; k < Math.min(content.length, i + longest); k++) {
        key += ` ${content[k]?.id}`
        initials += content[k]?.word[0] ?? ''
        const short = this.#acronyms.shortOf.get(key) ?? this.#shortFor(initials, content.slice(i, k + 1))
        if (short !== undefined) add(short)
      }
    })
    return pairs
  }
}

function sideBySide(content: readonly Word[]): Pair[] {
  const pairs = new Map<string, Pair>()
  content.forEach(({ id: right }, i) => {
    const left = content[i - 1]?.id ?? gap
    if (right !== undefined && left !== gap && left !== right) {
      pairs.set(`${left} ${right}`, { left, right, weight: 1 })
    }
  })
  return [...pairs.values()]
}

/** The adjacent pairs inside a compound expansion. */
function sideBySideIn({ terms, weight }: Expansion): Pair[] {
  return terms.slice(1).map((right, i) => ({ left: terms[i] ?? gap, right, weight }))
}
