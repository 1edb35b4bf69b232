import type { Paper } from '../../corpus/paper.ts'
import { definitionsIn } from '../analysis/abbreviations.ts'
import { CooperativeYield } from './cooperative-yield.ts'
import { inverseFrequency } from './postings.ts'
import { type StringArrays, StringTable, stringArraysOf } from './string-table.ts'
import { fieldBoost, typedWords, type WordIndex } from './word-index.ts'

/** Postings of one field in compressed rows: those of word w are starts[w] to starts[w + 1]. */
export interface FieldArrays {
  readonly starts: Uint32Array
  /** Positions of papers, ascending within a word. */
  readonly docs: Uint32Array
  /** Occurrences, at most 255. */
  readonly counts: Uint8Array
  /** Distinct words of each paper. */
  readonly lengths: Uint16Array
}

export interface WordArrays {
  readonly words: StringArrays
  readonly titles: FieldArrays
  readonly names: FieldArrays
}

/** MiniSearch's defaults, which rank what people type in a small collection. */
const saturation = 1.2
const lengthWeight = 0.7
const addedPerTerm = 0.5
const charactersPerSlice = 3_000

/** Titles, and the abbreviations that papers define. */
export async function wordArraysOf(papers: readonly Paper[]): Promise<WordArrays> {
  const slices = new CooperativeYield(charactersPerSlice)
  const ids = new Map<string, number>()
  const [titles, names] = [new FieldBuilder(papers.length), new FieldBuilder(papers.length)]
  const idOf = (word: string): number => {
    const id = ids.get(word) ?? ids.size
    ids.set(word, id)
    return id
  }
  for (const [doc, { title, abstract }] of papers.entries()) {
    titles.add(doc, typedWords(title).map(idOf))
    const defined = [...definitionsIn(title), ...definitionsIn(abstract)].map(({ short }) => short)
    names.add(doc, typedWords(defined.join(' ')).map(idOf))
    if (slices.spent(title.length + 1)) await slices.pause()
  }
  const words = stringArraysOf([...ids.keys()])
  return { words, titles: titles.done(ids.size), names: names.done(ids.size) }
}

class FieldBuilder {
  readonly #words: number[] = []
  readonly #docs: number[] = []
  readonly #counts: number[] = []
  readonly #lengths: Uint16Array

  constructor(papers: number) {
    this.#lengths = new Uint16Array(papers)
  }

  add(doc: number, words: readonly number[]): void {
    const counts = new Map<number, number>()
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
    this.#lengths[doc] = Math.min(0xffff, counts.size)
    for (const [word, count] of counts) {
      this.#words.push(word)
      this.#docs.push(doc)
      this.#counts.push(Math.min(255, count))
    }
  }

  done(words: number): FieldArrays {
    const starts = new Uint32Array(words + 1)
    for (const word of this.#words) starts[word + 1] = (starts[word + 1] as number) + 1
    for (let word = 0; word < words; word++)
      starts[word + 1] = (starts[word + 1] as number) + (starts[word] as number)
    const next = starts.slice()
    const docs = new Uint32Array(this.#docs.length)
    const counts = new Uint8Array(this.#docs.length)
    for (const [i, word] of this.#words.entries()) {
      const at = next[word] as number
      next[word] = at + 1
      docs[at] = this.#docs[i] as number
      counts[at] = this.#counts[i] as number
    }
    return { starts, docs, counts, lengths: this.#lengths }
  }
}

/** A paper's score, and by how many of the words asked for it was found. */
interface Match {
  score: number
  terms: Set<string>
}

/** Titles and names of a large collection in typed arrays, ranked as `MiniSearchIndex` ranks them. */
export class CompactWordIndex implements WordIndex {
  readonly #words: StringTable
  readonly #fields: readonly Field[]

  constructor({ words, titles, names }: WordArrays) {
    this.#words = new StringTable(words)
    this.#fields = [new Field(titles), new Field(names)]
  }

  namedBy(name: string): number[] {
    const id = this.#words.idOf(name)
    return id === undefined ? [] : (this.#fields[1]?.best(id) ?? [])
  }

  find(words: readonly (readonly string[])[], limit: number): number[] {
    let found: Map<number, Match> | undefined
    for (const alternatives of words) found = this.#holding(alternatives, found)
    return [...(found ?? [])]
      .map(([doc, { score, terms }]) => ({ doc, score: score * terms.size }))
      .sort((x, y) => y.score - x.score || x.doc - y.doc)
      .slice(0, limit)
      .map(({ doc }) => doc)
  }

  /** Papers of `among` that hold one of the alternatives, with the scores of these added. */
  #holding(
    alternatives: readonly string[],
    among: ReadonlyMap<number, Match> | undefined,
  ): Map<number, Match> {
    const found = new Map<number, Match>()
    for (const word of alternatives) {
      const id = this.#words.idOf(word)
      if (id === undefined) continue
      for (const field of this.#fields)
        field.each(id, (doc, score) => {
          if (among !== undefined && !among.has(doc)) return
          const match = found.get(doc) ?? { score: 0, terms: new Set() }
          match.score += score
          match.terms.add(word)
          found.set(doc, match)
        })
    }
    for (const [doc, match] of found) {
      const before = among?.get(doc)
      match.score += before?.score ?? 0
      for (const word of before?.terms ?? []) match.terms.add(word)
    }
    return found
  }
}

class Field {
  readonly #arrays: FieldArrays
  readonly #meanLength: number

  constructor(arrays: FieldArrays) {
    this.#arrays = arrays
    const total = arrays.lengths.reduce((sum, length) => sum + length, 0)
    this.#meanLength = total / Math.max(1, arrays.lengths.length)
  }

  /** Calls back for each paper with the word, with its score. */
  each(word: number, visit: (doc: number, score: number) => void): void {
    const { starts, docs, counts, lengths } = this.#arrays
    const [from, to] = [starts[word] as number, starts[word + 1] as number]
    const idf = inverseFrequency(lengths.length, to - from)
    for (let at = from; at < to; at++) {
      const doc = docs[at] as number
      const count = counts[at] as number
      const length = (lengths[doc] as number) / this.#meanLength
      const norm = saturation * (1 - lengthWeight + lengthWeight * length)
      visit(doc, fieldBoost * idf * (addedPerTerm + (count * (saturation + 1)) / (count + norm)))
    }
  }

  /** Papers with the word, best first. */
  best(word: number): number[] {
    const found: { doc: number; score: number }[] = []
    this.each(word, (doc, score) => found.push({ doc, score }))
    return found.sort((x, y) => y.score - x.score || x.doc - y.doc).map(({ doc }) => doc)
  }
}
