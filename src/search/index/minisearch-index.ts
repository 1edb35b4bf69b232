import MiniSearch, { type Query as MiniQuery, type SearchOptions, type SearchResult } from 'minisearch'
import type { Paper } from '../../corpus/paper.ts'
import { definitionsIn } from '../analysis/abbreviations.ts'
import { readablePaper } from '../analysis/readable-paper.ts'
import { bm25 } from './bm25.ts'
import { CooperativeYield } from './cooperative-yield.ts'
import type { Indexed } from './index-builder.ts'
import { titleWeight } from './invert-index.ts'
import { gap } from './postings.ts'
import { fieldBoost, typedWords, type WordIndex } from './word-index.ts'

interface Entry {
  readonly id: number
  readonly title: string
  /** Abbreviations that the paper itself defines, usually its own names. */
  readonly names: string
  readonly abstract: string
  /** The analysed terms used for ranking, as `termLines` writes them. */
  readonly terms: string
}

const charactersPerSlice = 3_000

const asTyped: SearchOptions = {
  fields: ['title', 'names', 'abstract'],
  boost: { title: fieldBoost, names: fieldBoost },
  tokenize: text => text.split(' '),
}
const byTerm: SearchOptions = {
  fields: ['terms'],
  bm25: { k: bm25.k1, b: bm25.b, d: 0 },
  tokenize: term => [term],
}

/**
 * One line for each word that counts towards a paper's length, the title's twice. Compounds and authors do not count,
 * so they are appended to the last line.
 */
function termLines(
  { vocabulary, index: { from, sequence } }: Pick<Indexed, 'vocabulary' | 'index'>,
  doc: number,
): string {
  const lines: string[] = []
  const uncounted: string[] = []
  let gaps = 0
  for (let at = from[doc] ?? 0; at < (from[doc + 1] ?? 0); at++) {
    const term = sequence[at] as number
    if (term === gap) {
      gaps++
      continue
    }
    const uses = new Array<string>(gaps < 2 ? titleWeight : 1).fill(vocabulary.terms.at(term))
    ;(gaps === 0 || gaps === 2 ? lines : uncounted).push(...uses)
  }
  const last = [...lines.splice(-1), ...uncounted].join(' ')
  return [...lines, last].join('\n')
}

/**
 * MiniSearch takes the number of distinct tokens as a field's length, BM25 needs all of them: numbering makes each
 * distinct.
 */
const numbered = (lines: string): string[] => lines.split('\n').map((line, i) => `${i} ${line}`)
const termsOf = (token: string): string[] =>
  token
    .split(' ')
    .slice(1)
    .filter(term => term !== '')

/**
 * One MiniSearch over the papers: titles, names and abstracts as people type them, for autocomplete, and analysed
 * terms, for retrieving candidates.
 */
export class MiniSearchIndex implements WordIndex {
  readonly #mini: MiniSearch<Entry>

  private constructor(mini: MiniSearch<Entry>) {
    this.#mini = mini
  }

  static async over(papers: readonly Paper[], indexed: Pick<Indexed, 'vocabulary' | 'index'>) {
    const mini = new MiniSearch<Entry>({
      fields: ['title', 'names', 'abstract', 'terms'],
      tokenize: (text, field) => (field === 'terms' ? numbered(text) : typedWords(text)),
      processTerm: (word, field) => (field === 'terms' ? termsOf(word) : word),
    })
    const slices = new CooperativeYield(charactersPerSlice)
    for (const [id, paper] of papers.entries()) {
      const { title, abstract } = readablePaper(paper)
      const names = [...definitionsIn(title), ...definitionsIn(abstract)].map(({ short }) => short).join(' ')
      mini.add({ id, title, names, abstract, terms: termLines(indexed, id) })
      if (slices.spent(title.length + abstract.length)) await slices.pause()
    }
    return new MiniSearchIndex(mini)
  }

  namedBy(name: string): number[] {
    return inOrder(this.#mini.search(name, { ...asTyped, fields: ['names'] }))
  }

  find(words: readonly (readonly string[])[], limit: number): number[] {
    if (words.length === 0) return []
    const query: MiniQuery = {
      combineWith: 'AND',
      queries: words.map(alternatives => ({ combineWith: 'OR' as const, queries: [...alternatives] })),
    }
    return inOrder(this.#mini.search(query, asTyped)).slice(0, limit)
  }

  /** Calls back for each paper that contains an analysed term, with its BM25 score, in no order. */
  eachHolding(term: string, visit: (doc: number, score: number) => void): void {
    this.#mini.search(term, {
      ...byTerm,
      filter: ({ id, score }) => {
        visit(id as number, score)
        // Rejecting every result spares MiniSearch a sort whose order is not needed.
        return false
      },
    })
  }
}

const inOrder = (found: readonly SearchResult[]): number[] =>
  [...found].sort((x, y) => y.score - x.score || x.id - y.id).map(({ id }) => id as number)
