import { z } from 'zod'
import type { Paper } from '../../corpus/paper.ts'
import { dailyPapersCalendar, expectedBetween } from '../calendar.ts'
import type { Http } from '../http/client.ts'
import { parsedJson } from '../json.ts'
import type { Source } from '../port.ts'
import { papersOf } from '../records.ts'

/** An entry as far as it tells its day; the rest is read as a file's would be. */
const Entry = z.looseObject({
  paper: z.looseObject({ id: z.string(), submittedOnDailyAt: z.string().nullish() }),
})
const Page = z.array(Entry)
type Entry = z.infer<typeof Entry>

const Day = z.object({ date: z.string(), ids: z.array(z.string()) })
const State = z.object({ v: z.literal(1), days: z.array(Day) })
type Day = z.infer<typeof Day>

const pageSize = 100
const mostPages = 10
/** Missed days that are read in one look, and how many days' papers are known again. */
const daysALook = 15
const daysKept = 3

/**
 * Hugging Face's daily papers. The API counts nothing, and a day fills until the evening: the latest day is read anew
 * each time, and once more after a later one began.
 */
export function dailyPapers(http: Http, base: string): Source {
  const page = async (query: Record<string, string>, signal?: AbortSignal): Promise<Entry[]> => {
    const url = `${base}/api/daily_papers?${new URLSearchParams(query)}`
    const { bytes } = await http.get(url, { lane: 'huggingface', signal })
    return parsedJson(Page, bytes ?? Buffer.alloc(0), 'Hugging Face’s daily papers')
  }
  const wholeDay = async (date: string, signal?: AbortSignal): Promise<Entry[]> => {
    const entries: Entry[] = []
    for (let p = 0; p < mostPages; p++) {
      const found = await page({ date, limit: String(pageSize), p: String(p) }, signal)
      entries.push(...found)
      if (found.length < pageSize) break
    }
    return entries
  }
  return {
    async fetch(earlier, { signal }) {
      const known = State.safeParse(earlier).data?.days ?? []
      const current = dayOf((await page({ limit: String(pageSize) }, signal))[0])
      if (current === undefined) return outcome(known, [], false)
      const { dates, more } = datesToRead(known, current)
      const days: { date: string; papers: Paper[] }[] = []
      for (const date of dates) days.push({ date, papers: papersOf(await wholeDay(date, signal)) })
      return outcome(known, days, more)
    },
  }
}

/** The newest day that it shows: never the day on which we look. */
const dayOf = (entry: Entry | undefined): string | undefined => {
  const at = entry?.paper.submittedOnDailyAt ?? entry?.['publishedAt']
  return typeof at === 'string' && /^\d{4}-\d\d-\d\d/.test(at) ? at.slice(0, 10) : undefined
}

function datesToRead(known: readonly Day[], current: string): { dates: string[]; more: boolean } {
  const last = known.at(-1)?.date
  if (last === undefined || last > current) return { dates: [current], more: false }
  if (last === current) return { dates: [current], more: false }
  const missed = expectedBetween(dailyPapersCalendar, last, current, 60)
  const dates = [last, ...missed, current]
  return { dates: dates.slice(0, daysALook), more: dates.length > daysALook }
}

function outcome(
  known: readonly Day[],
  read: readonly { date: string; papers: readonly Paper[] }[],
  more: boolean,
) {
  const handed = new Set(known.flatMap(day => day.ids))
  const papers = read.flatMap(day => day.papers).filter(paper => !handed.has(paper.id))
  const days = new Map(known.map(day => [day.date, new Set(day.ids)]))
  for (const { date, papers } of read)
    days.set(date, new Set([...(days.get(date) ?? []), ...papers.map(paper => paper.id)]))
  const kept = [...days]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(-daysKept)
    .map(([date, ids]) => ({ date, ids: [...ids] }))
  const latest = kept.at(-1)
  const size = latest?.ids.length ?? 0
  return {
    papers,
    batches: latest === undefined ? [] : [{ part: '', day: latest.date, announced: size, taken: size }],
    state: { v: 1 as const, days: kept },
    more,
  }
}
