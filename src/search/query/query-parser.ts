import { lengths } from '../../lengths.ts'
import type { Identifiers } from '../index/identifier-index.ts'
import { idfOf, type Postings } from '../index/postings.ts'
import type { Vocabulary } from '../index/vocabulary.ts'
import type { Alternative, ParsedQuery, Substitution, TermWeight } from './parsed-query.ts'
import type { AnalyzedQuery, QueryAnalyzer } from './query-analyzer.ts'
import { type QueryOperators, queryOperators } from './query-syntax.ts'

const mostSubstitutes = 3

/**
 * A parsed query with index-specific data for ranking: positions and term ids, which are meaningless for another
 * index.
 */
export interface IndexedQuery extends ParsedQuery {
  readonly index: Postings
  /** Positions of the papers that the text names by title, id or address. */
  readonly named: readonly number[]
  readonly operators: QueryOperators
  readonly analyzed: AnalyzedQuery
}

interface ParserParts {
  readonly vocabulary: Vocabulary
  readonly index: Postings
  readonly identifiers: Identifiers
  readonly analyzer: QueryAnalyzer
}

/** Parses queries for one index. */
export class QueryParser {
  readonly #parts: ParserParts

  constructor(parts: ParserParts) {
    this.#parts = parts
  }

  parse(typed: string): IndexedQuery {
    const text = typed.slice(0, lengths.query)
    const { identifiers, analyzer, index } = this.#parts
    const { positions: named, rest } = identifiers.named(text)
    const operators = queryOperators(rest)
    const analyzed = analyzer.analyze(operators.text, operators.phrases)
    const isNamed = named.length > 0
    const searchable = isNamed || analyzed.searchable
    return {
      text,
      corrected: searchable ? corrected(text, operators.text, analyzed) : text,
      searchable,
      corrections: isNamed ? [] : analyzed.corrections,
      substitutions: isNamed ? [] : substitutionsIn(analyzed),
      terms: this.#terms(analyzed),
      alternatives: this.#alternatives(analyzed),
      index,
      named,
      operators,
      analyzed,
    }
  }

  /** Accepts a text, or a query that was parsed for another index and is parsed again. */
  indexed(query: string | ParsedQuery): IndexedQuery {
    if (typeof query === 'string') return this.parse(query)
    return this.#isOwn(query) ? query : this.parse(query.text)
  }

  #isOwn(query: ParsedQuery): query is IndexedQuery {
    return 'index' in query && query.index === this.#parts.index
  }

  #terms({ terms, unknown }: AnalyzedQuery): TermWeight[] {
    const { vocabulary, index } = this.#parts
    const known = terms.map(({ term, weight }) => ({
      term: vocabulary.terms.at(term),
      weight: Math.min(1, weight),
      idf: idfOf(index, term),
    }))
    const others = new Set(unknown.map(({ term }) => term))
    const unseen = idfOf(index, undefined)
    return [...known, ...[...others].map(term => ({ term, weight: 1, idf: unseen }))]
  }

  #alternatives({ alternatives }: AnalyzedQuery): Alternative[] {
    const { terms } = this.#parts.vocabulary
    return alternatives.flatMap(({ typed, expansions }) =>
      expansions.map(one => ({ typed, terms: one.terms.map(id => terms.at(id)), weight: one.weight })),
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

/** The text with its corrections; operators and addresses in it are unchanged. */
function corrected(text: string, searched: string, { query, corrections }: AnalyzedQuery): string {
  if (searched === text) return query
  return corrections.reduce((out, { from, to }) => out.replace(from, () => to), text)
}
