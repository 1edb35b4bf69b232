import {
  dateOf,
  exists,
  fixedZone,
  instantOf,
  type LocalDate,
  offsetOf,
  plusDays,
  weekdayOf,
  type Zone,
  zoneOf,
} from './time-zones.ts'

const hour = 3_600_000

/** How late a slot may still be posted. A bot that starts later than that after a slot leaves it out, and says so. */
export const catchUpWindow = 6 * hour
/** How long `post-now` is tried. */
export const extraWindow = hour / 4
/** Slots of the past that are made up for in the records; a schedule that slept longer is not told day by day. */
const longestHistory = 60
/** Dates looked through for the next slot: a week of one weekday, a date that a place skips, and dates that are taken. */
const searched = 40

/** When something happens on the clock that people there read. See `Timing` of the store. */
export interface Rule {
  readonly hour: number
  readonly minute: number
  readonly zone: string
  readonly days: readonly number[]
}

export interface DueSlot {
  /** The local date that the slot is for: with the schedule it names the slot. */
  readonly date: LocalDate
  /** Epoch milliseconds. */
  readonly at: number
  /** Offset from UTC at that time, in minutes: what to go by should the zone's name vanish. */
  readonly offset: number
}

/** Whether the runtime knows the zone. If it no longer does, slots keep the offset they had, and people are told. */
export const zoneIsKnown = (name: string): boolean => zoneOf(name) !== undefined

const zoneFor = (rule: Rule, lastOffset: number): Zone => zoneOf(rule.zone) ?? fixedZone(lastOffset)

/** The local date there at that time. */
export const localDate = (rule: Rule, at: number, lastOffset = 0): LocalDate =>
  dateOf(zoneFor(rule, lastOffset), at)

interface SlotOptions {
  /** Minutes from UTC, for a zone whose name has vanished. */
  readonly lastOffset?: number
  /** Local dates that had their slot already: a schedule has one a date. */
  readonly taken?: ReadonlySet<LocalDate>
}

const noDates: ReadonlySet<LocalDate> = new Set()

/**
 * The first slot after that time. A time that the clocks skip comes when they jump; one that they repeat comes the
 * first time only; a date that a place skips has no slot.
 * @throws RangeError when the rule has no weekday
 */
export function nextSlot(
  rule: Rule,
  after: number,
  { lastOffset = 0, taken = noDates }: SlotOptions = {},
): DueSlot {
  const zone = zoneFor(rule, lastOffset)
  // From the day before: a slot that the clocks skipped at its date's very end falls on the next date.
  let date = plusDays(dateOf(zone, after), -1)
  for (let days = 0; days < searched; days++, date = plusDays(date, 1)) {
    if (taken.has(date) || !rule.days.includes(weekdayOf(date)) || !exists(zone, date)) continue
    const at = instantOf(zone, date, rule.hour, rule.minute)
    if (at > after) return { date, at, offset: offsetOf(zone, at) }
  }
  throw new RangeError('A schedule without weekdays')
}

/** A slot to make: with a reason it is too late for it, and it is only noted. */
interface PlannedSlot extends DueSlot {
  readonly expiresAt: number
  readonly reason?: 'late' | 'restored'
}

export interface Plan {
  readonly slots: readonly PlannedSlot[]
  readonly next: DueSlot
}

/**
 * What became due of a schedule by `now`.
 * @param next the schedule's next slot as it was planned last
 * @param restoredAt when a backup was restored: nobody knows what was posted up to then
 */
export function planOf(
  rule: Rule,
  next: { readonly at: number; readonly offset: number },
  now: number,
  restoredAt = 0,
): Plan {
  const slots: PlannedSlot[] = []
  const start = Math.max(next.at, now - longestHistory * 24 * hour)
  let slot = nextSlot(rule, start - 1, { lastOffset: next.offset })
  while (slot.at <= now) {
    const expiresAt = slot.at + catchUpWindow
    if (slot.at <= restoredAt) slots.push({ ...slot, expiresAt, reason: 'restored' })
    else if (expiresAt <= now) slots.push({ ...slot, expiresAt, reason: 'late' })
    else slots.push({ ...slot, expiresAt })
    slot = nextSlot(rule, slot.at, { lastOffset: slot.offset })
  }
  return { slots, next: slot }
}
