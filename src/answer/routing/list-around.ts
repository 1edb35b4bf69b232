import type { Paper } from '../../corpus/paper.ts'
import type { Answer, ListOrder } from '../port.ts'
import { referenceIn } from '../question/reference.ts'
import { chosenBy } from './chosen.ts'
import { sortedByDate } from './list.ts'
import { type Listed, listOf, mostQuoted } from './paper-list.ts'

/** Neighbours listed for "more like this". */
const mostSimilar = 8

/** The rest of a list of which one was spoken of, or those beyond the first page. */
export function others({ papers, subject, reading }: Listed): Answer | undefined {
  const rest =
    subject.about === undefined ? papers.slice(mostQuoted) : papers.filter(({ id }) => id !== subject.about)
  return rest.length === 0 ? undefined : listOf(rest, reading)
}

/** What is related to the paper spoken of, without those listed. */
export function similar(listed: Listed, which: string): Answer | undefined {
  const { papers, subject, reading } = listed
  const reference = which === '' ? undefined : referenceIn(which)
  const [pointed] = reference !== undefined && 'rest' in reference ? chosenBy(reference, listed) : []
  const from = pointed?.id ?? subject.about ?? papers[0]?.id
  const seen = new Set(papers)
  const near = from === undefined ? [] : reading.search.related(from, mostSimilar + papers.length)
  const found = near
    .map(({ paper }) => paper)
    .filter(paper => !seen.has(paper))
    .slice(0, mostSimilar)
  return found.length === 0 ? undefined : listOf(found, reading)
}

/** The list by date; of one paper, those of the list or related to it that are newer, or older. */
export function byDate(
  { papers, subject, reading }: Listed,
  { order, further }: { order: ListOrder; further: boolean },
): Answer {
  const from = subject.about ?? (papers.length === 1 ? papers[0]?.id : undefined)
  const since = further ? papers.find(({ id }) => id === from) : undefined
  const pool =
    since === undefined || papers.length > 1
      ? papers
      : reading.search.related(since.id, 4 * mostSimilar).map(({ paper }) => paper)
  const isFurther = ({ published }: Paper): boolean =>
    since === undefined ||
    (since.published !== undefined && published !== undefined && follows(published, since.published, order))
  const found = sortedByDate(
    pool.filter(isFurther).map(paper => ({ paper, score: 1 })),
    order,
  ).map(({ paper }) => paper)
  const dated = since === undefined ? found.some(isDated) : isDated(since)
  if (dated && found.length > 0) return { ...listOf(found, reading), order }
  const lacks = { attributes: dated ? [] : ['when it was published'], words: [], nowhere: [] }
  return { ...listOf([], reading), confidence: 0, papers, among: papers, order, lacks }
}

const isDated = ({ published }: Paper): boolean => published !== undefined

const follows = (date: string, other: string, order: ListOrder): boolean =>
  order === 'newest' ? date > other : date < other
