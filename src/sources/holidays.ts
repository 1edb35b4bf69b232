/** The `nth` weekday of a month; -1: the last. ISO weekdays. */
function nth(year: number, month: number, weekday: number, which: number): string {
  const first = Temporal.PlainDate.from({ year, month, day: 1 })
  const offset = (weekday - first.dayOfWeek + 7) % 7
  const days =
    which > 0 ? offset + 7 * (which - 1) : offset + 7 * Math.floor((first.daysInMonth - 1 - offset) / 7)
  return first.add({ days }).toString()
}

/** On a weekend, the Friday before or the Monday after is free. */
function observed(year: number, month: number, day: number): string {
  const date = Temporal.PlainDate.from({ year, month, day })
  const shift = date.dayOfWeek === 6 ? -1 : date.dayOfWeek === 7 ? 1 : 0
  return date.add({ days: shift }).toString()
}

function holidaysOf(year: number): ReadonlySet<string> {
  const thanksgiving = nth(year, 11, 4, 4)
  return new Set([
    observed(year, 1, 1),
    nth(year, 1, 1, 3),
    nth(year, 5, 1, -1),
    observed(year, 6, 19),
    observed(year, 7, 4),
    nth(year, 9, 1, 1),
    thanksgiving,
    Temporal.PlainDate.from(thanksgiving).add({ days: 1 }).toString(),
    observed(year, 12, 24),
    observed(year, 12, 25),
    observed(year, 12, 31),
  ])
}

const known = new Map<number, ReadonlySet<string>>()

/**
 * Whether the date is one on which United States libraries, and so arXiv's staff, are usually off. Which of them a source
 * keeps changes from year to year: the word for a source is quiet on such a day instead of late, nothing else.
 */
export function holidayOn(date: string): boolean {
  const year = Number(date.slice(0, 4))
  const days = known.get(year) ?? holidaysOf(year)
  known.set(year, days)
  return days.has(date)
}
