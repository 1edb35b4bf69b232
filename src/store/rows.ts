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

const Picks = z.array(PaperPick)
const Names = z.array(z.string())

export const parsePicks = (text: string): PaperPick[] => parsed(Picks, text)

export function slotOf(row: SlotRow): Slot {
  return {
    scheduleId: row.schedule_id,
    date: row.date,
    at: row.slot_at,
    expiresAt: row.expires_at,
    state: row.state as SlotState,
    picks: parsePicks(row.picks),
    reason: (row.reason as SlotReason | null) ?? undefined,
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
    kind: row.problem as Problem['kind'],
    missing: parsed(Names, row.missing),
    at: row.problem_at ?? 0,
  }
}

function topicOf(row: ScheduleRow): Topic {
  if (row.topic_query !== null) return { query: row.topic_query }
  return row.topic_paper === null ? undefined : { paperId: row.topic_paper }
}

const recurringOf = (row: ScheduleRow) => ({
  id: row.schedule_id,
  timing: {
    hour: row.hour,
    minute: row.minute,
    zone: row.zone,
    days: [...row.days].map(Number),
  },
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
  exhaustedAt: row.exhausted_at ?? undefined,
})

export const followOf = (row: ScheduleRow): Follow => ({
  ...recurringOf(row),
  kind: 'follow',
  userId: row.user_id ?? '',
  lastDigestAt: row.last_posted_at ?? undefined,
})

export const scheduleOf = (row: ScheduleRow): Schedule =>
  row.kind === 'daily' ? dailyOf(row) : followOf(row)
