import { z } from 'zod'
import type { Paper } from '../../corpus/paper.ts'
import { arxivCalendar, expectedBetween } from '../calendar.ts'
import { type Batch, type FetchContext, type Fetched, type Source, SourceError } from '../port.ts'
import { type Arxiv, listedPaper } from './client.ts'
import { catchUpByOai, type Harvest, HarvestState } from './harvest.ts'
import type { Listing } from './listing.ts'
import { isNews } from './rss.ts'

const Part = z.object({
  /** The last date that was taken. */
  date: z.string(),
  announced: z.number(),
  /** What was handed over of that date, and by the feed since. */
  ids: z.array(z.string()),
  taken: z.number(),
  harvest: HarvestState.optional(),
})
type Part = z.infer<typeof Part>
const State = z.object({ v: z.literal(1), parts: z.record(z.string(), Part) })
type State = z.infer<typeof State>

/** Missed days that are read in one look, so that a look ends within minutes. */
const daysALook = 8
/** arXiv shows single days for so long; what is further back comes from OAI-PMH. */
const mostDays = 60

/**
 * arXiv's announcements for some categories. Each category has days of its own: the date, the identifiers and the count
 * come from the listing that names them. Missed days are read one by one; while the listing cannot be read, papers come
 * from RSS, but no day is settled by it.
 */
export function arxivCategories(arxiv: Arxiv, categories: readonly string[]): Source {
  return {
    async fetch(earlier, context) {
      const known = State.safeParse(earlier).data?.parts ?? {}
      const looks: Look[] = []
      for (const category of categories) looks.push(await lookAt(arxiv, category, known[category], context))
      const failure = looks.find(look => look.failure !== undefined)?.failure
      if (failure !== undefined && looks.every(look => look.part === undefined)) throw failure
      return together(categories, looks)
    },
  }
}

interface Look {
  readonly papers: readonly Paper[]
  /** The category was read for the first time. */
  readonly isFirst?: boolean
  readonly part: Part | undefined
  readonly more: boolean
  readonly failure?: SourceError
}

function together(categories: readonly string[], looks: readonly Look[]): Fetched<State> {
  const parts: Record<string, Part> = {}
  categories.forEach((category, i) => {
    const part = looks[i]?.part
    if (part !== undefined) parts[category] = part
  })
  const batches: Batch[] = Object.entries(parts).map(([part, { date, announced, taken }]) => ({
    part,
    day: date,
    announced,
    taken,
  }))
  const failure = looks.find(look => look.failure !== undefined)?.failure
  // A paper that is listed in several categories is one.
  const unique = (some: readonly Look[]) =>
    new Map(some.flatMap(look => look.papers).map(paper => [paper.id, paper]))
  const papers = unique(looks.filter(look => look.isFirst !== true))
  const backlog = unique(looks.filter(look => look.isFirst === true))
  return {
    papers: [...papers.values()],
    backlog: [...backlog.values()].filter(paper => !papers.has(paper.id)),
    batches,
    state: { v: 1, parts },
    more: looks.some(look => look.more),
    ...(failure === undefined ? {} : { failure: { kind: failure.kind, reason: failure.message } }),
    notBefore: failure?.notBefore,
  }
}

async function lookAt(
  arxiv: Arxiv,
  category: string,
  last: Part | undefined,
  context: FetchContext,
): Promise<Look> {
  let listing: Listing
  try {
    listing = await arxiv.announced(category, context.signal)
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return await fromFeed(arxiv, category, last, error, context.signal)
  }
  if (last === undefined) return { ...take(listing, undefined), more: false, isFirst: true }
  // An older page than the last, from a cache: it says nothing new.
  if (listing.date < last.date) return { papers: [], part: last, more: false }
  if (listing.date === last.date) return { ...take(listing, last), more: false }
  return await catchUp(arxiv, category, last, listing, context)
}

/** What a listing holds beyond what was handed over. */
function take(listing: Listing, last: Part | undefined): { papers: Paper[]; part: Part } {
  const handed = new Set(last?.ids)
  const entries = listing.entries.filter(entry => entry.kind !== 'replacement')
  const replaced = listing.entries.length - entries.length
  const papers = entries.flatMap(entry => listedPaper(entry, listing.date) ?? [])
  const part = {
    date: listing.date,
    announced: listing.total - replaced,
    taken: papers.length,
    ids: papers.map(paper => paper.id),
  }
  return { papers: papers.filter(paper => !handed.has(paper.id)), part }
}

/** The days between the last that was taken and the one that is current, oldest first. */
async function catchUp(
  arxiv: Arxiv,
  category: string,
  last: Part,
  current: Listing,
  { signal }: FetchContext,
): Promise<Look> {
  const missed = expectedBetween(arxivCalendar, last.date, current.date, mostDays)
  const papers: Paper[] = []
  let part = last
  try {
    for (const date of missed.slice(0, daysALook)) {
      const day = take(await arxiv.announcedOn(category, date, signal), part)
      papers.push(...day.papers)
      // What the feed brought, while the listing could not be read, may be of any of these days.
      part = { ...day.part, ids: [...new Set([...part.ids, ...day.part.ids])] }
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    if (error.kind === 'unreachable') return { papers, part, more: false, failure: error }
    const harvest: Harvest = await catchUpByOai(arxiv, category, part, current.date, signal)
    papers.push(...harvest.papers)
    if (harvest.state !== undefined)
      return { papers, part: { ...part, ids: harvest.ids, harvest: harvest.state }, more: true }
    part = { ...part, ids: harvest.ids }
    const day = take(current, part)
    return { papers: [...papers, ...day.papers], part: day.part, more: false }
  }
  if (missed.length > daysALook) return { papers, part, more: true }
  const day = take(current, part)
  return { papers: [...papers, ...day.papers], part: day.part, more: false }
}

/** The listing cannot be read: its papers come from the feed, as far as they are known to be new. */
async function fromFeed(
  arxiv: Arxiv,
  category: string,
  last: Part | undefined,
  failure: SourceError,
  signal: AbortSignal | undefined,
): Promise<Look> {
  // Before a first listing nothing tells old from new.
  if (last === undefined || failure.notBefore !== undefined)
    return { papers: [], part: last, more: false, failure }
  try {
    const handed = new Set(last.ids)
    const items = (await arxiv.feed(category, signal)).filter(isNews)
    const papers = items.map(item => item.paper).filter(paper => !handed.has(paper.id))
    const ids = [...last.ids, ...papers.map(paper => paper.id)]
    return { papers, part: { ...last, ids }, more: false, failure }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return { papers: [], part: last, more: false, failure }
  }
}
