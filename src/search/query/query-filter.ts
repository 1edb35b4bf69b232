import type { Paper } from '../../corpus/paper.ts'
import { tokenize } from '../analysis/analyze.ts'
import type { Postings } from '../index/postings.ts'
import type { Vocabulary } from '../index/vocabulary.ts'
import type { QueryOperators } from './query-syntax.ts'

/** The papers that a query's operators leave. */
export interface QueryFilter {
  /** A quick look at the index: false only for papers that `fits` refuses too. */
  readonly allows: (doc: number) => boolean
  /** Reads the paper's words. */
  readonly fits: (paper: Paper) => boolean
}

/** Undefined when the query has no operators, or none that says anything (`"of the"`). */
export function queryFilterOf(
  { phrases, excluded, titled }: QueryOperators,
  vocabulary: Vocabulary,
  index: Postings,
): QueryFilter | undefined {
  const wanted = [...phrases, ...titled].map(contentTerms).filter(terms => terms.length > 0)
  const unwanted = excluded.map(contentTerms).filter(terms => terms.length > 0)
  if (wanted.length + unwanted.length === 0) return undefined
  const papersWith = (term: string): ReadonlySet<number> => {
    const id = vocabulary.termId(term)
    return new Set(id === undefined ? [] : index.docs.subarray(index.starts[id], index.starts[id + 1]))
  }
  const needed = wanted.flat().map(papersWith)
  const runs = wanted
    .filter(terms => terms.length > 1)
    .map(terms => terms.map(term => vocabulary.termId(term) ?? -1))
  const banned = unwanted.filter(terms => terms.length === 1).map(([term]) => papersWith(term ?? ''))
  return {
    allows: doc =>
      needed.every(papers => papers.has(doc)) &&
      !banned.some(papers => papers.has(doc)) &&
      runs.every(run => follows(index, doc, run)),
    fits: ({ title, abstract }) =>
      phrases.every(phrase => holds(title, phrase) || holds(abstract, phrase)) &&
      titled.every(phrase => holds(title, phrase)) &&
      !excluded.some(phrase => holds(title, phrase) || holds(abstract, phrase)),
  }
}

/** Whether the terms stand in this order in a paper, with nothing but stop words between them. */
function follows({ from, sequence }: Postings, doc: number, run: readonly number[]): boolean {
  const end = (from[doc + 1] ?? 0) - run.length
  for (let at = from[doc] ?? 0; at <= end; at++) {
    if (run.every((term, i) => sequence[at + i] === term)) return true
  }
  return false
}

const contentTerms = (phrase: string): string[] =>
  tokenize(phrase).flatMap(({ stop, term }) => (stop ? [] : [term]))

/** Whether the words of a phrase, by their terms, follow one another in a text. */
function holds(text: string, phrase: string): boolean {
  const terms = (of: string): string =>
    ` ${tokenize(of)
      .map(({ term }) => term)
      .join(' ')} `
  return terms(text).includes(terms(phrase))
}
