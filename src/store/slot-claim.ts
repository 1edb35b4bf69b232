import { type ExpressionBuilder, sql } from 'kysely'
import type { Change, Db, Rows } from './db.ts'
import { readable, type ScheduleRow, type SlotRow, scheduleOf, slotOf } from './rows.ts'
import type { Claim } from './schedule-ports.ts'
import type { Schema } from './schema.ts'

/** After this long, in milliseconds, a row that cannot be read is tried again: a newer release may run by then. */
export const setAsideFor = 3_600_000

export const claim = (db: Db, owner: string, now: number, until: number, limit: number): Promise<Claim[]> =>
  db.write(async change => {
    // Serialises the claims of several processes, so that they do not compete for the same rows.
    if (db.kind === 'postgres') await sql`select pg_advisory_xact_lock(762983746)`.execute(change)
    await take(change, owner, now, until, limit)
    return claimsOf(db, change, { owner, now, until })
  })

type Joined = ExpressionBuilder<Schema, 'slots' | 'schedules'>

/**
 * Claimable slots: those with a send of unknown outcome always, to find out; otherwise a slot within its window whose
 * schedule is not stopped. A pause does not stop posts that a person asks for.
 */
const claimable = (eb: Joined, now: number) =>
  eb.or([
    eb('slots.state', '=', 'sending'),
    eb.and([
      eb('slots.expires_at', '>', now),
      eb('schedules.problem', 'is', null),
      eb.or([eb('schedules.paused_at', 'is', null), eb('slots.date', 'like', '%+%')]),
    ]),
  ])

async function take(change: Change, owner: string, now: number, until: number, limit: number) {
  const candidates = change
    .selectFrom('slots')
    .innerJoin('schedules', 'schedules.schedule_id', 'slots.schedule_id')
    .where('settled_at', 'is', null)
    .where('retry_at', '<=', now)
    .where('lease_until', '<=', now)
    .where(eb => claimable(eb, now))
    .select([
      'slots.schedule_id',
      'slots.date',
      'slots.retry_at',
      sql<number>`row_number() over (
        partition by coalesce(schedules.channel_id, schedules.user_id)
        order by slots.slot_at, slots.schedule_id
      )`.as('turn'),
    ])
  const first = await change
    .selectFrom(candidates.as('waiting'))
    .select(['schedule_id', 'date'])
    .orderBy('turn')
    .orderBy('retry_at')
    .orderBy('schedule_id')
    .limit(limit)
    .execute()
  for (const { schedule_id, date } of first)
    await change
      .updateTable('slots')
      .set(eb => ({ owner, lease_until: until, attempts: eb('attempts', '+', 1) }))
      .where('schedule_id', '=', schedule_id)
      .where('date', '=', date)
      .where('settled_at', 'is', null)
      .where('lease_until', '<=', now)
      .execute()
}

interface Taking {
  readonly owner: string
  readonly now: number
  readonly until: number
}

async function claimsOf(db: Db, change: Change, { owner, now, until }: Taking): Promise<Claim[]> {
  const slots = await change.selectFrom('slots').selectAll().where('owner', '=', owner).execute()
  if (slots.length === 0) return []
  const schedules = new Map<string, ScheduleRow>()
  const ids = slots.map(slot => slot.schedule_id)
  for (const row of await change
    .selectFrom('schedules')
    .selectAll()
    .where('schedule_id', 'in', ids)
    .execute())
    schedules.set(row.schedule_id, row)
  const aside: SlotRow[] = []
  const claims = readable(
    slots,
    slot => {
      const schedule = schedules.get(slot.schedule_id)
      return schedule && { slot: slotOf(slot), schedule: scheduleOf(schedule), owner, until }
    },
    slot => aside.push(slot),
  )
  for (const { schedule_id, date } of aside) {
    db.unreadable('slots', schedule_id)
    await change
      .updateTable('slots')
      .set({ owner: null, lease_until: 0, retry_at: now + setAsideFor })
      .where('schedule_id', '=', schedule_id)
      .where('date', '=', date)
      .execute()
  }
  return claims.filter(found => found !== undefined)
}

/** The first time that a slot can be worked on: nobody does before its claim ends, whatever else is due. */
const freeAfter = (column: 'retry_at' | 'expires_at') =>
  sql<
    number | null
  >`min(case when ${sql.ref(column)} > lease_until then ${sql.ref(column)} else lease_until end)`

/** See `Slots.nextAt`. */
export async function nextAt(rows: Rows): Promise<number | undefined> {
  const planned = await rows
    .selectFrom('schedules')
    .where('paused_at', 'is', null)
    .select(({ fn }) => fn.min('next_at').as('at'))
    .executeTakeFirst()
  const waiting = await rows
    .selectFrom('slots')
    .innerJoin('schedules', 'schedules.schedule_id', 'slots.schedule_id')
    .where('settled_at', 'is', null)
    .where(eb => claimable(eb, 0))
    .select(freeAfter('retry_at').as('at'))
    .executeTakeFirst()
  const ending = await rows
    .selectFrom('slots')
    .where('settled_at', 'is', null)
    .where('state', '!=', 'sending')
    .select(freeAfter('expires_at').as('at'))
    .executeTakeFirst()
  const times = [planned?.at, waiting?.at, ending?.at].filter(at => at !== null && at !== undefined)
  return times.length === 0 ? undefined : Math.min(...times)
}

/** See `Slots.sendingSince`. */
export async function sendingSince(rows: Rows): Promise<number | undefined> {
  const found = await rows
    .selectFrom('slots')
    .where('settled_at', 'is', null)
    .where('state', '=', 'sending')
    .select(({ fn }) => fn.min('sending_since').as('at'))
    .executeTakeFirst()
  return found?.at === null || found?.at === undefined ? undefined : Number(found.at)
}
