import { z } from 'zod'
import { zoneOf } from '../schedule/time-zones.ts'
import { between, count, date, id, paper, snowflake, text, time, token } from './backup-values.ts'

/** A row of `schedules`. */
export const schedule = z
  .object({
    schedule_id: id,
    kind: token,
    guild_id: snowflake.nullable(),
    channel_id: snowflake.nullable(),
    user_id: snowflake.nullable(),
    hour: between(0, 23),
    minute: between(0, 59),
    zone: z.string().max(64, 'is not a time zone').refine(zoneOf, 'is not a time zone'),
    days: z.string().regex(/^[1-7]{1,7}$/, 'names no weekdays'),
    topic_query: text.nullable(),
    topic_paper: paper.nullable(),
    topic_author: text.nullable(),
    topic_venue: text.nullable(),
    source: z.string().min(1, 'is empty').max(200, 'is too long').nullable(),
    hold_minutes: between(1, 1_439).nullable(),
    thread: token.nullable(),
    library_guild: snowflake.nullable(),
    count: between(1, 5),
    created_at: time,
    paused_at: time.nullable(),
    problem: token.nullable(),
    missing: text,
    problem_at: time.nullable(),
    told: text.nullable(),
    exhausted_at: time.nullable(),
    last_posted_at: time.nullable(),
    next_at: time,
    next_offset: between(-1_440, 1_440),
  })
  .refine(row => row.kind !== 'daily' || (row.guild_id !== null && row.channel_id !== null), {
    path: ['channel_id'],
    error: 'is missing',
  })
  .refine(row => row.kind !== 'follow' || (row.user_id !== null && row.guild_id === null), {
    path: ['user_id'],
    error: 'belongs to another member',
  })

/** A row of `slots`. */
export const slot = z
  .object({
    schedule_id: id,
    date,
    slot_at: time,
    expires_at: time,
    state: token,
    picks: z.string().max(100_000, 'is too long'),
    reason: token.nullable(),
    message_id: snowflake.nullable(),
    attempts: count,
    retry_at: time,
    sending_since: time.nullable(),
    owner: id.nullable(),
    lease_until: time,
    settled_at: time.nullable(),
  })
  .refine(row => row.expires_at >= row.slot_at, { path: ['expires_at'], error: 'is before its slot' })
