import { z } from 'zod'
import type { Paper } from '../../corpus/paper.ts'
import { arxivCalendar, expectedBetween } from '../calendar.ts'
import { type Batch, type FetchContext, type Fetched, type Source, SourceError } from '../port.ts'
import { type Arxiv, listedPaper } from './client.ts'
import { catchUpByOai, HarvestState } from './harvest.ts'
import type { Listing } from './listing.ts'
import { TokenExpired } from './oai.ts'
import { isNews } from './rss.ts'

const Part = z.object({
  /** The last date that was taken. */
  date: z.string(),
  announced: z.number(),
  taken: z.number(),
  /** What was handed over lately, by whatever way. */
  ids: z.array(z.string()),
  /** Dates to read by themselves: the one before the last, whose page nobody looked at to its end, and missed ones. */
  owed: z.array(z.string()),
  harvest: HarvestState.optional(),
})
type Part = z.infer<typeof Part>
const State = z.object({ v: z.literal(1), parts: z.record(z.string(), Part) })
type State = z.infer<typeof State>

/** Single days that are read in one look, so that a look ends within minutes. */
const daysALook = 8
/** arXiv shows single days for so long; what is further back comes from OAI-PMH. */
const mostDays = 60
/** Identifiers that are known again: some days of the largest category. */
const mostIds = 3_000

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
  { signal }: FetchContext,
): Promise<Look> {
  let listing: Listing
  try {
    listing = await arxiv.announced(category, signal)
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return await fromFeed(arxiv, category, last, error, signal)
  }
  if (last === undefined) return { ...take(listing, nothing(listing.date)), more: false, isFirst: true }
  // An older page than the last, from a cache: it says nothing new.
  if (listing.date < last.date) return { papers: [], part: last, more: false }
  const isNext = listing.date > last.date
  const missed = isNext ? expectedBetween(arxivCalendar, last.date, listing.date, mostDays) : []
  const owed = isNext ? [...new Set([...last.owed, last.date, ...missed])] : last.owed
  const today = take(listing, last)
  const debts = await readOwed(arxiv, category, { ...today.part, owed }, signal)
  return { ...debts, papers: [...debts.papers, ...today.papers] }
}

const nothing = (date: string): Part => ({ date, announced: 0, taken: 0, ids: [], owed: [] })

/** What a listing holds beyond what was handed over. */
function take(listing: Listing, last: Part): { papers: Paper[]; part: Part } {
  const entries = listing.entries.filter(entry => entry.kind !== 'replacement')
  const replaced = listing.entries.length - entries.length
  const papers = entries.flatMap(entry => listedPaper(entry, listing.date) ?? [])
  const fresh = unknown(papers, last)
  const counts = { date: listing.date, announced: listing.total - replaced, taken: papers.length }
  return { papers: fresh, part: { ...last, ...counts, ids: idsWith(last, fresh) } }
}

const unknown = (papers: readonly Paper[], { ids }: Part): Paper[] => {
  const handed = new Set(ids)
  return papers.filter(paper => !handed.has(paper.id))
}

const idsWith = ({ ids }: Part, papers: readonly Paper[]): string[] =>
  [...ids, ...papers.map(paper => paper.id)].slice(-mostIds)

/** Reads the days that are owed, oldest first; what cannot be had now stays owed. */
async function readOwed(
  arxiv: Arxiv,
  category: string,
  start: Part,
  signal: AbortSignal | undefined,
): Promise<Look> {
  let part = start
  const papers: Paper[] = []
  try {
    for (const date of start.harvest === undefined ? start.owed.slice(0, daysALook) : []) {
      const day = take(await arxiv.announcedOn(category, date, signal), part)
      papers.push(...day.papers)
      part = { ...part, ids: day.part.ids, owed: part.owed.filter(one => one !== date) }
    }
    if (part.harvest === undefined) return { papers, part, more: part.owed.length > 0 }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    if (error.kind === 'unreachable') return { papers, part, more: false, failure: error }
  }
  return await harvest(arxiv, category, { papers, part }, signal)
}

/** No page shows the days that are owed: OAI-PMH has their papers. */
async function harvest(
  arxiv: Arxiv,
  category: string,
  { papers, part }: { papers: readonly Paper[]; part: Part },
  signal: AbortSignal | undefined,
): Promise<Look> {
  try {
    const from = part.owed[0] ?? part.date
    const found = await catchUpByOai(arxiv, category, { ...part, from }, signal)
    const rest = { ...part, ids: idsWith(part, found.papers) }
    const { harvest: _, ...done } = rest
    return found.state === undefined
      ? { papers: [...papers, ...found.papers], part: { ...done, owed: [] }, more: false }
      : { papers: [...papers, ...found.papers], part: { ...rest, harvest: found.state }, more: true }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    const { harvest: left, ...rest } = part
    // Its place in the list is lost: the next look begins it anew.
    const anew = error instanceof TokenExpired && left !== undefined
    const after = anew ? { ...rest, harvest: { from: left.from, restarts: 0 } } : part
    return { papers, part: after, more: false, failure: error }
  }
}

/** The listing cannot be read: its papers come from the feed, as far as they are known to be new. */
async function fromFeed(
  arxiv: Arxiv,
  category: string,
  last: Part | undefined,
  failure: SourceError,
  signal: AbortSignal | undefined,
): Promise<Look> {
  // Before a first listing nothing tells old from new; and a source that asks for a pause gets it.
  if (last === undefined || failure.notBefore !== undefined)
    return { papers: [], part: last, more: false, failure }
  try {
    const items = (await arxiv.feed(category, signal)).filter(isNews)
    const papers = unknown(
      items.map(item => item.paper),
      last,
    )
    return { papers, part: { ...last, ids: idsWith(last, papers) }, more: false, failure }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return { papers: [], part: last, more: false, failure }
  }
}
