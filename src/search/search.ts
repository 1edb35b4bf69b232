import type { Paper } from '../corpus/paper.ts'
import type { IdentifierIndex } from './index/identifier-index.ts'
import { idfOf, type Postings } from './index/postings.ts'
import type { Vocabulary } from './index/vocabulary.ts'
import type {
  Alternative,
  Hit,
  RelatedPaper,
  Search,
  SearchResult,
  Span,
  Substitution,
  TermWeight,
} from './port.ts'
import { type Marked, spansOf } from './query/highlight.ts'
import { type AnalyzedQuery, acronymWeight, type QueryAnalyzer } from './query/query-analyzer.ts'
import { queryFilterOf } from './query/query-filter.ts'
import { parseQuery, type Query } from './query/query-syntax.ts'
import type { Suggester } from './query/suggester.ts'
import { type MoreLikeThis, sharedTerms } from './ranking/more-like-this.ts'
import type { Ranker } from './ranking/ranker.ts'
import type { Speller } from './spelling/speller.ts'

export interface Parts {
  readonly papers: readonly Paper[]
  readonly vocabulary: Vocabulary
  readonly index: Postings
  readonly lookup: IdentifierIndex
  readonly speller: Speller
  readonly queryAnalyzer: QueryAnalyzer
  readonly ranker: Ranker
  readonly related: MoreLikeThis
  readonly suggester: Suggester
}

const nothing: SearchResult = {
  hits: [],
  searchable: false,
  query: '',
  corrections: [],
  substitutions: [],
  nearest: [],
}
const mostNearest = 5
const mostSubstitutes = 3
/** Papers whose words are read to see whether operators leave them. */
const mostRead = 200

/** The one Search over the compact index, MiniSearch and the look-ups beside them. */
export class PaperSearch implements Search {
  readonly papers: readonly Paper[]
  readonly #parts: Parts
  #last: { text: string; understood: AnalyzedQuery } | undefined

  constructor(parts: Parts) {
    this.papers = parts.papers
    this.#parts = parts
  }

  get(id: string): Paper | undefined {
    const position = this.#parts.lookup.position(id)
    return position === undefined ? undefined : this.papers[position]
  }

  search(text: string, { limit = 10 }: { limit?: number } = {}): SearchResult {
    const { positions, rest } = this.#parts.lookup.named(text)
    const query = parseQuery(rest)
    const understood = this.#understand(query.text)
    if (positions.length === 0 && !understood.searchable) return { ...nothing, query: text }
    const ranked = this.#rank(query, understood, limit + positions.length)
    const hits = [...positions.map(doc => ({ doc, score: named })), ...ranked]
      .filter(({ doc, score }) => score === named || !positions.includes(doc))
      .slice(0, Math.max(0, limit))
      .map(({ doc, score }) => ({ paper: this.papers[doc] as Paper, score }))
    const plain = query.text === text
    return {
      hits,
      searchable: true,
      query: plain ? understood.query : corrected(text, understood),
      corrections: positions.length > 0 ? [] : understood.corrections,
      substitutions: positions.length > 0 ? [] : substitutionsIn(understood),
      nearest: hits.length > 0 ? [] : this.#nearest(understood),
    }
  }

  suggest(typed: string, limit: number): readonly Hit[] {
    if (limit <= 0) return []
    const { positions } = this.#parts.lookup.named(typed)
    const found = new Set([...positions, ...this.#parts.suggester.suggest(typed, limit)])
    if (found.size < limit && typed.trim() !== '') {
      for (const { doc } of this.#rank(parseQuery(typed), this.#understand(typed), limit)) found.add(doc)
    }
    return [...found]
      .slice(0, limit)
      .map((doc, i) => ({ paper: this.papers[doc] as Paper, score: 1 / (i + 1) }))
  }

  related(id: string, limit: number): readonly RelatedPaper[] {
    const position = this.#parts.lookup.position(id)
    if (position === undefined || limit <= 0) return []
    const { vocabulary, index, related } = this.#parts
    const one = this.papers[position] as Paper
    return related.of(position, limit).map(({ doc, score }) => {
      const paper = this.papers[doc] as Paper
      return { paper, score, shared: sharedTerms(one, paper, vocabulary, index) }
    })
  }

  terms(text: string): readonly TermWeight[] {
    const { terms, unknown } = this.#understand(text)
    const known = terms.map(({ term, weight }) => ({
      term: this.#parts.vocabulary.terms[term] ?? '',
      weight,
    }))
    const others = new Set(unknown.map(({ term }) => term))
    return [...known, ...[...others].map(term => ({ term, weight: 1 }))].map(one => ({
      ...one,
      weight: Math.min(1, one.weight),
      idf: this.idf(one.term),
    }))
  }

  alternatives(text: string): readonly Alternative[] {
    const { terms } = this.#parts.vocabulary
    return this.#understand(text).alternatives.flatMap(({ typed, expansions }) =>
      expansions.map(one => ({ typed, terms: one.terms.map(id => terms[id] ?? ''), worth: one.worth })),
    )
  }

  idf(term: string): number {
    const { vocabulary, index } = this.#parts
    return idfOf(index, vocabulary.termId(term))
  }

  matches(text: string, query: string): readonly Span[] {
    return spansOf(text, this.#marked(query))
  }

  #marked(query: string): Marked {
    const terms = this.terms(query)
    const over = (least: number): Set<string> =>
      new Set(terms.filter(({ weight }) => weight >= least).map(({ term }) => term))
    return { always: over(1), inRuns: over(acronymWeight) }
  }

  /** One query is asked for many times in a row: for its hits, its terms, its marks. */
  #understand(text: string): AnalyzedQuery {
    if (this.#last?.text !== text) this.#last = { text, understood: this.#parts.queryAnalyzer.read(text) }
    return this.#last.understood
  }

  /** Operators that leave nothing are taken for ordinary signs. */
  #rank(query: Query, understood: AnalyzedQuery, limit: number): { doc: number; score: number }[] {
    const { ranker, vocabulary, index } = this.#parts
    const restriction = queryFilterOf(query, vocabulary, index)
    if (restriction !== undefined) {
      const fitting: { doc: number; score: number }[] = []
      for (const one of ranker.rank(understood, mostRead, { allowed: restriction.allows })) {
        if (fitting.length === limit) break
        if (restriction.fits(this.papers[one.doc] as Paper)) fitting.push(one)
      }
      if (fitting.length > 0) return fitting
    }
    return ranker.rank(understood, limit)
  }

  #nearest({ unknown }: AnalyzedQuery): string[] {
    const { speller } = this.#parts
    return [...new Set(unknown.slice(0, 3).flatMap(({ word }) => speller.near(word, mostNearest)))].slice(
      0,
      mostNearest,
    )
  }
}

function substitutionsIn({ alternatives }: AnalyzedQuery): Substitution[] {
  return alternatives
    .filter(({ typed, terms }) => terms.length < typed.length)
    .map(({ text, expansions }) => ({
      from: text,
      to: expansions.slice(0, mostSubstitutes).map(one => one.text),
    }))
}

/** Above every score that ranking gives. */
const named = Number.MAX_SAFE_INTEGER

/** Corrections inside a text whose operators stay as they are. */
function corrected(text: string, { corrections }: AnalyzedQuery): string {
  return corrections.reduce((out, { from, to }) => out.replace(from, () => to), text)
}
