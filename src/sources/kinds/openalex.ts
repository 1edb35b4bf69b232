import { z } from 'zod'
import type { Http } from '../http/client.ts'
import { parsedJson } from '../json.ts'
import { type Source, SourceError } from '../port.ts'
import { papersOf } from '../records.ts'

const Answer = z.object({
  meta: z.looseObject({ count: z.number().int().nonnegative(), next_cursor: z.string().nullish() }),
  results: z.array(z.looseObject({ id: z.string(), publication_date: z.string().nullish() })),
})
type Work = z.infer<typeof Answer>['results'][number]

const State = z.object({
  v: z.literal(1),
  /** From which date of publication on works are asked for. */
  from: z.string(),
  handed: z.record(z.string(), z.string()),
})

const pageSize = 200
const mostPages = 25
/** Works reach OpenAlex days or weeks after their date. */
const margin = 45

/**
 * Works of OpenAlex that a filter finds, such as `authorships.institutions.ror:...`; without the retracted ones. As many
 * are read as `meta.count` says. It wants a key since February 2026.
 */
export function openAlex(http: Http, base: string, filter: string, key: string | undefined): Source {
  const page = async (parts: readonly string[], cursor: string, signal?: AbortSignal) => {
    const query = new URLSearchParams({
      filter: parts.join(','),
      sort: 'publication_date:desc',
      'per-page': String(pageSize),
      cursor,
      ...(key === undefined ? {} : { api_key: key }),
    })
    const { bytes } = await http.get(`${base}/works?${query}`, { lane: 'openalex', signal })
    return parsedJson(Answer, bytes ?? Buffer.alloc(0), 'OpenAlex’s answer')
  }
  return {
    async fetch(earlier, { now, signal }) {
      const last = State.safeParse(earlier).data
      const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').toPlainDate()
      // Dates in the future are common: they must not move the window beyond what is still to come.
      const from = today.subtract({ days: margin }).toString()
      const since = last === undefined || last.from > from ? from : last.from
      const parts = [filter, 'is_retracted:false', `from_publication_date:${since}`]
      const works: Work[] = []
      let count = 0
      let cursor: string | null | undefined = '*'
      for (let pages = 0; pages < mostPages && cursor; pages++) {
        const answer: z.infer<typeof Answer> = await page(parts, cursor, signal)
        count = answer.meta.count
        works.push(...answer.results)
        if (works.length >= count) break
        if (answer.results.length === 0)
          throw new SourceError('unreachable', `OpenAlex sends ${works.length} of ${count} works`)
        cursor = answer.meta.next_cursor
      }
      const handed = { ...last?.handed }
      const fresh = works.filter(work => !Object.hasOwn(handed, work.id))
      for (const work of fresh) handed[work.id] = work.publication_date ?? since
      return {
        papers: papersOf(fresh).toReversed(),
        batches: [
          { part: '', day: undefined, announced: Math.min(count, mostPages * pageSize), taken: works.length },
        ],
        state: {
          v: 1 as const,
          from,
          handed: Object.fromEntries(Object.entries(handed).filter(([, date]) => date >= since)),
        },
        more: false,
      }
    },
  }
}
