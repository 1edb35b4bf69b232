import { lengths } from '../lengths.ts'
import { tokenize } from '../search/analysis/analyze.ts'
import type { CollectionModel, MoreTerms } from '../search/partial/collection-model.ts'
import { groupsOf, rerankDepth } from '../search/ranking/ranker.ts'
import { mostNeighbours } from '../search/ranking/semantic-scorer.ts'
import {
  byMeaning,
  byName,
  byWords,
  type EngineQuery,
  operatorFilters,
  type Scope,
  termsQuery,
} from './queries.ts'

/** What the engine is asked for because of a text. */
export interface TextQueries {
  readonly all: readonly EngineQuery[]
  /** The clauses of its words, for queries of fewer papers. */
  readonly clauses: readonly object[]
  readonly named: EngineQuery | undefined
}

/** Words of a text that are looked up one by one. */
const mostUnknown = 40

/** Terms of a text that the statistics know nothing of. */
export function unknownTerms(text: string, { vocabulary }: CollectionModel): string[] {
  const unknown = tokenize(text.slice(0, lengths.query))
    .filter(({ stop, term }) => !stop && vocabulary.termId(term) === undefined)
    .map(({ term }) => term)
  return [...new Set(unknown)].slice(0, mostUnknown)
}

/** Reads a text as the ranking does: the same terms, corrections and expansions find its candidates. */
export function readQuery(text: string, model: CollectionModel, more: MoreTerms, scope: Scope): TextQueries {
  const parser = model.parser(more)
  const { vocabulary, index } = parser.lexicon
  const { analyzed, operators } = parser.parse(text)
  const clauses = termsQuery(analyzed.terms, groupsOf(analyzed, index), term => vocabulary.terms.at(term))
  const named = byName(text.slice(0, lengths.query), scope)
  const { filter, without } = operatorFilters(operators)
  const isFiltered = filter.length + without.length > 0
  const words = clauses.length === 0 ? [] : [byWords(clauses, rerankDepth, scope)]
  const filtered =
    clauses.length === 0 || !isFiltered ? [] : [byWords(clauses, rerankDepth, scope, { filter, without })]
  const vector = model.embedder?.embed([analyzed.query])
  const near = vector?.some(value => value !== 0) === true ? [byMeaning(vector, mostNeighbours, scope)] : []
  return { all: [...(named === undefined ? [] : [named]), ...words, ...filtered, ...near], clauses, named }
}
