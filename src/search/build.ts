import type { Paper } from '../corpus/paper.ts'
import { analyze, compounds, tokenize } from './analysis.ts'
import { Bm25, type WeighedTerm } from './bm25.ts'
import { buildIndex, Tally } from './index-builder.ts'
import type { Hit, RelatedPaper, Search, SearchResult, Span, TermWeight } from './port.ts'
import type { Postings } from './postings.ts'
import { documentFrequency, inverseFrequency } from './postings.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Reads the papers into a `Search`. Yields to other work every few milliseconds. */
export async function buildSearch(papers: readonly Paper[]): Promise<Search> {
  const { vocabulary, index } = await buildIndex(papers)
  return new CompactSearch(papers, vocabulary, index)
}

class CompactSearch implements Search {
  readonly papers: readonly Paper[]
  readonly #byId: Map<string, Paper>
  readonly #positions: Map<string, number>
  readonly #vocabulary: Vocabulary
  readonly #index: Postings
  readonly #bm25: Bm25

  constructor(papers: readonly Paper[], vocabulary: Vocabulary, index: Postings) {
    this.papers = papers
    this.#byId = new Map(papers.map(paper => [paper.id, paper]))
    this.#positions = new Map(papers.map((paper, i) => [paper.id, i]))
    this.#vocabulary = vocabulary
    this.#index = index
    this.#bm25 = new Bm25(index)
  }

  get(id: string): Paper | undefined {
    return this.#byId.get(id)
  }

  idf(term: string): number {
    const id = this.#vocabulary.termId(term)
    const holding = id === undefined ? 0 : documentFrequency(this.#index, id)
    return inverseFrequency(this.papers.length, holding)
  }

  terms(text: string): readonly TermWeight[] {
    return [...new Set(analyze(text))].map(term => ({ term, weight: 1, idf: this.idf(term) }))
  }

  search(text: string, { limit = 10 }: { limit?: number } = {}): SearchResult {
    const terms = analyze(text)
    return {
      hits: this.#rank(terms, limit),
      searchable: terms.length > 0,
      query: text,
      corrections: [],
      nearest: [],
    }
  }

  suggest(typed: string, limit: number): readonly Hit[] {
    return this.search(typed, { limit }).hits
  }

  related(id: string, limit: number): readonly RelatedPaper[] {
    const position = this.#positions.get(id)
    if (position === undefined) return []
    const tally = new Tally(this.#index.terms)
    const query = tally.of(this.#index, position).map(term => ({ term, weight: tally.count(term) }))
    return this.#bm25
      .top(query, limit + 1)
      .filter(({ doc }) => doc !== position)
      .slice(0, limit)
      .map(({ doc, score }) => ({ paper: this.papers[doc] as Paper, score, shared: [] }))
  }

  matches(text: string, query: string): readonly Span[] {
    const terms = new Set(analyze(query))
    const tokens = tokenize(text)
    return [...tokens, ...compounds(tokens)]
      .filter(token => !token.stop && terms.has(token.term))
      .map(({ start, end }) => ({ start, end }))
      .sort((a, b) => a.start - b.start || b.end - a.end)
      .filter((span, i, all) => i === 0 || span.start >= (all[i - 1] as Span).end)
  }

  #rank(terms: readonly string[], limit: number): Hit[] {
    const counts = new Map<number, number>()
    for (const term of terms) {
      const id = this.#vocabulary.termId(term)
      if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1)
    }
    const query: WeighedTerm[] = [...counts].map(([term, weight]) => ({ term, weight }))
    return this.#bm25.top(query, limit).map(({ doc, score }) => ({ paper: this.papers[doc] as Paper, score }))
  }
}
