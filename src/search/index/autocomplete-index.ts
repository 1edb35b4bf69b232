import MiniSearch, { type Query as MiniQuery } from 'minisearch'
import type { Paper } from '../../corpus/paper.ts'
import { definitionsIn } from '../analysis/abbreviations.ts'
import { normal } from '../analysis/normalize.ts'
import { stopWords } from '../analysis/stop-words.ts'
import { scan } from '../analysis/tokenizer.ts'
import { CooperativeYield } from './cooperative-yield.ts'

interface Entry {
  readonly id: number
  readonly title: string
  /** The abbreviations that the paper itself defines: its own names, more often than not. */
  readonly names: string
  readonly abstract: string
}

/** Up to so many characters of abstracts, MiniSearch holds them all: several thousand papers. */
const mostAbstracts = 8_000_000
const charactersPerSlice = 3_000

/** The words of an entry as they are typed: unstemmed, so that beginnings complete; hyphens part and join. */
function wordsOf(text: string): string[] {
  const words = scan(text).map(word => ({ ...word, text: normal(word.text) }))
  const joined = words.flatMap(({ text: left, joined }, i) =>
    joined ? [left + (words[i + 1]?.text ?? '')] : [],
  )
  return [...words.map(word => word.text), ...joined].filter(word => !stopWords.has(word))
}

/** MiniSearch over titles, names and (for a corpus of ordinary size) abstracts: what words being typed meet. */
export class AutocompleteIndex {
  readonly #mini: MiniSearch<Entry>

  private constructor(mini: MiniSearch<Entry>) {
    this.#mini = mini
  }

  static async over(papers: readonly Paper[]): Promise<AutocompleteIndex> {
    const size = papers.reduce((sum, { abstract }) => sum + abstract.length, 0)
    const mini = new MiniSearch<Entry>({
      fields: ['title', 'names', 'abstract'],
      tokenize: wordsOf,
      processTerm: word => word,
      searchOptions: { boost: { title: 4, names: 4 }, tokenize: text => text.split(' ') },
    })
    const slices = new CooperativeYield(charactersPerSlice)
    for (const [id, { title, abstract }] of papers.entries()) {
      const names = [...definitionsIn(title), ...definitionsIn(abstract)].map(({ short }) => short).join(' ')
      const entry: Entry = { id, title, names, abstract: size > mostAbstracts ? '' : abstract }
      mini.add(entry)
      if (slices.spent(entry.title.length + entry.abstract.length)) await slices.pause()
    }
    return new AutocompleteIndex(mini)
  }

  /** Positions of papers that define this abbreviation themselves. */
  namedBy(name: string): number[] {
    return this.#mini.search(name, { fields: ['names'] }).map(({ id }) => id as number)
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
