import { sql } from 'kysely'
import type { Db, Rows } from './db.ts'
import { problemOf, readable, type ScheduleRow } from './rows.ts'
import type { Notice, Notices } from './schedule-ports.ts'

export const noticesOf = (db: Db): Notices => ({
  untried: limit =>
    db.write(async change => {
      const first = await change
        .selectFrom('notices')
        .select('notice_id')
        .where('tried', '=', 0)
        .orderBy('created_at')
        .limit(limit)
        .execute()
      const marked: string[] = []
      for (const { notice_id } of first) {
        const { numUpdatedRows } = await change
          .updateTable('notices')
          .set({ tried: 1 })
          .where('notice_id', '=', notice_id)
          .where('tried', '=', 0)
          .executeTakeFirst()
        if (numUpdatedRows > 0n) marked.push(notice_id)
      }
      return load(db, change, marked)
    }),

  remove: id =>
    db.write(async change => {
      await change.deleteFrom('notices').where('notice_id', '=', id).execute()
    }),

  // Runs with every command and nearly always finds none.
  pending: member =>
    db.read(async rows => ((await hasAny(rows, member)) ? load(db, rows, await idsFor(rows, member)) : [])),
})

/** Written out: building the query costs more than carrying it out. */
async function hasAny(
  rows: Rows,
  { userId, guildId, manages }: Parameters<Notices['pending']>[0],
): Promise<boolean> {
  const ofGuild = manages && guildId !== undefined ? sql` or guild_id = ${guildId}` : sql``
  const found = await sql`select 1 from notices where user_id = ${userId}${ofGuild} limit 1`.execute(rows)
  return found.rows.length > 0
}

async function idsFor(
  rows: Rows,
  { userId, guildId, manages }: Parameters<Notices['pending']>[0],
): Promise<string[]> {
  const found = await rows
    .selectFrom('notices')
    .select('notice_id')
    .where(eb =>
      eb.or([
        eb('user_id', '=', userId),
        ...(manages && guildId !== undefined ? [eb('guild_id', '=', guildId)] : []),
      ]),
    )
    .execute()
  return found.map(row => row.notice_id)
}

async function load(db: Db, rows: Rows, ids: readonly string[]): Promise<Notice[]> {
  if (ids.length === 0) return []
  const notices = await rows
    .selectFrom('notices')
    .selectAll()
    .where('notice_id', 'in', ids)
    .orderBy('created_at')
    .execute()
  const schedules = await rows
    .selectFrom('schedules')
    .selectAll()
    .where(
      'schedule_id',
      'in',
      notices.map(row => row.schedule_id),
    )
    .execute()
  const byId = new Map<string, ScheduleRow>(schedules.map(row => [row.schedule_id, row]))
  const read = (row: (typeof notices)[number]): Notice | undefined => {
    const schedule = byId.get(row.schedule_id)
    return (
      schedule && {
        id: row.notice_id,
        kind: row.kind as Notice['kind'],
        schedule: { id: row.schedule_id, kind: schedule.kind as Notice['schedule']['kind'] },
        userId: row.user_id ?? undefined,
        guildId: row.guild_id ?? undefined,
        channelId: schedule.channel_id ?? undefined,
        problem: problemOf(schedule),
        date: row.date ?? undefined,
        at: row.created_at,
      }
    )
  }
  const aside = (row: (typeof notices)[number]) => db.unreadable('schedules', row.schedule_id)
  return readable(notices, read, aside).filter(notice => notice !== undefined)
}
