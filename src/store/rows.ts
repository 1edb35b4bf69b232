import type { Selectable } from 'kysely'
import { z } from 'zod'
import { Failure } from '../errors.ts'
import { PaperPick } from '../schedule/pick.ts'
import type {
  Daily,
  Follow,
  Problem,
  Schedule,
  Slot,
  SlotReason,
  SlotState,
  Timing,
  Topic,
} from '../schedule/schedule.ts'
import { texts } from './database-errors.ts'
import type { Schema } from './schema.ts'

export type ScheduleRow = Selectable<Schema['schedules']>
export type SlotRow = Selectable<Schema['slots']>

/** A column that holds JSON. */
function parsed<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw new Failure('storage', texts.corrupt, { cause })
  }
}

/** Values that a newer release may have written are not guessed at. */
function known<T extends string>(values: Readonly<Record<T, true>>, text: string): T {
  if (!Object.hasOwn(values, text)) throw new Failure('storage', texts.unknown)
  return text as T
}

const states: Readonly<Record<SlotState, true>> = {
  open: true,
  chosen: true,
  sending: true,
  posted: true,
  none: true,
  missed: true,
  unknown: true,
  failed: true,
}

const problems: Readonly<Record<Problem['kind'], true>> = {
  permission: true,
  gone: true,
  removed: true,
  closed: true,
}

const reasons: Readonly<Record<SlotReason, true>> = {
  ...problems,
  empty: true,
  unsearchable: true,
  'nothing-fits': true,
  exhausted: true,
  'nothing-new': true,
  muted: true,
  late: true,
  paused: true,
  unreadable: true,
  crowded: true,
  restored: true,
  invalid: true,
  unsettled: true,
  'no-thread': true,
}

const kinds: Readonly<Record<Schedule['kind'], true>> = { daily: true, follow: true }

const threads: Readonly<Record<NonNullable<Daily['thread']>, true>> = { thread: true, forum: true }

/**
 * Reads what can be read: a row that a newer release wrote, or that is damaged, must not hold up the others.
 * @param setAside called for each row that cannot be read; the row itself stays as it is
 */
export function readable<Row, T>(
  rows: readonly Row[],
  read: (row: Row) => T,
  setAside: (row: Row) => void,
): T[] {
  return rows.flatMap(row => {
    try {
      return [read(row)]
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      setAside(row)
      return []
    }
  })
}

const Picks = z.array(PaperPick)
const Names = z.array(z.string())

export const parsePicks = (text: string): PaperPick[] => parsed(Picks, text)

export function slotOf(row: SlotRow): Slot {
  return {
    scheduleId: row.schedule_id,
    date: row.date,
    at: row.slot_at,
    expiresAt: row.expires_at,
    state: known(states, row.state),
    picks: parsePicks(row.picks),
    reason: row.reason === null ? undefined : known(reasons, row.reason),
    messageId: row.message_id ?? undefined,
    attempts: row.attempts,
    retryAt: row.retry_at,
    sendingSince: row.sending_since ?? undefined,
    settledAt: row.settled_at ?? undefined,
  }
}

export function problemOf(row: ScheduleRow): Problem | undefined {
  if (row.problem === null) return undefined
  return {
    kind: known(problems, row.problem),
    missing: parsed(Names, row.missing),
    at: row.problem_at ?? 0,
  }
}

export type TopicColumns = Pick<ScheduleRow, 'topic_query' | 'topic_paper' | 'topic_author' | 'topic_venue'>

export function topicOf(row: TopicColumns): Topic {
  if (row.topic_query !== null) return { query: row.topic_query }
  if (row.topic_paper !== null) return { paperId: row.topic_paper }
  if (row.topic_author !== null) return { author: row.topic_author }
  return row.topic_venue === null ? undefined : { venue: row.topic_venue }
}

const StoredTiming = z.object({
  hour: z.int().min(0).max(23),
  minute: z.int().min(0).max(59),
  // A zone that has vanished from the runtime's list is no error: the last known offset is used.
  zone: z.string().min(1).max(64),
  days: z.string().regex(/^[1-7]{1,7}$/),
})

/** An invalid timing would stop the planning of all other schedules. */
function timingOf(row: ScheduleRow): Timing {
  const found = StoredTiming.safeParse(row)
  if (!found.success) throw new Failure('storage', texts.corrupt)
  return { ...found.data, days: [...found.data.days].map(Number) }
}

const recurringOf = (row: ScheduleRow) => ({
  id: row.schedule_id,
  timing: timingOf(row),
  topic: topicOf(row),
  createdAt: row.created_at,
  pausedAt: row.paused_at ?? undefined,
  problem: problemOf(row),
  next: { at: row.next_at, offset: row.next_offset },
})

export const dailyOf = (row: ScheduleRow): Daily => ({
  ...recurringOf(row),
  kind: 'daily',
  guildId: row.guild_id ?? '',
  channelId: row.channel_id ?? '',
  count: row.count,
  createdBy: row.user_id ?? undefined,
  source: row.source ?? undefined,
  holdMinutes: row.hold_minutes ?? undefined,
  thread: row.thread === null ? undefined : known(threads, row.thread),
  exhaustedAt: row.exhausted_at ?? undefined,
})

export const followOf = (row: ScheduleRow): Follow => ({
  ...recurringOf(row),
  kind: 'follow',
  userId: row.user_id ?? '',
  serverId: row.library_guild ?? undefined,
  lastDigestAt: row.last_posted_at ?? undefined,
})

export const scheduleOf = (row: ScheduleRow): Schedule =>
  known(kinds, row.kind) === 'daily' ? dailyOf(row) : followOf(row)
