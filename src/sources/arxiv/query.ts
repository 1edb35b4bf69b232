import { z } from 'zod'
import { textAt, textOf } from '../../corpus/formats/xml-tree.ts'
import type { Paper } from '../../corpus/paper.ts'
import type { Http } from '../http/client.ts'
import { type Source, SourceError } from '../port.ts'
import { elementsOf, isPaper, paperOf, xmlRecord } from '../records.ts'

const State = z.object({
  v: z.literal(1),
  /** The latest date of submission that was seen. */
  latest: z.string(),
  /** What was handed over of the last weeks, with its date. */
  handed: z.record(z.string(), z.string()),
})

/** Results a request: the API fails more often the more are asked for. */
const pageSize = 200
/** arXiv's own bound for one search. */
const mostResults = 10_000
/** How long a paper may be held between its submission and its announcement. */
const held = 21

interface Results {
  readonly papers: readonly Paper[]
  readonly total: number
}

/**
 * What arXiv's API finds for a query. The API tells nothing of announcements, so the newest submissions are asked for,
 * with a margin for those that were held, until as many came as `totalResults` says.
 */
export function arxivQuery(http: Http, api: string, query: string): Source {
  const page = async (search: string, start: number, signal?: AbortSignal): Promise<Results> => {
    const parameters = new URLSearchParams({
      search_query: search,
      start: String(start),
      max_results: String(pageSize),
      sortBy: 'submittedDate',
      sortOrder: 'descending',
    })
    const { bytes } = await http.get(`${api}?${parameters}`, { lane: 'arxiv', signal })
    return await readResults(bytes ?? Buffer.alloc(0))
  }
  return {
    async fetch(earlier, { signal }) {
      const last = State.safeParse(earlier).data
      if (last === undefined) {
        const { papers } = await page(query, 0, signal)
        return outcome(papers, papers.length, undefined)
      }
      const from = Temporal.PlainDate.from(last.latest)
        .subtract({ days: held })
        .toString()
        .replaceAll('-', '')
      const search = `(${query}) AND submittedDate:[${from}0000 TO 209912312359]`
      const found = new Map<string, Paper>()
      let total = 1
      for (let start = 0; start < Math.min(total, mostResults); start += pageSize) {
        const results = await page(search, start, signal)
        total = results.total
        if (results.papers.length === 0 && start < total) throw empty(total)
        for (const paper of results.papers) found.set(paper.id, paper)
      }
      return outcome([...found.values()], Math.min(total, mostResults), last)
    },
  }
}

/** It happens below the limits, and is no end of the list. */
const empty = (total: number) =>
  new SourceError('unreachable', `arXiv’s API sends an empty page of ${total} results`)

function outcome(found: readonly Paper[], total: number, last: z.infer<typeof State> | undefined) {
  const dated = found.map(paper => ({ paper, date: paper.published?.slice(0, 10) ?? '' }))
  const latest = [last?.latest ?? '2000-01-01', ...dated.map(one => one.date)].toSorted().at(-1) ?? ''
  const handed = { ...last?.handed }
  const fresh = dated.filter(({ paper }) => !Object.hasOwn(handed, paper.id))
  for (const { paper, date } of fresh) handed[paper.id] = date
  const oldest = Temporal.PlainDate.from(latest)
    .subtract({ days: 2 * held })
    .toString()
  return {
    papers: fresh.map(one => one.paper).toReversed(),
    batches: [{ part: '', day: undefined, announced: total, taken: found.length }],
    state: {
      v: 1 as const,
      latest,
      handed: Object.fromEntries(Object.entries(handed).filter(([, date]) => date >= oldest)),
    },
    more: false,
  }
}

/** Source: arXiv API User's Manual. An error comes as an entry with the status 200. */
async function readResults(bytes: Buffer): Promise<Results> {
  const what = 'arXiv’s API answer'
  const elements = await elementsOf(bytes, ['entry', 'totalResults'], what)
  const count = elements.find(({ name }) => name === 'totalResults')
  const total = count === undefined ? Number.NaN : Number(textOf(count))
  const entries = elements.filter(({ name }) => name === 'entry')
  const error = entries.find(entry => textAt(entry, 'id')?.includes('/api/errors'))
  if (error !== undefined)
    throw new SourceError('refused', `arXiv’s API refuses: ${(textAt(error, 'summary') ?? '').slice(0, 100)}`)
  if (!Number.isSafeInteger(total)) throw new SourceError('unreadable', `${what} does not count its results`)
  const papers = entries.map(entry => paperOf(xmlRecord(entry))).filter(isPaper)
  return { papers, total }
}
