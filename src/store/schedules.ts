import { type ExpressionBuilder, sql } from 'kysely'
import { Failure } from '../errors.ts'
import {
  type Daily,
  digestSize,
  type Follow,
  type NextSlot,
  type Timing,
  type Topic,
} from '../schedule/schedule.ts'
import { sameDaily } from '../schedule/topic.ts'
import { forgetChoices } from './choices.ts'
import type { Change, Db, Rows } from './db.ts'
import { oncePer } from './idempotency.ts'
import {
  dailyOf,
  followOf,
  readable,
  type ScheduleRow,
  scheduleOf,
  type TopicColumns,
  topicOf,
} from './rows.ts'
import { sanitizeText } from './sanitize-text.ts'
import {
  type Dailies,
  type Follows,
  maxDailies,
  maxFollows,
  type NewDaily,
  type ScheduleChange,
} from './schedule-ports.ts'
import type { Schema } from './schema.ts'

export const dailiesOf = (db: Db): Dailies => ({
  ...shared(db, 'daily', dailyOf),

  create: daily => db.write(change => insertDaily(change, daily)),

  set: daily =>
    db.write(async change => {
      // Serialises concurrent calls that set the same schedule; SQLite does so anyway.
      if (db.kind === 'postgres')
        await sql`select pg_advisory_xact_lock(762983747, hashtext(${daily.guildId}))`.execute(change)
      const topic = topicOf(topicColumns(daily.topic))
      const inChannel = await owned(change, 'daily', daily.guildId)
        .where('channel_id', '=', daily.channelId)
        .orderBy('created_at')
        .orderBy('schedule_id')
        .execute()
      const there = inChannel.find(row =>
        sameDaily({ topic: topicOf(row), source: row.source ?? undefined }, { topic, source: daily.source }),
      )
      if (there === undefined) {
        await insertDaily(change, daily)
        return 'set'
      }
      await change
        .updateTable('schedules')
        .set({
          ...timingColumns(daily.timing),
          ...nextColumns(daily.next),
          ...noProblem,
          ...postingColumns(daily),
          count: daily.count,
          paused_at: null,
        })
        .where('schedule_id', '=', there.schedule_id)
        .execute()
      return 'changed'
    }),
})

const insertDaily = (change: Change, daily: NewDaily) =>
  insert(change, 'daily', daily.guildId, maxDailies, 'This server', {
    ...columnsOf(daily),
    guild_id: daily.guildId,
    channel_id: daily.channelId,
    user_id: daily.createdBy ?? null,
    count: daily.count,
    ...postingColumns(daily),
  })

const postingColumns = ({ source, holdMinutes, thread }: NewDaily) => ({
  source: source === undefined ? null : sanitizeText(source),
  hold_minutes: holdMinutes ?? null,
  thread: thread ?? null,
})

export const followsOf = (db: Db): Follows => ({
  ...shared(db, 'follow', followOf),

  create: (follow, key) =>
    db.write(change =>
      oncePer(change, key, follow.createdAt, async () => {
        await insert(change, 'follow', follow.userId, maxFollows, 'You', {
          ...columnsOf(follow),
          user_id: follow.userId,
          library_guild: follow.serverId ?? null,
          count: digestSize,
        })
        return follow.id
      }),
    ),

  seen: userId =>
    db.read(async rows => {
      const found = await rows.selectFrom('shown').select('paper_id').where('place', '=', userId).execute()
      return new Set(found.map(row => row.paper_id))
    }),
})

/** Whose a schedule is: a server's daily pick, a member's follow. */
const ownerColumn = { daily: 'guild_id', follow: 'user_id' } as const
type Kind = keyof typeof ownerColumn

/** Operations that both kinds share. Every statement names the owner, so that a forged id finds nothing. */
function shared<T extends Daily | Follow>(db: Db, kind: Kind, read: (row: ScheduleRow) => T) {
  const update = (ownerId: string, id: string, columns: Partial<ScheduleRow>) =>
    db.write(async change => {
      const { numUpdatedRows } = await change
        .updateTable('schedules')
        .set(columns)
        .where('kind', '=', kind)
        .where(ownerColumn[kind], '=', ownerId)
        .where('schedule_id', '=', id)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    })

  return {
    get: (ownerId: string, id: string) =>
      db.read(async rows => {
        const row = await owned(rows, kind, ownerId).where('schedule_id', '=', id).executeTakeFirst()
        return row && read(row)
      }),

    list: (ownerId: string) =>
      db.read(async rows => {
        const found = await owned(rows, kind, ownerId).orderBy('created_at').orderBy('schedule_id').execute()
        return readable(found, read, row => db.unreadable('schedules', row.schedule_id))
      }),

    change: (ownerId: string, id: string, change: ScheduleChange) => update(ownerId, id, changed(change)),
    pause: (ownerId: string, id: string, at: number) => update(ownerId, id, { paused_at: at }),

    resume: (ownerId: string, id: string, next: NextSlot) =>
      update(ownerId, id, { paused_at: null, ...noProblem, ...nextColumns(next) }),

    remove: (ownerId: string, id: string) =>
      db.write(async change => {
        const { numDeletedRows } = await change
          .deleteFrom('schedules')
          .where(mayBe(kind))
          .where(ownerColumn[kind], '=', ownerId)
          .where('schedule_id', '=', id)
          .executeTakeFirst()
        if (numDeletedRows > 0n) await forgetChoices(change, id)
        return numDeletedRows > 0n
      }),

    unreadable: (ownerId: string) =>
      db.read(async rows => {
        const found = await rows
          .selectFrom('schedules')
          .selectAll()
          .where(mayBe(kind))
          .where(ownerColumn[kind], '=', ownerId)
          .orderBy('created_at')
          .orderBy('schedule_id')
          .execute()
        const aside: ScheduleRow[] = []
        readable(found, scheduleOf, row => aside.push(row))
        return aside.map(row => ({ id: row.schedule_id, channelId: row.channel_id ?? undefined }))
      }),
  }
}

/** Of that kind, or of one that a later version made and that belongs to the same owner. */
const mayBe = (kind: Kind) => (eb: ExpressionBuilder<Schema, 'schedules'>) =>
  eb.or([
    eb('kind', '=', kind),
    eb.and([
      eb('kind', 'not in', Object.keys(ownerColumn)),
      eb('guild_id', kind === 'daily' ? 'is not' : 'is', null),
    ]),
  ])

const owned = (rows: Rows, kind: Kind, ownerId: string) =>
  rows.selectFrom('schedules').selectAll().where('kind', '=', kind).where(ownerColumn[kind], '=', ownerId)

async function insert(
  change: Change,
  kind: Kind,
  ownerId: string,
  max: number,
  who: string,
  columns: ReturnType<typeof columnsOf> & { count: number } & Partial<ScheduleRow>,
) {
  if ((await owned(change, kind, ownerId).execute()).length >= max)
    throw new Failure('limit', `${who} cannot have more than ${max} of these. Remove one first.`)
  await change
    .insertInto('schedules')
    .values({ kind, missing: '[]', ...columns })
    .execute()
}

export const noProblem = { problem: null, missing: '[]', problem_at: null } as const

const nextColumns = (next: NextSlot) => ({ next_at: next.at, next_offset: next.offset })

const timingColumns = (timing: Timing) => ({
  hour: timing.hour,
  minute: timing.minute,
  zone: timing.zone,
  days: [...new Set(timing.days)].sort().join(''),
})

function topicColumns(topic: Topic): TopicColumns {
  const none = { topic_query: null, topic_paper: null, topic_author: null, topic_venue: null }
  if (topic === undefined) return none
  if ('query' in topic) return { ...none, topic_query: sanitizeText(topic.query) }
  if ('paperId' in topic) return { ...none, topic_paper: topic.paperId }
  if ('author' in topic) return { ...none, topic_author: sanitizeText(topic.author) }
  return { ...none, topic_venue: sanitizeText(topic.venue) }
}

const columnsOf = (schedule: Pick<Daily, 'id' | 'timing' | 'topic' | 'createdAt' | 'next'>) => ({
  schedule_id: schedule.id,
  created_at: schedule.createdAt,
  ...timingColumns(schedule.timing),
  ...topicColumns(schedule.topic),
  ...nextColumns(schedule.next),
})

function changed({ timing, next, topic, count, channelId, serverId }: ScheduleChange): Partial<ScheduleRow> {
  return {
    ...(timing === undefined ? {} : timingColumns(timing)),
    ...(next === undefined ? {} : nextColumns(next)),
    // Another topic or channel may have papers left, and another channel may let the bot post.
    ...(topic === undefined
      ? {}
      : { ...topicColumns(topic === 'none' ? undefined : topic), exhausted_at: null }),
    ...(count === undefined ? {} : { count }),
    ...(serverId === undefined ? {} : { library_guild: serverId }),
    ...(channelId === undefined ? {} : { channel_id: channelId, exhausted_at: null, ...noProblem }),
  }
}
