import { z } from 'zod'
import type { Paper } from '../../corpus/paper.ts'
import type { Http } from '../http/client.ts'
import { parsedJson } from '../json.ts'
import { type Source, SourceError } from '../port.ts'
import { papersOf } from '../records.ts'

const count = z.coerce.number().int().nonnegative()
const Answer = z.object({
  messages: z.array(z.looseObject({ status: z.string(), total: count.optional() })).min(1),
  collection: z.array(
    z.looseObject({
      doi: z.string(),
      date: z.string(),
      version: z.coerce.string(),
      authors: z.string().max(100_000).nullish(),
    }),
  ),
})
type Posting = z.infer<typeof Answer>['collection'][number]

const State = z.object({
  v: z.literal(1),
  /** The latest date that was seen. */
  latest: z.string(),
  handed: z.record(z.string(), z.string()),
})

/** Days before the latest that are read again: what was posted late is dated back. */
const margin = 3
const mostPages = 400

/**
 * bioRxiv or medRxiv, all of it or one subject. Its days are the dates of its postings; a range is read until as many came
 * as its `total` says. Source: api.biorxiv.org.
 * @param category such as `neuroscience`; '' for all
 */
export function rxiv(http: Http, base: string, server: 'biorxiv' | 'medrxiv', category: string): Source {
  const page = async (from: string, to: string, cursor: number, signal?: AbortSignal) => {
    const query =
      category === '' ? '' : `?${new URLSearchParams({ category: category.replaceAll(' ', '_') })}`
    const url = `${base}/details/${server}/${from}/${to}/${cursor}/json${query}`
    const { bytes } = await http.get(url, { lane: 'biorxiv', signal })
    return parsedJson(Answer, bytes ?? Buffer.alloc(0), `${server}’s answer`)
  }
  const range = async (from: string, to: string, signal?: AbortSignal) => {
    const postings: Posting[] = []
    let total = 0
    for (let pages = 0; pages < mostPages; pages++) {
      const answer = await page(from, to, postings.length, signal)
      total = totalOf(answer, server)
      postings.push(...answer.collection)
      if (postings.length >= total) break
      if (answer.collection.length === 0)
        throw new SourceError('unreachable', `${server} sends ${postings.length} of ${total} postings`)
    }
    return { postings, total }
  }
  return {
    async fetch(earlier, { now, signal }) {
      const last = State.safeParse(earlier).data
      // The range's end is open: what is dated tomorrow there is taken, whatever our clock says.
      const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').toPlainDate()
      const to = today.add({ days: 2 }).toString()
      const from = Temporal.PlainDate.from(last?.latest ?? today.toString()).subtract({ days: margin })
      const { postings, total } = await range(from.toString(), to, signal)
      return outcome(postings, total, last)
    },
  }
}

/** "no posts found" says that there are none; any other word that the answer cannot be had. */
function totalOf({ messages: [message] }: z.infer<typeof Answer>, server: string): number {
  if (message?.status === 'ok' && message.total !== undefined) return message.total
  if (/^no (?:posts|articles) found/i.test(message?.status ?? '')) return 0
  throw new SourceError('unreadable', `${server} does not count its postings`)
}

function outcome(postings: readonly Posting[], total: number, last: z.infer<typeof State> | undefined) {
  const handed = { ...last?.handed }
  const firsts = postings.filter(({ doi, version }) => version === '1' && !Object.hasOwn(handed, doi))
  const latest = [last?.latest ?? '', ...postings.map(one => one.date)].toSorted().at(-1) ?? ''
  for (const { doi, date } of firsts) handed[doi] = date
  const papers: Paper[] = papersOf(firsts.map(record))
  if (latest === '') return { papers, batches: [], state: undefined, more: false }
  const oldest = Temporal.PlainDate.from(latest)
    .subtract({ days: 4 * margin })
    .toString()
  const ofDay = postings.filter(one => one.date === latest).length
  return {
    papers,
    batches: [{ part: '', day: latest, announced: ofDay + total - postings.length, taken: ofDay }],
    state: {
      v: 1 as const,
      latest,
      handed: Object.fromEntries(Object.entries(handed).filter(([, date]) => date >= oldest)),
    },
    more: false,
  }
}

/** "Lovelace, A.; Turing, A. M." */
const namesIn = (authors: string): { family: string; given: string }[] =>
  authors
    .split(';')
    .filter(name => name.trim() !== '')
    .map(name => {
      const [family = '', ...given] = name.split(',')
      return { family: family.trim(), given: given.join(',').trim() }
    })

/** The DOI is the identifier. */
const record = ({ version: _, ...posting }: Posting): unknown => ({
  ...posting,
  id: posting.doi,
  url: `https://doi.org/${posting.doi}`,
  published: posting.date,
  authors: namesIn(posting.authors ?? ''),
})
