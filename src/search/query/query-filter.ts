import type { Paper } from '../../corpus/paper.ts'
import { tokenize } from '../analysis/analyze.ts'
import type { Postings } from '../index/postings.ts'
import type { Vocabulary } from '../index/vocabulary.ts'
import type { QueryOperators } from './query-syntax.ts'

/** Filters papers by a query's operators. */
export interface QueryFilter {
  /** A quick check in the index: false only for papers that `fits` rejects too. */
  readonly allows: (doc: number) => boolean
  /** The exact check, which reads the paper's words. */
  readonly fits: (paper: Paper) => boolean
}

/** Undefined when the query has no operators, or only meaningless ones (`"of the"`). */
export function queryFilterOf(
  { phrases, excluded, titled }: QueryOperators,
  vocabulary: Vocabulary,
  index: Postings,
): QueryFilter | undefined {
  const wanted = distinct([...phrases, ...titled])
    .map(contentTerms)
    .filter(terms => terms.length > 0)
  const unwanted = distinct(excluded)
    .map(contentTerms)
    .filter(terms => terms.length > 0)
  if (wanted.length + unwanted.length === 0) return undefined
  const holds = (term: string): ((doc: number) => boolean) => {
    const id = vocabulary.termId(term)
    if (id === undefined) return () => false
    const docs = index.docs.subarray(index.starts[id], index.starts[id + 1])
    return doc => isIn(docs, doc)
  }
  const needed = distinct(wanted.flat()).map(holds)
  const runs = wanted
    .filter(terms => terms.length > 1)
    .map(terms => terms.map(term => vocabulary.termId(term) ?? -1))
  const banned = unwanted.filter(terms => terms.length === 1).map(([term]) => holds(term ?? ''))
  return {
    allows: doc =>
      needed.every(has => has(doc)) &&
      !banned.some(has => has(doc)) &&
      runs.every(run => follows(index, doc, run)),
    fits: fitting({
      phrases: distinct(phrases).map(termsOf),
      titled: distinct(titled).map(termsOf),
      excluded: distinct(excluded).map(termsOf),
    }),
  }
}

/** @param asked terms, each surrounded by spaces */
function fitting({ phrases, titled, excluded }: Omit<QueryOperators, 'text'>): (paper: Paper) => boolean {
  return paper => {
    const [title, abstract] = [termsOf(paper.title), termsOf(paper.abstract)]
    const stands = (phrase: string) => title.includes(phrase) || abstract.includes(phrase)
    return phrases.every(stands) && titled.every(phrase => title.includes(phrase)) && !excluded.some(stands)
  }
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)]

/** Whether a paper is in a term's postings, by binary search. */
function isIn(docs: Uint32Array, doc: number): boolean {
  let [low, high] = [0, docs.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((docs[middle] as number) < doc) low = middle + 1
    else high = middle
  }
  return docs[low] === doc
}

/** Whether the paper contains the terms in this order with nothing but stop words between them. */
function follows({ from, sequence }: Postings, doc: number, run: readonly number[]): boolean {
  const end = (from[doc + 1] ?? 0) - run.length
  for (let at = from[doc] ?? 0; at <= end; at++) {
    if (run.every((term, i) => sequence[at + i] === term)) return true
  }
  return false
}

const contentTerms = (phrase: string): string[] =>
  tokenize(phrase).flatMap(({ stop, term }) => (stop ? [] : [term]))

/** A text's terms, each surrounded by spaces, so that phrase matching is a substring test. */
const termsOf = (text: string): string =>
  ` ${tokenize(text)
    .map(({ term }) => term)
    .join(' ')} `
