import MiniSearch, { type Query as MiniQuery, type SearchOptions } from 'minisearch'
import type { Paper } from '../../corpus/paper.ts'
import { definitionsIn } from '../analysis/abbreviations.ts'
import { normal } from '../analysis/normalize.ts'
import { stopWords } from '../analysis/stop-words.ts'
import { scan } from '../analysis/tokenizer.ts'
import { bm25 } from './bm25.ts'
import { CooperativeYield } from './cooperative-yield.ts'
import type { Indexed } from './index-builder.ts'
import { titleWeight } from './invert-index.ts'
import { gap } from './postings.ts'

interface Entry {
  readonly id: number
  readonly title: string
  /** Abbreviations that the paper itself defines, usually its own names. */
  readonly names: string
  readonly abstract: string
  /** The analysed terms used for ranking, as `termLines` writes them. */
  readonly terms?: string | undefined
}

/** Up to this many characters of abstracts, several thousand papers, MiniSearch indexes the abstracts too. */
const mostAbstracts = 8_000_000
const charactersPerSlice = 3_000

const asTyped: SearchOptions = {
  fields: ['title', 'names', 'abstract'],
  boost: { title: 4, names: 4 },
  tokenize: text => text.split(' '),
}
const byTerm: SearchOptions = {
  fields: ['terms'],
  bm25: { k: bm25.k1, b: bm25.b, d: 0 },
  tokenize: term => [term],
}

/**
 * The words of an entry unstemmed, so that prefixes complete; hyphenated words are indexed as parts and as one word.
 */
function wordsOf(text: string): string[] {
  const words = scan(text).map(word => ({ ...word, text: normal(word.text) }))
  const joined = words.flatMap(({ text: left, joined }, i) =>
    joined ? [left + (words[i + 1]?.text ?? '')] : [],
  )
  return [...words.map(word => word.text), ...joined].filter(word => !stopWords.has(word))
}

/**
 * One line for each word that counts towards a paper's length, the title's twice. Compounds and authors do not count,
 * so they are appended to the last line.
 */
function termLines({ vocabulary, index: { from, sequence } }: Indexed, doc: number): string {
  const lines: string[] = []
  const uncounted: string[] = []
  let gaps = 0
  for (let at = from[doc] ?? 0; at < (from[doc + 1] ?? 0); at++) {
    const term = sequence[at] as number
    if (term === gap) {
      gaps++
      continue
    }
    const uses = new Array<string>(gaps < 2 ? titleWeight : 1).fill(vocabulary.terms[term] ?? '')
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
 * terms, for retrieving candidates. For a large collection it contains titles and names only.
 */
export class MiniSearchIndex {
  readonly #mini: MiniSearch<Entry>
  /** Whether it contains abstracts and analysed terms. */
  readonly isWhole: boolean

  private constructor(mini: MiniSearch<Entry>, isWhole: boolean) {
    this.#mini = mini
    this.isWhole = isWhole
  }

  static async over(papers: readonly Paper[], indexed: Indexed): Promise<MiniSearchIndex> {
    const size = papers.reduce((sum, { abstract }) => sum + abstract.length, 0)
    const isWhole = size <= mostAbstracts
    const mini = new MiniSearch<Entry>({
      fields: ['title', 'names', 'abstract', 'terms'],
      tokenize: (text, field) => (field === 'terms' ? numbered(text) : wordsOf(text)),
      processTerm: (word, field) => (field === 'terms' ? termsOf(word) : word),
    })
    const slices = new CooperativeYield(charactersPerSlice)
    for (const [id, { title, abstract }] of papers.entries()) {
      const names = [...definitionsIn(title), ...definitionsIn(abstract)].map(({ short }) => short).join(' ')
      mini.add({
        id,
        title,
        names,
        abstract: isWhole ? abstract : '',
        terms: isWhole ? termLines(indexed, id) : undefined,
      })
      if (slices.spent(title.length + (isWhole ? abstract.length : 0))) await slices.pause()
    }
    return new MiniSearchIndex(mini, isWhole)
  }

  /** Positions of papers that define this abbreviation themselves. */
  namedBy(name: string): number[] {
    return this.#mini.search(name, { ...asTyped, fields: ['names'] }).map(({ id }) => id as number)
  }

  /**
   * Positions of papers that contain all the words, best first. Each word is a list of alternatives in normal form.
   */
  find(words: readonly (readonly string[])[], limit: number): number[] {
    if (words.length === 0) return []
    const query: MiniQuery = {
      combineWith: 'AND',
      queries: words.map(alternatives => ({ combineWith: 'OR' as const, queries: [...alternatives] })),
    }
    return this.#mini
      .search(query, asTyped)
      .slice(0, limit)
      .map(({ id }) => id as number)
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
