import MiniSearch, { type Query as MiniQuery } from 'minisearch'
import type { Paper } from '../corpus/paper.ts'
import { definitionsIn } from './abbreviations.ts'
import { compounds, tokenize } from './analysis.ts'

interface Entry {
  readonly id: number
  readonly title: string
  /** The abbreviations that the paper itself defines: its own names, more often than not. */
  readonly names: string
  readonly abstract: string
}

/** Up to so many characters of abstracts, MiniSearch holds them all: several thousand papers. */
const mostAbstracts = 8_000_000
const papersPerSlice = 50

/** The words of an entry as they are typed: unstemmed, so that beginnings complete. */
function wordsOf(text: string): string[] {
  const tokens = tokenize(text)
  return [...tokens, ...compounds(tokens)].filter(({ stop }) => !stop).map(({ word }) => word)
}

/** MiniSearch over titles, names and (for a corpus of ordinary size) abstracts: what words being typed meet. */
export class TypedIndex {
  readonly #mini: MiniSearch<Entry>

  private constructor(mini: MiniSearch<Entry>) {
    this.#mini = mini
  }

  static async over(papers: readonly Paper[]): Promise<TypedIndex> {
    const size = papers.reduce((sum, { abstract }) => sum + abstract.length, 0)
    const mini = new MiniSearch<Entry>({
      fields: ['title', 'names', 'abstract'],
      tokenize: wordsOf,
      processTerm: word => word,
      searchOptions: { boost: { title: 4, names: 4 }, tokenize: text => text.split(' ') },
    })
    const entries = papers.map(({ title, abstract }, id): Entry => {
      const names = [...definitionsIn(title), ...definitionsIn(abstract)].map(({ short }) => short).join(' ')
      return { id, title, names, abstract: size > mostAbstracts ? '' : abstract }
    })
    await mini.addAllAsync(entries, { chunkSize: papersPerSlice })
    return new TypedIndex(mini)
  }

  /**
   * Positions of papers that hold all the words, best first. Each word is a list of alternatives in normal form.
   */
  find(words: readonly (readonly string[])[], limit: number): number[] {
    if (words.length === 0) return []
    const query: MiniQuery = {
      combineWith: 'AND',
      queries: words.map(alternatives => ({ combineWith: 'OR' as const, queries: [...alternatives] })),
    }
    return this.#mini
      .search(query)
      .slice(0, limit)
      .map(({ id }) => id as number)
  }
}
