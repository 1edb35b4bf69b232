import { type Calendar, expectedAfter, lastExpected, nextExpected } from './calendar.ts'
import { type Batch, isSettled, type SourceErrorKind } from './port.ts'

/**
 * How a source is, in one word:
 * - `fresh`: the latest day that is due was announced, and all of it is here
 * - `waiting`: a day has not come out, or is not complete, and it is too early to worry
 * - `quiet`: everything is here, and nothing is expected before the next working day
 * - `late`: a day should have come out
 * - `stalled`: two days or more should have come out
 * - `failing`: the source cannot be read
 */
export type SourceWord = 'fresh' | 'waiting' | 'quiet' | 'late' | 'stalled' | 'failing'

export interface SourceState {
  readonly word: SourceWord
  /** One sentence without a full stop. */
  readonly reason: string
}

/** Why the last looks gave nothing. */
export interface SourceFailure {
  readonly kind: SourceErrorKind
  readonly reason: string
  /** Looks in a row that failed. */
  readonly count: number
  /** When the first of them failed, epoch ms. */
  readonly since: number
}

/** What is known of a source when its word is asked for. */
export interface SourceHealth {
  /** The latest batch of each part. */
  readonly batches: readonly Batch[]
  /** The last look that read something, epoch ms. */
  readonly readAt: number | undefined
  readonly failure: SourceFailure | undefined
}

const day = 86_400_000
/** Looks that may fail in a row before a source that was unreachable counts as failing: they are minutes to an hour apart. */
const patience = 3

/**
 * The word for a source, from what it announced and when it announces. The clock tells only what is expected by now;
 * what has come is told by the source's own dates and counts.
 * @param calendar undefined for a source without days of its own
 */
export function stateOf(
  { batches, readAt, failure }: SourceHealth,
  calendar: Calendar | undefined,
  now: number,
): SourceState {
  if (failure !== undefined && (failure.kind !== 'unreachable' || failure.count >= patience))
    return { word: 'failing', reason: failure.reason }
  if (readAt === undefined)
    return { word: 'waiting', reason: failure === undefined ? 'it has not been read yet' : failure.reason }
  if (calendar === undefined) return withoutDays(batches)
  const behind = batches.filter(one => one.day !== undefined).map(one => lateness(one, calendar, now))
  const worst = behind.toSorted((a, b) => rank[b.word] - rank[a.word])[0]
  return worst ?? { word: 'waiting', reason: 'it has announced no day yet' }
}

const rank: Readonly<Record<SourceWord, number>> = {
  quiet: 0,
  fresh: 1,
  waiting: 2,
  late: 3,
  stalled: 4,
  failing: 5,
}

function withoutDays(batches: readonly Batch[]): SourceState {
  const open = batches.find(one => !isSettled(one))
  if (open !== undefined) return { word: 'waiting', reason: missing(open) }
  const total = batches.reduce((sum, one) => sum + one.announced, 0)
  return {
    word: 'fresh',
    reason: total === 1 ? 'its one paper is here' : `all ${total} of its papers are here`,
  }
}

const named = ({ part }: Batch): string => (part === '' ? '' : `${part}: `)

const missing = (batch: Batch): string =>
  `${named(batch)}${batch.taken} of ${batch.announced} papers${batch.day === undefined ? '' : ` of ${dateText(batch.day)}`} are here`

/** Such as "Friday, 20 November". */
export const dateText = (date: string): string =>
  Temporal.PlainDate.from(date).toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })

function lateness(batch: Batch, calendar: Calendar, now: number): SourceState {
  const latest = batch.day ?? ''
  const expected = lastExpected(calendar, now)
  if (latest >= expected.day) {
    if (!isSettled(batch)) return overdue(expected.due, calendar, now, missing(batch))
    return settled(batch, calendar, now, expected.due)
  }
  const first = expectedAfter(calendar, latest)
  const reason = `${named(batch)}${dateText(first.day)} has not come out; it still shows ${dateText(latest)}`
  return overdue(first.due, calendar, now, reason)
}

function settled(batch: Batch, calendar: Calendar, now: number, due: number): SourceState {
  const next = nextExpected(calendar, now)
  if (now >= due + day) return { word: 'quiet', reason: `nothing is expected before ${dateText(next.day)}` }
  const count = batch.announced === 1 ? '1 paper' : `all ${batch.announced} papers`
  return { word: 'fresh', reason: `${named(batch)}${count} of ${dateText(batch.day ?? '')} are here` }
}

function overdue(due: number, calendar: Calendar, now: number, reason: string): SourceState {
  // A second day that is due, and waited for in vain, makes it more than late.
  const second = nextExpected(calendar, due)
  if (now >= second.due + calendar.grace) return { word: 'stalled', reason }
  return { word: now < due + calendar.grace ? 'waiting' : 'late', reason }
}
