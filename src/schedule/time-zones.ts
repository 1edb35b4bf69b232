/** Minutes and milliseconds. */
const minute = 60_000
const day = 24 * 60 * minute

/** A place's clock. Offsets are local time minus UTC, in milliseconds. */
export interface Zone {
  offset(at: number): number
}

const known = new Map<string, Zone | undefined>()

/** The zone of that IANA name by the runtime's rules; undefined when they hold no such name (any more). */
export function zoneOf(name: string): Zone | undefined {
  if (!known.has(name)) known.set(name, ruled(name))
  return known.get(name)
}

/** A clock that never changes, for a zone whose name has vanished. */
export const fixedZone = (offsetMinutes: number): Zone => ({ offset: () => offsetMinutes * minute })

function ruled(name: string): Zone | undefined {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return undefined
  }
  return {
    offset(at) {
      const part: Record<string, number> = {}
      for (const { type, value } of format.formatToParts(at)) part[type] = Number(value)
      const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
      return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000
    },
  }
}

/** A calendar date as YYYY-MM-DD. */
export type LocalDate = string

export const dateOf = (zone: Zone, at: number): LocalDate => isoDate(at + zone.offset(at))

const isoDate = (wall: number): LocalDate => new Date(wall).toISOString().slice(0, 10)

/** Midnight of the date as if it were UTC. */
const wallOf = (date: LocalDate): number => Date.parse(`${date}T00:00:00Z`)

export const plusDays = (date: LocalDate, days: number): LocalDate => isoDate(wallOf(date) + days * day)

/** ISO weekday of a date, 1 Monday to 7 Sunday. */
export const weekdayOf = (date: LocalDate): number => new Date(wallOf(date)).getUTCDay() || 7

/**
 * The first instant at which the clocks there read that time of that date, or have passed it: a time that is
 * skipped comes when the clocks jump, a time that is repeated comes once, the first time.
 */
export function instantOf(zone: Zone, date: LocalDate, hour: number, minutes: number): number {
  const wall = wallOf(date) + (hour * 60 + minutes) * minute
  const offsets = [zone.offset(wall - day), zone.offset(wall + day)]
  const exact = offsets.map(offset => wall - offset).filter(at => at + zone.offset(at) === wall)
  if (exact.length > 0) return Math.min(...exact)
  // Skipped: within these bounds the clocks jump over the time. Clocks jump at whole seconds.
  let before = wall - Math.max(...offsets) - minute
  let after = wall - Math.min(...offsets) + minute
  while (after - before > 1_000) {
    const middle = Math.floor((before + after) / 2_000) * 1_000
    if (middle + zone.offset(middle) >= wall) after = middle
    else before = middle
  }
  return after
}

/** Whether the date happens there: a place that moves across the date line skips one. */
export const exists = (zone: Zone, date: LocalDate): boolean =>
  dateOf(zone, instantOf(zone, date, 0, 0)) === date
