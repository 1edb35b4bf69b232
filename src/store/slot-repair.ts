import { slotKeyOf } from '../schedule/slot-key.ts'
import type { Change, Db } from './db.ts'
import { unreserve } from './slot-steps.ts'

const minute = 60_000
/** How far in the future a time may lie before the clock counts as wrong: clocks of several machines differ a little. */
const tolerance = 5 * minute
/** The longest lease, and the longest delay before a retry, whatever Discord asks for. */
const longestWait = 12 * 60 * minute

/** See `Slots.repair`. */
export const repair = (db: Db, now: number, discordNow: number): Promise<number> =>
  db.write(
    async change =>
      (await removeUnsent(change, now)) +
      (await reopen(change, now)) +
      (await endWaits(change, now)) +
      (await backdateSends(change, discordNow)) +
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
  return Number(leases + retries)
}

/**
 * Where a send is said to have begun in the future by Discord's own clock, nobody knows when it did: before now, whatever
 * the slot's time says, which the same clock may have made.
 */
async function backdateSends(change: Change, discordNow: number): Promise<number> {
  const earliest = discordNow - longestWait
  const { numUpdatedRows } = await change
    .updateTable('slots')
    .set(eb => ({
      sending_since: eb.case().when('slot_at', '<', earliest).then(eb.ref('slot_at')).else(earliest).end(),
    }))
    .where('settled_at', 'is', null)
    .where('sending_since', '>', discordNow + tolerance)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

async function settleNow(change: Change, now: number): Promise<number> {
  const { numUpdatedRows } = await change
    .updateTable('slots')
    .set({ settled_at: now })
    .where('settled_at', '>', now + tolerance)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
