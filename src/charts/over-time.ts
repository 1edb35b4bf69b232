import type { Counts } from './stats-chart.ts'

/** What is dated, and to which field it belongs. */
export interface Dated {
  /** ISO 8601: a year, a month, a date or an instant. */
  readonly published?: string | undefined
  readonly categories: readonly string[]
}

/** Fields with a colour of their own; the rest share one. */
const mostFields = 5
/** Periods of a picture: more bars would be too thin on a phone. */
const mostPeriods = 30
/** With dates in no more months than these, months are counted instead of years. */
const mostMonths = 18

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const papers = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'paper' : 'papers'}`

/**
 * Papers by year, or by month where all are of one and a half years, and by field. Years before the last thirty are counted
 * in the subtitle alone.
 * @param count of the library, where these are a sample of it
 * @param now dates beyond its year count as none: nothing has come out yet
 */
export function papersOverTime(all: readonly Dated[], now: Date, count = all.length): Counts {
  const dates = all.map(({ published }) => dateOf(published, now.getUTCFullYear()))
  const known = dates.filter(date => date !== undefined)
  const monthly = known.filter(({ month }) => month !== undefined).map(monthOf)
  const isMonthly = monthly.length > 0 && monthly.length === known.length && spanOf(monthly) <= mostMonths
  const place = isMonthly ? monthOf : ({ year }: YearMonth) => year
  const last = highest(known.map(place))
  const first = Math.max(lowest(known.map(place)), last - mostPeriods + 1)
  const periods = known.length === 0 ? [] : Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const fields = fieldsOf(all)
  const counts = fields.map(() => periods.map(() => 0))
  let earlier = 0
  all.forEach((paper, i) => {
    const date = dates[i]
    if (date === undefined) return
    const at = place(date) - first
    const row = counts[fieldAt(fields, paper)]
    if (at < 0) earlier += 1
    else if (row !== undefined) row[at] = (row[at] ?? 0) + 1
  })
  const undated = all.length - known.length
  const parts = [
    `${all.length < count ? `${all.length.toLocaleString('en')} of ` : ''}${papers(count)} by ${isMonthly ? 'month' : 'year'}`,
    earlier > 0 ? `${earlier.toLocaleString('en')} before ${first}` : '',
    undated > 0 ? `${undated.toLocaleString('en')} without a date` : '',
  ]
  return {
    title: 'Papers over time',
    subtitle: parts.filter(part => part !== '').join(', '),
    periods: periods.map(period => (isMonthly ? nameOfMonth(period) : String(period))),
    series: fields
      .map((name, i) => ({ name, counts: counts[i] ?? [] }))
      .filter(({ counts: row }) => row.some(count => count > 0)),
  }
}

interface YearMonth {
  readonly year: number
  /** 0 to 11. */
  readonly month: number | undefined
}

const monthOf = ({ year, month = 0 }: YearMonth): number => year * 12 + month
const nameOfMonth = (at: number): string => `${months[at % 12]} ${Math.floor(at / 12)}`
const spanOf = (values: readonly number[]): number => highest(values) - lowest(values) + 1
// As arguments of one call, a hundred thousand would overflow the stack.
const highest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity)
const lowest = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity)

function dateOf(published: string | undefined, thisYear: number): YearMonth | undefined {
  const [, year, month] = /^(\d{4})(?:-(\d\d))?/u.exec(published ?? '') ?? []
  if (year === undefined || Number(year) < 1000 || Number(year) > thisYear) return undefined
  return { year: Number(year), month: month === undefined ? undefined : Number(month) - 1 }
}

const other = 'other fields'
const none = 'no field named'

/** The commonest first categories, then those that the other papers share. */
function fieldsOf(all: readonly Dated[]): string[] {
  const counts = new Map<string, number>()
  for (const { categories } of all) {
    const [field] = categories
    if (field !== undefined) counts.set(field, (counts.get(field) ?? 0) + 1)
  }
  const common = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, mostFields)
  return [...common.map(([field]) => field), other, none]
}

function fieldAt(fields: readonly string[], { categories: [field] }: Dated): number {
  if (field === undefined) return fields.length - 1
  const at = fields.indexOf(field)
  return at < 0 ? fields.length - 2 : at
}

/** Half a year. */
export const weeksShown = 26
const week = 7 * 86_400_000
const kinds = { share: 'shares', pick: 'picks', vote: 'votes' } as const

/** When the weeks of `readingOverTime` begin, in epoch milliseconds. */
export const readingSince = (now: number): number => now - weeksShown * week

/** Shares, picks and votes by week, up to now. */
export function readingOverTime(
  days: readonly { readonly kind: keyof typeof kinds; readonly day: number; readonly count: number }[],
  now: number,
): Counts {
  const since = readingSince(now)
  const series = Object.entries(kinds).map(([kind, name]) => {
    const counts = new Array<number>(weeksShown).fill(0)
    for (const one of days) {
      const at = Math.min(weeksShown - 1, Math.max(0, Math.floor((one.day - since) / week)))
      if (one.kind === kind) counts[at] = (counts[at] ?? 0) + one.count
    }
    return { name, counts, sum: counts.reduce((sum, count) => sum + count, 0) }
  })
  return {
    title: 'What this server read',
    subtitle: `By week: ${series.map(({ name, sum }) => `${sum.toLocaleString('en')} ${sum === 1 ? name.slice(0, -1) : name}`).join(', ')}`,
    periods: Array.from({ length: weeksShown }, (_, i) => nameOfDay(since + (i + 1) * week)),
    series,
  }
}

function nameOfDay(at: number): string {
  const date = new Date(at)
  return `${months[date.getUTCMonth()]} ${date.getUTCDate()}`
}

/** In words what a panel shows, for who cannot see it. */
export function described({ title, subtitle, periods, series }: Counts): string {
  const sums = periods.map((_, i) => series.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0))
  const most = sums.indexOf(Math.max(...sums))
  const parts = series.map(({ name, counts }) => `${name} ${counts.reduce((sum, count) => sum + count, 0)}`)
  const peak = periods.length === 0 ? '' : ` Most in ${periods[most]}: ${sums[most]}.`
  return `${title}: ${subtitle}.${peak}${parts.length === 0 ? '' : ` ${parts.join(', ')}.`}`
}
