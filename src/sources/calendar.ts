import { holidayOn } from './holidays.ts'

/** A day that a source is expected to announce: its own date, and from when on it may be there, epoch ms. */
export interface Expected {
  readonly day: string
  readonly due: number
}

/**
 * When a source announces days. It is what people are told by, and decides nothing else: whatever a source announces is
 * taken, expected or not, and a day that did not come is asked for again.
 */
export interface Calendar {
  /** ISO weekdays of the source's dates, 1 Monday to 7 Sunday. */
  readonly days: readonly number[]
  readonly zone: string
  /** A date comes out that many days before (negative) or after it, at that hour of the zone. */
  readonly shift: number
  readonly hour: number
  readonly holidays: boolean
  /** How long after its hour a day is still waited for, ms. */
  readonly grace: number
}

const hour = 3_600_000
/** Dates looked through: longer than any run of holidays and weekends. */
const searched = 14

type PlainDate = Temporal.PlainDate

const isExpected = ({ days, holidays }: Calendar, date: PlainDate): boolean =>
  days.includes(date.dayOfWeek) && !(holidays && holidayOn(date.toString()))

const dueOf = ({ zone, shift, hour: at }: Calendar, date: PlainDate): number =>
  date.add({ days: shift }).toZonedDateTime({ timeZone: zone, plainTime: { hour: at } }).epochMilliseconds

const expectedOn = (calendar: Calendar, date: PlainDate): Expected => ({
  day: date.toString(),
  due: dueOf(calendar, date),
})

function search(calendar: Calendar, from: PlainDate, step: 1 | -1, fits: (due: number) => boolean): Expected {
  let date = from
  for (let tried = 0; tried < searched; tried++, date = date.add({ days: step }))
    if (isExpected(calendar, date) && fits(dueOf(calendar, date))) return expectedOn(calendar, date)
  return expectedOn(calendar, from)
}

const dateAt = ({ zone }: Calendar, at: number): PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate()

/** The latest day that is due by then. */
export const lastExpected = (calendar: Calendar, now: number): Expected =>
  search(calendar, dateAt(calendar, now).add({ days: 2 }), -1, due => due <= now)

/** The first day that comes due after then. */
export const nextExpected = (calendar: Calendar, now: number): Expected =>
  search(calendar, dateAt(calendar, now).subtract({ days: 2 }), 1, due => due > now)

/** The first expected day after one of the source's dates. */
export const expectedAfter = (calendar: Calendar, day: string): Expected =>
  search(calendar, Temporal.PlainDate.from(day).add({ days: 1 }), 1, () => true)

/** The expected days after a date and before another, oldest first, at most so many of the latest. */
export function expectedBetween(calendar: Calendar, after: string, before: string, most: number): string[] {
  const end = Temporal.PlainDate.from(before)
  const earliest = end.subtract({ days: most * 2 + searched })
  let date = Temporal.PlainDate.from(after).add({ days: 1 })
  if (Temporal.PlainDate.compare(date, earliest) < 0) date = earliest
  const found: string[] = []
  for (; Temporal.PlainDate.compare(date, end) < 0; date = date.add({ days: 1 }))
    // A holiday that is none there is asked for too: the source says itself that it announced nothing.
    if (calendar.days.includes(date.dayOfWeek)) found.push(date.toString())
  return found.slice(-most)
}

/** arXiv announces at 20:00 in New York, Sunday to Thursday, what is dated the next day. Source: arXiv's availability page. */
export const arxivCalendar: Calendar = {
  days: [1, 2, 3, 4, 5],
  zone: 'America/New_York',
  shift: -1,
  hour: 20,
  holidays: true,
  grace: 8 * hour,
}

/** Hugging Face's day fills until about 21:30 in New York; there is none at weekends. */
export const dailyPapersCalendar: Calendar = {
  days: [1, 2, 3, 4, 5],
  zone: 'America/New_York',
  shift: 0,
  hour: 22,
  holidays: false,
  grace: 14 * hour,
}

/** bioRxiv and medRxiv post on working days, and a little at weekends, which is taken but not expected. */
export const rxivCalendar: Calendar = {
  days: [1, 2, 3, 4, 5],
  zone: 'America/New_York',
  shift: 1,
  hour: 0,
  holidays: true,
  grace: 24 * hour,
}
