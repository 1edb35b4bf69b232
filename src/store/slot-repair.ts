import { slotKeyOf } from '../schedule/slot-key.ts'
import type { Change, Db } from './db.ts'
import { unreserve } from './slot-steps.ts'

const minute = 60_000
/** How far in the future a time may lie before the clock counts as wrong: clocks of several machines differ a little. */
const tolerance = 5 * minute
/** The longest lease, and the longest delay before a retry, whatever Discord asks for. */
const longestWait = 12 * 60 * minute

/** See `Slots.repair`. */
export const repair = (db: Db, now: number): Promise<number> =>
  db.write(
    async change =>
      (await removeUnsent(change, now)) +
      (await reopen(change, now)) +
      (await endWaits(change, now)) +
      (await settleNow(change, now)),
  )

async function removeUnsent(change: Change, now: number): Promise<number> {
  const early = await change
    .selectFrom('slots')
    .select(['schedule_id', 'date'])
    .where('slot_at', '>', now + tolerance)
    .where('sending_since', 'is', null)
    .where('message_id', 'is', null)
    .where('state', 'in', ['open', 'chosen', 'missed', 'none'])
    .execute()
  for (const { schedule_id, date } of early) {
    await unreserve(change, slotKeyOf(schedule_id, date))
    await change.deleteFrom('slots').where('schedule_id', '=', schedule_id).where('date', '=', date).execute()
  }
  return early.length
}

async function reopen(change: Change, now: number): Promise<number> {
  const { numUpdatedRows } = await change
    .updateTable('slots')
    .set({ state: 'open', reason: null, settled_at: null, retry_at: now, lease_until: 0, owner: null })
    .where('state', '=', 'missed')
    .where('reason', '=', 'late')
    .where('settled_at', '>', now + tolerance)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

async function endWaits(change: Change, now: number): Promise<number> {
  const { numUpdatedRows: leases } = await change
    .updateTable('slots')
    .set({ lease_until: 0, owner: null })
    .where('settled_at', 'is', null)
    .where('lease_until', '>', now + longestWait)
    .executeTakeFirst()
  const { numUpdatedRows: retries } = await change
    .updateTable('slots')
    .set({ retry_at: now })
    .where('settled_at', 'is', null)
    .where('retry_at', '>', now + longestWait)
    .executeTakeFirst()
  // The send time recorded for such a message lies in the future: the message was posted at the slot's time at the earliest.
  const { numUpdatedRows: sends } = await change
    .updateTable('slots')
    .set(({ ref }) => ({ sending_since: ref('slot_at') }))
    .where('settled_at', 'is', null)
    .where('sending_since', '>', now + tolerance)
    .executeTakeFirst()
  return Number(leases + retries + sends)
}

async function settleNow(change: Change, now: number): Promise<number> {
  const { numUpdatedRows } = await change
    .updateTable('slots')
    .set({ settled_at: now })
    .where('settled_at', '>', now + tolerance)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
