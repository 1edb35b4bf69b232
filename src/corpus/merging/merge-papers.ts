import { lengths } from '../../lengths.ts'
import type { Paper } from '../paper.ts'
import { identifierKeys } from './paper-keys.ts'

/**
 * One record of two of the same paper: each field from the one that says more. Whatever the order in which records are
 * merged, and however often, the result is the same; only the id is that of the first.
 *
 * A preprint and its published record become one that has the arXiv identifier, the publisher's DOI and the venue.
 */
export function mergePapers(first: Paper, second: Paper): Paper {
  const pick = <T>(better: (one: T, other: T) => T, one: T | undefined, other: T | undefined) =>
    one === undefined || other === undefined ? (one ?? other) : better(one, other)
  return canonical({
    id: first.id,
    title: byRank(titleRank, first.title, second.title),
    abstract: byRank(text => [text.length, text], first.abstract, second.abstract),
    authors: byRank(authorRank, first.authors, second.authors),
    url: pick((one, other) => byRank(urlRank, one, other), first.url, second.url),
    published: pick(earlier, first.published, second.published),
    doi: pick((one, other) => byRank(doiRank, one, other), first.doi, second.doi),
    arxiv: pick((one, other) => (one < other ? one : other), first.arxiv, second.arxiv),
    venue: pick((one, other) => byRank(venueRank, one, other), first.venue, second.venue),
    categories: [...new Set([...first.categories, ...second.categories])].sort().slice(0, lengths.categories),
  })
}

/** The record with its fields in one order and without undefined ones: equal papers have equal JSON. */
export function canonical(paper: { readonly [Key in keyof Paper]: Paper[Key] | undefined }): Paper {
  const { id, title, abstract, authors, url, published, doi, arxiv, venue, categories } = paper
  const optional = Object.entries({ url, published, doi, arxiv, venue })
  return {
    id: id ?? '',
    title: title ?? '',
    abstract: abstract ?? '',
    authors: authors ?? [],
    ...Object.fromEntries(optional.filter(([, value]) => value !== undefined)),
    categories: categories ?? [],
  }
}

type Rank = readonly (number | string)[]

/** The one of higher rank: ranks are compared part by part, and end with the value itself, so that none are equal. */
function byRank<T>(rank: (value: T) => Rank, one: T, other: T): T {
  const [mine, theirs] = [rank(one), rank(other)]
  for (const [at, part] of mine.entries()) {
    const against = theirs[at] as typeof part
    if (part !== against) return part > against ? one : other
  }
  return one
}

/** A title in capitals says less of its words than one in both. */
const titleRank = (title: string): Rank => [title === title.toUpperCase() ? 0 : 1, title.length, title]

const authorRank = (authors: readonly string[]): Rank => {
  const text = JSON.stringify(authors)
  return [authors.length, text.length, text]
}

/** The publisher's page before a preprint's. */
const urlRank = (url: string): Rank => {
  const keys = identifierKeys({ id: 'x', title: '', abstract: '', authors: [], categories: [], url })
  const isPublished = keys.some(key => !/^(?:arxiv|preprint|s2):/.test(key))
  return [isPublished ? 1 : 0, url.startsWith('https:') ? 1 : 0, -url.length, url]
}

const doiRank = (doi: string): Rank => {
  const [key = ''] = identifierKeys({ id: 'x', title: '', abstract: '', authors: [], categories: [], doi })
  return [key.startsWith('doi:') ? 1 : 0, -doi.length, doi]
}

const venueRank = (venue: string): Rank => [
  /\b(?:arxiv|corr|preprint|biorxiv|medrxiv|ssrn)\b/i.test(venue) ? 0 : 1,
  venue.length,
  venue,
]

/** A day before its month before its year: the more exact of those that agree, else the earlier. */
const earlier = (one: string, other: string): string => (`${one}~` < `${other}~` ? one : other)
