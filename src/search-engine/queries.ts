import { tokenize } from '../search/analysis/analyze.ts'
import type { SynonymGroup, WeightedTerm } from '../search/index/candidate-retriever.ts'
import { namesIn } from '../search/index/identifier-index.ts'
import type { QueryOperators } from '../search/query/query-syntax.ts'
import { sentFields } from './papers-in-engine.ts'

/** What may be found: papers of these collections and, where it is said, of these ids alone, or of none of those. */
export interface Scope {
  readonly collections: readonly string[]
  readonly among?: ReadonlySet<string> | undefined
  readonly but?: ReadonlySet<string> | undefined
}

/** A part of a scope: nothing is in it that was not in the whole. */
export function narrowedScope(
  { collections, among, but }: Scope,
  more: { readonly among?: ReadonlySet<string> | undefined; readonly but?: ReadonlySet<string> | undefined },
): Scope {
  const both = among !== undefined && more.among !== undefined ? among.intersection(more.among) : undefined
  return {
    collections,
    among: both ?? more.among ?? among,
    but: new Set([...(but ?? []), ...(more.but ?? [])]),
  }
}

/** A search of the engine's, as one of several that are sent at once. */
export interface EngineQuery {
  readonly size: number
  readonly query: object
  readonly sort?: readonly object[]
}

/** A pasted abstract has more terms than a query may have clauses; those beyond weigh least. */
const mostTerms = 300
/** Ids that one query names at most: the engine takes 65,536. */
const mostIds = 20_000

const kinds = { terms: { kind: ['file', 'stored'] } }

/** Always among the filters: nothing of another collection is ever sent. */
export function filtersOf({ collections, among, but }: Scope): object[] {
  const named = among === undefined ? [] : [idsIn(among)]
  const others = but === undefined || but.size === 0 ? [] : [{ bool: { must_not: [idsIn(but)] } }]
  return [{ terms: { collection: collections } }, kinds, ...named, ...others]
}

/** Of more ids than a query may name, those that were added last. */
const idsIn = (ids: ReadonlySet<string>) => ({ terms: { id: [...ids].slice(-mostIds) } })

/** @param textOf gives a term its text */
export function termsQuery(
  terms: readonly WeightedTerm[],
  groups: readonly SynonymGroup[],
  textOf: (term: number) => string,
): object[] {
  const clause = ({ term, weight }: WeightedTerm) => ({
    term: { terms: { value: textOf(term), boost: weight } },
  })
  const single = [...terms]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, mostTerms)
    .map(clause)
  const synonyms = groups
    .filter(group => group.length > 0)
    .map(group => ({ dis_max: { queries: group.map(clause) } }))
  return [...single, ...synonyms].slice(0, 2 * mostTerms)
}

/** The papers that hold most of the clauses. */
export const byWords = (
  clauses: readonly object[],
  size: number,
  scope: Scope,
  more: { filter?: readonly object[]; without?: readonly object[] } = {},
): EngineQuery => ({
  size,
  query: {
    bool: {
      filter: [...filtersOf(scope), ...(more.filter ?? [])],
      ...(more.without === undefined || more.without.length === 0 ? {} : { must_not: more.without }),
      should: clauses,
      minimum_should_match: 1,
    },
  },
})

/** The papers nearest in meaning. */
export const byMeaning = (vector: Float32Array, size: number, scope: Scope): EngineQuery => ({
  size,
  query: {
    knn: { vector: { vector: Array.from(vector), k: size, filter: { bool: { filter: filtersOf(scope) } } } },
  },
})

/** Papers that a text names. */
export function byName(text: string, scope: Scope): EngineQuery | undefined {
  const { names, title } = namesIn(text)
  const named = names.slice(0, 50).filter(name => name.length <= 1_000)
  const clauses = [
    ...(named.length === 0 ? [] : [{ terms: { names: named } }]),
    ...(title === '' || title.length > 1_000 ? [] : [{ term: { title } }]),
  ]
  return clauses.length === 0 ? undefined : byWords(clauses, 20, scope)
}

/** What a query's operators ask of papers, as far as the engine can tell: the rest is checked word by word here. */
export function operatorFilters({ phrases, titled, excluded }: QueryOperators): {
  filter: object[]
  without: object[]
} {
  const held = phrases.flatMap(contentTerms).map(term => ({ term: { terms: term } }))
  const inTitle = titled.flatMap(contentTerms).map(term => ({ term: { titleTerms: term } }))
  const without = excluded
    .map(contentTerms)
    .filter(terms => terms.length === 1)
    .map(([term]) => ({ term: { terms: term } }))
  return { filter: [...held, ...inTitle], without }
}

const contentTerms = (phrase: string): string[] =>
  tokenize(phrase).flatMap(({ stop, term }) => (stop ? [] : [term]))

/** Papers of any of these references. */
export const byRefs = (refs: readonly string[], collections: readonly string[]): EngineQuery => ({
  size: Math.min(10_000, 3 * refs.length),
  query: { bool: { filter: [{ terms: { collection: collections } }, { terms: { refs } }] } },
})

/** How many papers hold each of the terms. */
export const holdingEach = (terms: readonly string[], scope: Scope) => ({
  size: 0,
  query: { bool: { filter: filtersOf(scope) } },
  aggs: {
    holding: {
      filters: {
        filters: Object.fromEntries(terms.map((term, i) => [`t${i}`, { term: { terms: term } }])),
      },
    },
  },
})

/** The newest papers. */
export const newest = (size: number, scope: Scope): EngineQuery => ({
  size,
  query: { bool: { filter: filtersOf(scope) } },
  sort: [{ published: 'desc' }, { order: 'asc' }],
})

/** Papers whose titles begin so, by title. */
export const beginning = (key: string, size: number, scope: Scope): EngineQuery => ({
  size,
  query: { bool: { filter: [...filtersOf(scope), { prefix: { begin: key } }] } },
  sort: [{ begin: 'asc' }],
})

/** Papers whose titles hold one of each word's alternatives, or that define such an abbreviation. */
export const holdingAll = (
  words: readonly (readonly string[])[],
  prefix: string | undefined,
  size: number,
  scope: Scope,
): EngineQuery => ({
  size,
  query: {
    bool: {
      filter: filtersOf(scope),
      must: [
        ...words.map(alternatives => ({
          dis_max: { queries: alternatives.map(word => ({ term: { typed: word } })), tie_breaker: 1 },
        })),
        ...(prefix === undefined ? [] : [{ prefix: { typed: { value: prefix, rewrite: 'top_terms_64' } } }]),
      ],
    },
  },
})

export const defining = (name: string, size: number, scope: Scope): EngineQuery => ({
  size,
  query: { bool: { filter: [...filtersOf(scope), { term: { abbreviations: name } }] } },
})

/** More papers of an author or a venue than are looked through. */
const mostOfOne = 500

const newestOf = (filter: object, scope: Scope, size = mostOfOne): EngineQuery => ({
  ...newest(size, scope),
  query: { bool: { filter: [...filtersOf(scope), filter] } },
})

/** Papers of authors of one family name. */
export const byFamily = (family: string, scope: Scope): EngineQuery =>
  newestOf({ term: { families: family } }, scope)

/** Papers of a venue by any of its keys. */
export const byVenue = (keys: readonly string[], scope: Scope): EngineQuery =>
  newestOf({ terms: { venues: keys } }, scope)

/** Papers whose authors' family names, venues or categories begin so. */
export const byNameBegin = (words: readonly string[], whole: string, scope: Scope): EngineQuery =>
  newestOf(
    {
      bool: {
        should: [
          ...words.map(word => ({ prefix: { families: word } })),
          ...(whole === '' ? [] : [{ prefix: { venues: whole } }]),
        ],
        minimum_should_match: words.length === 0 && whole === '' ? 0 : 1,
      },
    },
    scope,
    200,
  )

/** An even sample of all papers, another one for each start. */
export const sampleFrom = (start: number, size: number, scope: Scope): EngineQuery[] => {
  const filter = (range: object) => ({ bool: { filter: [...filtersOf(scope), { range: { rank: range } }] } })
  const sort = [{ rank: 'asc' }]
  return [
    { size, query: filter({ gte: start }), sort },
    { size, query: filter({ lt: start }), sort },
  ]
}

/** One line of several searches that are sent at once. */
export const linesOf = (queries: readonly EngineQuery[], timeout: number): string =>
  queries
    .map(
      query =>
        `{}\n${JSON.stringify({
          ...query,
          _source: sentFields,
          track_total_hits: false,
          timeout: `${timeout}ms`,
        })}\n`,
    )
    .join('')
