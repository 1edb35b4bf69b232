/** A time zone as Temporal takes it: an IANA name that the runtime knows, or an offset such as +05:30. */
export type Zone = string & { readonly zone: unique symbol }

/** A calendar date as YYYY-MM-DD. */
export type LocalDate = string

/** Longest offset that Temporal takes, in minutes. */
const longestOffset = 24 * 60 - 1

const known = new Map<string, Zone | undefined>()

/** The zone of that IANA name by the runtime's rules; undefined when they hold no such name (any more). */
export function zoneOf(name: string): Zone | undefined {
  if (!known.has(name)) known.set(name, isZone(name) ? name : undefined)
  return known.get(name)
}

function isZone(name: string): name is Zone {
  try {
    // Temporal also reads whole dates with a zone in them: those are no names.
    return local(name as Zone, 0).timeZoneId.toLowerCase() === name.toLowerCase()
  } catch {
    return false
  }
}

/** A fixed offset, for a zone whose name was removed. @param offset minutes from UTC */
export function fixedZone(offset: number): Zone {
  const minutes = Math.min(Math.abs(Math.round(offset)), longestOffset)
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}` as Zone
}

/** @param at epoch milliseconds */
const local = (zone: Zone, at: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone)

/** Local time minus UTC at that time, in whole minutes. */
export const offsetOf = (zone: Zone, at: number): number =>
  Math.round(local(zone, at).offsetNanoseconds / 60e9)

export const dateOf = (zone: Zone, at: number): LocalDate => local(zone, at).toPlainDate().toString()

export const plusDays = (date: LocalDate, days: number): LocalDate =>
  Temporal.PlainDate.from(date).add({ days }).toString()

/** ISO weekday of a date, 1 Monday to 7 Sunday. */
export const weekdayOf = (date: LocalDate): number => Temporal.PlainDate.from(date).dayOfWeek

/**
 * The first instant, in epoch milliseconds, at which the clocks there read that time of that date, or have passed it:
 * a time that is skipped comes when the clocks jump, a time that is repeated comes once, the first time.
 */
export function instantOf(zone: Zone, date: LocalDate, hour: number, minute: number): number {
  const wall = Temporal.PlainDate.from(date).toPlainDateTime({ hour, minute })
  const first = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  // Temporal moves a skipped time by the length of the gap, to either side of the jump.
  const skipped = !first.toPlainDateTime().equals(wall)
  return (skipped ? (first.getTimeZoneTransition('next') ?? first) : first).epochMilliseconds
}

/** Whether the date exists there: a zone that moves across the date line skips one. */
export const exists = (zone: Zone, date: LocalDate): boolean =>
  dateOf(zone, instantOf(zone, date, 0, 0)) === date
