import type { Change, Db } from './db.ts'
import { oncePer } from './idempotency.ts'
import { readable, type ScheduleRow, scheduleOf } from './rows.ts'
import { maxExtras, type Slots } from './schedule-ports.ts'
import { setAsideFor } from './slot-claim.ts'

export const plansOf = (db: Db): Pick<Slots, 'due' | 'plannedAfter' | 'plan' | 'extra'> => ({
  due: async (now, limit) => {
    const found = await db.read(rows =>
      rows
        .selectFrom('schedules')
        .selectAll()
        .where('next_at', '<=', now)
        .where('paused_at', 'is', null)
        .orderBy('next_at')
        .orderBy('schedule_id')
        .limit(limit)
        .execute(),
    )
    const aside: ScheduleRow[] = []
    const schedules = readable(found, scheduleOf, row => aside.push(row))
    for (const row of aside) await setAside(db, row, now)
    return schedules
  },

  plannedAfter: (at, limit) =>
    db.read(async rows => {
      const found = await rows
        .selectFrom('schedules')
        .selectAll()
        .where('next_at', '>', at)
        .where('paused_at', 'is', null)
        .orderBy('next_at', 'desc')
        .orderBy('schedule_id')
        .limit(limit)
        .execute()
      return readable(found, scheduleOf, row => db.unreadable('schedules', row.schedule_id))
    }),

  plan: (schedule, slots, next, now) =>
    db.write(async change => {
      const { numUpdatedRows } = await change
        .updateTable('schedules')
        .set({ next_at: next.at, next_offset: next.offset })
        .where('schedule_id', '=', schedule.id)
        .where('next_at', '=', schedule.next.at)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return false
      for (const slot of slots) await insert(change, schedule.id, slot, now)
      return true
    }),

  extra: request =>
    db.write(change => oncePer(change, request.key, request.at, () => extra(change, request))),
})

async function extra(
  change: Change,
  { guildId, scheduleId, date, at, expiresAt }: Parameters<Slots['extra']>[0],
): Promise<string | undefined> {
  const owned = await change
    .selectFrom('schedules')
    .select('schedule_id')
    .where('schedule_id', '=', scheduleId)
    .where('guild_id', '=', guildId)
    .executeTakeFirst()
  if (owned === undefined) return undefined
  for (let number = 1; number <= maxExtras; number++) {
    const name = `${date}+${number}`
    if (await insert(change, scheduleId, { date: name, at, expiresAt }, at)) return name
  }
  return undefined
}

async function setAside(db: Db, { schedule_id, next_at }: ScheduleRow, now: number): Promise<void> {
  db.unreadable('schedules', schedule_id)
  await db.write(change =>
    change
      .updateTable('schedules')
      .set({ next_at: now + setAsideFor })
      .where('schedule_id', '=', schedule_id)
      .where('next_at', '=', next_at)
      .execute(),
  )
}

async function insert(
  change: Change,
  scheduleId: string,
  slot: { date: string; at: number; expiresAt: number; reason?: string | undefined },
  now: number,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await change
    .insertInto('slots')
    .values({
      schedule_id: scheduleId,
      date: slot.date,
      slot_at: slot.at,
      expires_at: slot.expiresAt,
      state: slot.reason === undefined ? 'open' : 'missed',
      reason: slot.reason ?? null,
      picks: '[]',
      attempts: 0,
      lease_until: 0,
      retry_at: slot.at,
      settled_at: slot.reason === undefined ? null : now,
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}
