import type { PaperPick } from '../schedule/pick.ts'
import type { Problem, SlotReason } from '../schedule/schedule.ts'
import { slotKeyOf } from '../schedule/slot-key.ts'
import type { Change, Db } from './db.ts'
import { newId } from './ids.ts'
import { parsePicks } from './rows.ts'
import type { Claim, Settlement } from './schedule-ports.ts'

/*
 * The steps of a claim. Each is one statement on the slot that does nothing unless the claim still holds at `now`
 * (a fencing token, in Kleppmann's words), and what belongs to the step within the same transaction.
 */

const fenced = (change: Change, claim: Claim, now: number) =>
  change
    .updateTable('slots')
    .where('schedule_id', '=', claim.slot.scheduleId)
    .where('date', '=', claim.slot.date)
    .where('settled_at', 'is', null)
    .where('owner', '=', claim.owner)
    .where('lease_until', '>', now)

const noLease = { owner: null, lease_until: 0 } as const
const slotKeyFor = (claim: Claim) => slotKeyOf(claim.slot.scheduleId, claim.slot.date)
const placeOf = ({ schedule }: Claim) => (schedule.kind === 'daily' ? schedule.channelId : schedule.userId)
const guildOf = ({ schedule }: Claim) => (schedule.kind === 'daily' ? schedule.guildId : null)

class Taken extends Error {}

export async function choose(
  db: Db,
  claim: Claim,
  picks: readonly PaperPick[],
  now: number,
  reason?: SlotReason,
): Promise<'stored' | 'taken' | 'lost'> {
  try {
    return await db.write(async change => {
      const { numUpdatedRows } = await fenced(change, claim, now)
        .set({ state: 'chosen', picks: JSON.stringify(picks), reason: reason ?? null })
        .where('state', '=', 'open')
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return 'lost'
      for (const { paperId } of picks) await reserve(change, claim, paperId, now)
      return 'stored'
    })
  } catch (error) {
    if (error instanceof Taken) return 'taken'
    throw error
  }
}

async function reserve(change: Change, claim: Claim, paperId: string, now: number) {
  const reserved = await change
    .insertInto('shown')
    .values({
      place: placeOf(claim),
      paper_id: paperId,
      guild_id: guildOf(claim),
      post_id: slotKeyFor(claim),
      shown_at: now,
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('paper_id')
    .execute()
  if (reserved.length === 0) throw new Taken()
}

/** Takes back what a slot reserved, when its papers were not shown. */
export async function unreserve(change: Change, slotKey: string) {
  await change.deleteFrom('shown').where('post_id', '=', slotKey).execute()
  await change.deleteFrom('posts').where('post_id', '=', slotKey).execute()
}

export const unchoose = (db: Db, claim: Claim, now: number): Promise<boolean> =>
  db.write(async change => {
    const { numUpdatedRows } = await fenced(change, claim, now)
      .set({ state: 'open', picks: '[]', reason: null })
      .where('state', '=', 'chosen')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await unreserve(change, slotKeyFor(claim))
    return true
  })

/** The outcome of earlier sends is known: none arrived. */
export const clear = (db: Db, claim: Claim, now: number): Promise<boolean> =>
  db.write(async change => {
    const { numUpdatedRows } = await fenced(change, claim, now)
      .set({ state: 'chosen', sending_since: null })
      .where('state', '=', 'sending')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await change.deleteFrom('posts').where('post_id', '=', slotKeyFor(claim)).execute()
    return true
  })

export const sending = (
  db: Db,
  claim: Claim,
  { now, until, since }: { now: number; until: number; since: number },
): Promise<boolean> =>
  db.write(async change => {
    const byHand = claim.slot.date.includes('+')
    const { numUpdatedRows } = await fenced(change, claim, now)
      .set(eb => ({
        state: 'sending',
        sending_since: eb.fn.coalesce('sending_since', eb.val(since)),
        lease_until: until,
      }))
      .where('state', 'in', ['chosen', 'sending'])
      .$if(!byHand, query =>
        query.where(eb =>
          eb.exists(
            eb
              .selectFrom('schedules')
              .select('schedules.schedule_id')
              .whereRef('schedules.schedule_id', '=', 'slots.schedule_id')
              .where('paused_at', 'is', null),
          ),
        ),
      )
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await putPost(change, claim, now)
    return true
  })

/** The post is recorded before its message is sent, so that the first vote finds it. */
async function putPost(change: Change, claim: Claim, now: number) {
  const { schedule, slot } = claim
  if (schedule.kind !== 'daily') return
  const row = await change
    .selectFrom('slots')
    .select('picks')
    .where('schedule_id', '=', slot.scheduleId)
    .where('date', '=', slot.date)
    .executeTakeFirstOrThrow()
  const picks = parsePicks(row.picks)
  if (picks.length === 0) return
  const post_id = slotKeyFor(claim)
  await change
    .insertInto('posts')
    .values({
      post_id,
      kind: 'pick',
      guild_id: schedule.guildId,
      channel_id: schedule.channelId,
      note: '',
      posted_at: now,
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  await change
    .insertInto('post_papers')
    .values(picks.map(({ paperId }, position) => ({ post_id, paper_id: paperId, position })))
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** After a send that certainly did not arrive the outcome is known, unless an earlier one is unknown. */
async function unsend(change: Change, claim: Claim) {
  if (claim.slot.sendingSince !== undefined) return
  await change.deleteFrom('posts').where('post_id', '=', slotKeyFor(claim)).execute()
  await change
    .updateTable('slots')
    .set({ state: 'chosen', sending_since: null })
    .where('schedule_id', '=', claim.slot.scheduleId)
    .where('date', '=', claim.slot.date)
    .where('state', '=', 'sending')
    .execute()
}

export const release = (
  db: Db,
  claim: Claim,
  retryAt: number,
  now: number,
  { unsent }: { unsent: boolean },
): Promise<boolean> =>
  db.write(async change => {
    const { numUpdatedRows } = await fenced(change, claim, now)
      .set({ retry_at: retryAt, ...noLease })
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    if (unsent) await unsend(change, claim)
    return true
  })

export const stop = (db: Db, claim: Claim, problem: Problem, now: number): Promise<boolean> =>
  db.write(async change => {
    const { numUpdatedRows } = await fenced(change, claim, now).set(noLease).executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await unsend(change, claim)
    const missing = JSON.stringify(problem.missing)
    const kind = (await isMissing(change, claim)) ? 'removed' : problem.kind
    const reported = `${kind} ${missing}`
    const before = await change
      .selectFrom('schedules')
      .select('told')
      .where('schedule_id', '=', claim.schedule.id)
      .executeTakeFirstOrThrow()
    await change
      .updateTable('schedules')
      .set({ problem: kind, missing, problem_at: problem.at, told: reported })
      .where('schedule_id', '=', claim.schedule.id)
      .execute()
    if (before.told !== reported && kind !== 'removed') await putNotice(change, claim, 'stopped', now)
    return true
  })

/** Whoever removed the bot from the server knows why it posts nothing there. */
async function isMissing(change: Change, claim: Claim): Promise<boolean> {
  const guildId = guildOf(claim)
  if (guildId === null) return false
  const row = await change
    .selectFrom('guilds')
    .select('missing_at')
    .where('guild_id', '=', guildId)
    .executeTakeFirst()
  return row !== undefined && row.missing_at !== null
}

async function putNotice(
  change: Change,
  { schedule, slot }: Claim,
  kind: 'stopped' | 'unknown',
  now: number,
) {
  const daily = schedule.kind === 'daily'
  await change
    .insertInto('notices')
    .values({
      notice_id: newId('n'),
      kind,
      schedule_id: schedule.id,
      user_id: (daily ? schedule.createdBy : schedule.userId) ?? null,
      guild_id: daily ? schedule.guildId : null,
      date: slot.date,
      // Follows are sent by direct message, which is what does not work here.
      tried: daily ? 0 : 1,
      created_at: now,
    })
    .execute()
}

export const settle = (
  db: Db,
  claim: Claim,
  { state, reason, messageId, at }: Settlement,
): Promise<boolean> =>
  db.write(async change => {
    const { numUpdatedRows } = await fenced(change, claim, at)
      .set({ state, reason: reason ?? null, message_id: messageId ?? null, settled_at: at, ...noLease })
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    if (state === 'posted')
      await notePosted(change, claim, { messageId, at, isNotice: reason === 'unsettled' })
    if (state === 'missed') await unreserve(change, slotKeyFor(claim))
    if (state === 'unknown') await putNotice(change, claim, 'unknown', at)
    return true
  })

interface Noted {
  readonly messageId: string | undefined
  readonly at: number
  /** Without papers it says that a source has not come, not that the topic is exhausted. */
  readonly isNotice: boolean
}

async function notePosted(change: Change, claim: Claim, { messageId, at, isNotice }: Noted) {
  const slotKey = slotKeyFor(claim)
  // A post in a forum is a thread of its own, and has its message's id.
  const inForum = claim.schedule.kind === 'daily' && claim.schedule.thread === 'forum'
  await change
    .updateTable('posts')
    .set({ message_id: messageId ?? null, ...(inForum ? { thread_id: messageId ?? null } : {}) })
    .where('post_id', '=', slotKey)
    .execute()
  const papers = await change.selectFrom('shown').select('paper_id').where('post_id', '=', slotKey).execute()
  await change
    .updateTable('schedules')
    .set({
      last_posted_at: at,
      exhausted_at: papers.length === 0 && !isNotice ? at : null,
      told: null,
    })
    .where('schedule_id', '=', claim.schedule.id)
    .execute()
}
