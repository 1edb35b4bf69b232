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

/** How late a slot may still be posted. A bot that starts later than that skips the slot and reports it. */
export const catchUpWindow = 6 * hour
/** How long `post-now` is tried. */
export const extraWindow = hour / 4
/** How many past slots are recorded as missed; for a schedule that was idle longer, earlier days are left out. */
const longestHistory = 60
/** How many dates are tried for the next slot: room for one weekday a week, a skipped date, and taken dates. */
const searched = 40

/** When something happens, in local time. See `Timing` in `schedule.ts`. */
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
  /** Offset from UTC at that time, in minutes: the fallback if the zone's name is removed. */
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
  /** Local dates that already have a slot: a schedule has one slot a date. */
  readonly taken?: ReadonlySet<LocalDate>
}

const noDates: ReadonlySet<LocalDate> = new Set()

/**
 * The first slot after that time. A local time inside a gap (clocks go forward) falls at the transition; one that
 * occurs twice counts the first time only; a date that a zone skips has no slot.
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

/** A slot to create; with a reason it is already too late, and the slot is recorded only. */
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
 * @param options.restoredAt when a backup was restored: nobody knows what was posted up to then
 * @param options.hold how long after its time a slot may wait for something, in milliseconds
 */
export function planOf(
  rule: Rule,
  next: { readonly at: number; readonly offset: number },
  now: number,
  { restoredAt = 0, hold = 0 }: { readonly restoredAt?: number; readonly hold?: number } = {},
): Plan {
  const slots: PlannedSlot[] = []
  const start = Math.max(next.at, now - longestHistory * 24 * hour)
  let slot = nextSlot(rule, start - 1, { lastOffset: next.offset })
  while (slot.at <= now) {
    const expiresAt = slot.at + hold + catchUpWindow
    if (slot.at <= restoredAt) slots.push({ ...slot, expiresAt, reason: 'restored' })
    else if (expiresAt <= now) slots.push({ ...slot, expiresAt, reason: 'late' })
    else slots.push({ ...slot, expiresAt })
    slot = nextSlot(rule, slot.at, { lastOffset: slot.offset })
  }
  return { slots, next: slot }
}
