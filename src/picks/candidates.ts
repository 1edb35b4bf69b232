import { knownNames } from '../corpus/name-index.ts'
import type { Paper } from '../corpus/paper.ts'
import { isAuthor } from '../corpus/same-author.ts'
import { isInVenue } from '../corpus/venues.ts'
import type { NoPick } from '../schedule/pick.ts'
import type { Topic } from '../schedule/schedule.ts'
import type { ParsedQuery, Search } from '../search/port.ts'

/**
 * A paper fits a topic when it scores this much of what the best of the whole library scores. Over the judged topics
 * of the seed corpus that gives a precision of .77 at a recall of .64 (over those in test/quality/asked .74 and .65); a
 * schedule that runs out of papers is better than one that strays from its topic.
 */
const fitThreshold = 0.6
/** How many neighbours of a paper count as its topic. */
const neighbours = 60

/** A paper that fits a topic, and how well, 0..1. */
export interface PickCandidate {
  readonly paper: Paper
  readonly fit: number
}

interface CandidateFilter {
  readonly search: Search
  readonly topic: Topic
  readonly taken: ReadonlySet<string>
  readonly among?: ReadonlySet<string> | undefined
}

/** The papers that fit and that the channel or member has not had, or why there are none. */
export function candidates({ search, topic, taken, among }: CandidateFilter): PickCandidate[] | NoPick {
  const isFree = ({ id }: Paper) => !taken.has(id) && (among === undefined || among.has(id))
  if (topic === undefined) {
    const free = search.papers.filter(isFree).map(paper => ({ paper, fit: 1 }))
    return free.length > 0 ? free : among === undefined ? 'exhausted' : 'nothing-new'
  }
  const hits = hitsOf(search, topic)
  if (typeof hits === 'string') return hits
  const free = hits.filter(({ paper }) => isFree(paper))
  if (free.length > 0) return free
  return among === undefined ? 'exhausted' : 'nothing-new'
}

function hitsOf(search: Search, topic: NonNullable<Topic>): PickCandidate[] | NoPick {
  if ('query' in topic) return queryHits(search, topic.query)
  if ('paperId' in topic) return relatedHits(search, topic.paperId)
  const fit = papersOf(search, topic).map(paper => ({ paper, fit: 1 }))
  return fit.length === 0 ? 'nothing-fits' : fit
}

/** All papers of an author, or of a venue: at once where `nameIndex` was made for these papers. */
export function papersOf(search: Search, topic: { author: string } | { venue: string }): Paper[] {
  const names = knownNames(search.papers)
  if ('venue' in topic) return names?.from(topic.venue) ?? search.papers.filter(isInVenue(topic.venue))
  if (names !== undefined) return names.by(topic.author)
  const isTheirs = isAuthor(topic.author)
  return search.papers.filter(({ authors }) => authors.some(isTheirs))
}

/** The papers that fit a query. Asks for more hits until one no longer fits, whatever the library's size. */
function queryHits(search: Search, text: string): PickCandidate[] | NoPick {
  const query = search.parse(text)
  if (!query.searchable) return 'unsearchable'
  const inCorpus = isInCorpus(search, query)
  for (let limit = 200; ; limit *= 4) {
    const { hits } = search.search(query, { limit })
    const fit = inCorpus || exactHits(hits) > 0 ? fits(hits) : []
    if (fit.length === 0) return 'nothing-fits'
    if (fit.length < hits.length || hits.length < limit) return fit
  }
}

/** Whether a paper contains a word of the topic itself: papers found by expansion alone are off topic. */
const isInCorpus = (search: Search, { terms }: ParsedQuery): boolean =>
  terms.some(({ weight, idf }) => weight >= 1 && idf < search.idf(''))

function relatedHits(search: Search, paperId: string): PickCandidate[] | NoPick {
  const fit = fits(search.related(paperId, neighbours))
  return fit.length === 0 ? 'nothing-fits' : fit
}

function fits(hits: readonly { readonly paper: Paper; readonly score: number }[]): PickCandidate[] {
  const top = hits[exactHits(hits)]?.score ?? hits[0]?.score ?? 0
  if (top <= 0) return []
  return hits
    .map(({ paper, score }) => ({ paper, fit: Math.min(1, score / top) }))
    .filter(({ fit }) => fit >= fitThreshold)
}

/** A topic that is a paper's title or id gives that paper an outlying score, by which others cannot be measured. */
function exactHits(hits: readonly { readonly score: number }[]): number {
  const last = hits.findLastIndex(({ score }, i) => score > 50 * (hits[i + 1]?.score ?? score))
  return last + 1
}
