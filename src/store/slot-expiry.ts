import { slotKeyOf } from '../schedule/slot-key.ts'
import type { Db } from './db.ts'
import { unreserve } from './slot-steps.ts'

/** Slots settled in one transaction. */
const batch = 200

/**
 * Settles the slots whose window has ended and that no process has claimed, with the reason they waited for. Sends of
 * unknown outcome are left to a claim, which looks for the message first.
 */
export const expire = (db: Db, now: number): Promise<number> =>
  db.write(async change => {
    const ended = await change
      .selectFrom('slots')
      .innerJoin('schedules', 'schedules.schedule_id', 'slots.schedule_id')
      .select(['slots.schedule_id', 'date', 'problem', 'paused_at'])
      .where('settled_at', 'is', null)
      .where('expires_at', '<=', now)
      .where('lease_until', '<=', now)
      .where('state', '!=', 'sending')
      .limit(batch)
      .execute()
    let settled = 0
    for (const { schedule_id, date, problem, paused_at } of ended) {
      const { numUpdatedRows } = await change
        .updateTable('slots')
        .set({
          state: 'missed',
          reason: problem ?? (paused_at === null ? 'late' : 'paused'),
          settled_at: now,
          owner: null,
        })
        .where('schedule_id', '=', schedule_id)
        .where('date', '=', date)
        .where('settled_at', 'is', null)
        .where('lease_until', '<=', now)
        .where('state', '!=', 'sending')
        .executeTakeFirst()
      if (numUpdatedRows === 0n) continue
      await unreserve(change, slotKeyOf(schedule_id, date))
      settled++
    }
    return settled
  })
