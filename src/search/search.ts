import type { Paper } from '../corpus/paper.ts'
import { readablePaper } from './analysis/readable-paper.ts'
import type { ModelVectors } from './embedding/model-vectors.ts'
import type { ScoredPaper } from './index/candidate-retriever.ts'
import type { Identifiers } from './index/identifier-index.ts'
import { idfOf, type Postings } from './index/postings.ts'
import type { Vocabulary } from './index/vocabulary.ts'
import type {
  Hit,
  ParsedQuery,
  RelatedPaper,
  Search,
  SearchResult,
  Span,
  TermWeight,
  Wanted,
} from './port.ts'
import { spansOf } from './query/highlight.ts'
import { type AnalyzedQuery, acronymWeight } from './query/query-analyzer.ts'
import { queryFilterOf } from './query/query-filter.ts'
import type { IndexedQuery, QueryParser } from './query/query-parser.ts'
import type { Suggester } from './query/suggester.ts'
import { namedByLead } from './query/title-lead.ts'
import { type MoreLikeThis, sharedTerms } from './ranking/more-like-this.ts'
import { type Ranker, rerankDepth } from './ranking/ranker.ts'
import type { Meaning, SemanticScorer } from './ranking/semantic-scorer.ts'
import type { Speller } from './spelling/speller.ts'

export interface Parts {
  readonly papers: readonly Paper[]
  readonly vocabulary: Vocabulary
  readonly index: Postings
  readonly identifiers: Identifiers
  readonly speller: Speller
  readonly parser: QueryParser
  readonly ranker: Ranker
  readonly related: MoreLikeThis
  readonly suggester: Suggester
  /** Set when semantic similarity counts. */
  readonly semantic?: SemanticScorer | undefined
  readonly model?: ModelVectors | undefined
}

const mostNearest = 5
/** When no word matches, at most this many papers are returned, all with at least `leastCosine`. */
const mostByMeaning = 10
const leastCosine = 0.35
/** How many ranked papers are checked against the query's operators. */
const mostRead = 200

/** The implementation of `Search` over the compact index, MiniSearch and the identifier index. */
export class PaperSearch implements Search {
  readonly papers: readonly Paper[]
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.papers = parts.papers
    this.#parts = parts
  }

  get(id: string): Paper | undefined {
    const position = this.#parts.identifiers.position(id)
    return position === undefined ? undefined : this.papers[position]
  }

  withRef(ref: string): Paper | undefined {
    const position = this.#parts.identifiers.positionOfRef(ref)
    return position === undefined ? undefined : this.papers[position]
  }

  parse(text: string): ParsedQuery {
    return this.#parts.parser.parse(text)
  }

  get count(): number {
    return this.papers.length
  }

  prepare(wanted: string | Wanted): Promise<void> | undefined {
    const { model, parser } = this.#parts
    const text = typeof wanted === 'string' ? wanted : wanted.text
    if (model?.papers === undefined || text === undefined) return undefined
    const { searchable, analyzed } = parser.parse(text)
    return searchable ? model.prepare(analyzed.query) : undefined
  }

  search(query: string | ParsedQuery, { limit = 10 }: { limit?: number } = {}): SearchResult {
    const indexed = this.#parts.parser.indexed(query)
    const found = this.#found(indexed, Math.max(0, limit))
    if (!indexed.searchable || found.length > 0)
      return {
        hits: found,
        query: indexed,
        byMeaning: false,
        relaxed: this.#isRelaxed(indexed),
        isNamed: indexed.named.length > 0,
        nearest: [],
      }
    const hits = this.#nearInMeaning(indexed, Math.max(0, limit))
    return {
      hits,
      query: indexed,
      byMeaning: hits.length > 0,
      relaxed: false,
      isNamed: false,
      nearest: this.#nearest(indexed.analyzed),
    }
  }

  /** Whether no ranked paper satisfies the query's operators, or there is nothing else to rank by. */
  #isRelaxed({ operators, analyzed, named }: IndexedQuery): boolean {
    if (operators.onlyExcludes) return true
    const { ranker, vocabulary, index } = this.#parts
    const restriction = named.length > 0 ? undefined : queryFilterOf(operators, vocabulary, index)
    if (restriction === undefined) return false
    const left = ranker.rank(analyzed, mostRead, { allowed: restriction.allows })
    return !left.some(({ doc }) => restriction.fits(this.#text(doc)))
  }

  /** Results by semantic similarity alone, for a query of which no paper contains a word. */
  #nearInMeaning({ analyzed }: IndexedQuery, limit: number): Hit[] {
    const { semantic } = this.#parts
    const meaning = semantic?.meaningOf(analyzed.query)
    if (semantic === undefined || meaning === undefined) return []
    return semantic
      .nearest(meaning, Math.min(limit, mostByMeaning), leastCosine)
      .map(({ doc, cosine }) => ({ paper: this.papers[doc] as Paper, score: cosine }))
  }

  /** The papers that the query names, followed by the ranked ones. */
  #found(query: IndexedQuery, limit: number): Hit[] {
    if (!query.searchable) return []
    const { named } = query
    const meaning = this.#parts.semantic?.meaningOf(query.analyzed.query)
    const fitting = this.#rank(query, limit + named.length, meaning).filter(({ doc }) => !named.includes(doc))
    return [...named.map(doc => ({ doc, score: namedScore })), ...fitting]
      .slice(0, limit)
      .map(({ doc, score }) => ({ paper: this.papers[doc] as Paper, score }))
  }

  suggest(typed: string, limit: number): readonly Hit[] {
    if (limit <= 0) return []
    const { positions } = this.#parts.identifiers.named(typed)
    const found = new Set([...positions, ...this.#parts.suggester.suggest(typed, limit)])
    if (found.size < limit && typed.trim() !== '') {
      for (const { doc } of this.#rank(this.#parts.parser.parse(typed), limit, undefined)) found.add(doc)
    }
    return [...found]
      .slice(0, limit)
      .map((doc, i) => ({ paper: this.papers[doc] as Paper, score: 1 / (i + 1) }))
  }

  related(id: string, limit: number): readonly RelatedPaper[] {
    const position = this.#parts.identifiers.position(id)
    if (position === undefined || limit <= 0) return []
    const { vocabulary, index, related } = this.#parts
    const textOf = (at: number): Paper => this.#text(at)
    return related.of(position, limit).map(({ doc, score }) => {
      const paper = this.papers[doc] as Paper
      let shared: readonly string[] | undefined
      // On first use: most callers take only the papers, and the shared terms cost more than finding them.
      return {
        paper,
        score,
        get shared() {
          shared ??= sharedTerms(textOf(position), textOf(doc), {
            vocabulary,
            index,
            telling: related.tellingOf(position, doc),
          })
          return shared
        },
      }
    })
  }

  terms(text: string): readonly TermWeight[] {
    return this.parse(text).terms
  }

  idf(term: string): number {
    const { vocabulary, index } = this.#parts
    return idfOf(index, vocabulary.termId(term))
  }

  matches(text: string, query: string | ParsedQuery): readonly Span[] {
    const { terms } = this.#parts.parser.indexed(query)
    const over = (least: number): Set<string> =>
      new Set(terms.filter(({ weight }) => weight >= least).map(({ term }) => term))
    return spansOf(text, { always: over(1), inRuns: over(acronymWeight) })
  }

  /** Operators that no paper satisfies are ignored. */
  #rank(
    { operators, analyzed }: IndexedQuery,
    limit: number,
    meaning: Meaning | undefined,
  ): { doc: number; score: number }[] {
    const { ranker, vocabulary, index } = this.#parts
    const restriction = queryFilterOf(operators, vocabulary, index)
    if (restriction !== undefined) {
      const fitting: { doc: number; score: number }[] = []
      for (const one of ranker.rank(analyzed, mostRead, { allowed: restriction.allows, meaning })) {
        if (fitting.length === limit) break
        if (restriction.fits(this.#text(one.doc))) fitting.push(one)
      }
      if (fitting.length > 0) return fitting
    }
    return this.#byLead(analyzed.query, limit, wanted => ranker.rank(analyzed, wanted, { meaning }))
  }

  /** Puts papers first whose titles begin with the name that is asked for. */
  #byLead(query: string, limit: number, rank: (limit: number) => ScoredPaper[]): ScoredPaper[] {
    const isNamed = namedByLead(query)
    if (isNamed === undefined) return rank(limit)
    const ranked = rank(Math.max(limit, rerankDepth))
    const top = ranked[0]?.score ?? 0
    const named = ranked.filter(({ doc }) => isNamed(this.papers[doc]?.title ?? ''))
    const others = ranked.filter(one => !named.includes(one))
    return [...named.map(one => ({ ...one, score: leadCounts * top })), ...others].slice(0, limit)
  }

  /** A paper as people read it, which is what was indexed. */
  #text(position: number): Paper {
    return readablePaper(this.papers[position] as Paper)
  }

  #nearest({ unknown }: AnalyzedQuery): string[] {
    const { speller } = this.#parts
    return [...new Set(unknown.slice(0, 3).flatMap(({ word }) => speller.near(word, mostNearest)))].slice(
      0,
      mostNearest,
    )
  }
}

/** Of the best score: a paper whose title begins with what is asked for. */
const leadCounts = 1.05
/** Above every score of the ranking. */
const namedScore = Number.MAX_SAFE_INTEGER
