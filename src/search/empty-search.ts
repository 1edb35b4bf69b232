import type { ParsedQuery, Search } from './port.ts'

const parse = (text: string): ParsedQuery => ({
  text,
  corrected: text,
  searchable: false,
  corrections: [],
  substitutions: [],
  terms: [],
  alternatives: [],
})

/** The search of no papers. */
export const emptySearch: Search = {
  papers: [],
  count: 0,
  get: () => undefined,
  withRef: () => undefined,
  prepare: () => undefined,
  parse,
  search: query => ({
    hits: [],
    query: typeof query === 'string' ? parse(query) : query,
    byMeaning: false,
    relaxed: false,
    isNamed: false,
    nearest: [],
  }),
  suggest: () => [],
  related: () => [],
  terms: () => [],
  idf: () => 1,
  matches: () => [],
}
