import { Failure } from '../errors.ts'
import type { Change, Db, Rows } from './db.ts'
import { oncePer } from './idempotency.ts'
import { maxQueue, type Queue, type QueueEntry, type QueueMessage } from './queue-ports.ts'
import { sanitizeText } from './sanitize-text.ts'
import { addToOutbox } from './zotero-add.ts'

const open = ['proposed', 'picked'] as const

export const queueOf = (db: Db): Queue => ({
  propose: entry => db.write(change => oncePer(change, entry.key, entry.at, () => propose(change, entry))),
  vote: cast => db.write(change => vote(change, cast)),
  toggle: cast => db.write(change => oncePer(change, cast.key, cast.at, () => toggle(change, cast))),

  list: (guildId, states) => db.read(rows => entries(rows, guildId, states)),
  get: (guildId, paperId) => db.read(rows => find(rows, guildId, paperId)),

  pick: request =>
    db.write(async change => {
      const picked = await oncePer(change, request.key, request.at, () => pick(change, request))
      return picked === undefined ? undefined : find(change, request.guildId, picked)
    }),

  discussed: request =>
    db.write(change => oncePer(change, request.key, request.at, () => discussed(change, request))),

  remove: (guildId, paperId) =>
    db.write(async change => {
      const { numDeletedRows } = await change
        .deleteFrom('queue')
        .where('guild_id', '=', guildId)
        .where('paper_id', '=', paperId)
        .executeTakeFirst()
      return numDeletedRows > 0n
    }),
})

/** @returns the paper's id */
async function pick(
  change: Change,
  { guildId, at, paperId, message }: Parameters<Queue['pick']>[0],
): Promise<string | undefined> {
  const next = await pickNext(change, guildId, at, paperId)
  if (next === undefined) return undefined
  const shown = { guildId, paperId: next.paperId, userId: next.proposedBy, at }
  if (message !== undefined) await noteMessage(change, 'next', message, shown)
  return next.paperId
}

async function pickNext(
  change: Change,
  guildId: string,
  at: number,
  paperId: string | undefined,
): Promise<QueueEntry | undefined> {
  const waiting = await entries(change, guildId, open)
  const wanted = (entry: QueueEntry) =>
    paperId === undefined ? entry.state === 'proposed' : entry.paperId === paperId
  const next = waiting.find(wanted)
  if (next === undefined) return undefined
  for (const entry of waiting)
    if (entry.state === 'picked') await setState(change, guildId, entry.paperId, 'proposed', at)
  return (await setState(change, guildId, next.paperId, 'picked', at)) ? next : undefined
}

async function discussed(
  change: Change,
  { guildId, paperId, at, zotero }: Parameters<Queue['discussed']>[0],
): ReturnType<Queue['discussed']> {
  if (!(await setState(change, guildId, paperId, 'discussed', at))) return undefined
  if (zotero === undefined) return 'unwanted'
  return addToOutbox(change, { guildId, paperId, ...zotero, note: '', isSave: false, at })
}

async function propose(
  change: Change,
  { guildId, paperId, userId, note, at, message }: Parameters<Queue['propose']>[0],
): ReturnType<Queue['propose']> {
  const before = await find(change, guildId, paperId)
  if (before !== undefined && before.state !== 'discussed') return 'already-queued'
  if ((await entries(change, guildId, open)).length >= maxQueue)
    throw new Failure('limit', `The queue holds ${maxQueue} papers already. Discuss or remove some first.`)
  const row = {
    state: 'proposed',
    user_id: userId,
    note: sanitizeText(note),
    proposed_at: at,
    changed_at: at,
  }
  await change
    .deleteFrom('queue_votes')
    .where('guild_id', '=', guildId)
    .where('paper_id', '=', paperId)
    .execute()
  await change
    .insertInto('queue')
    .values({ guild_id: guildId, paper_id: paperId, ...row })
    .onConflict(conflict => conflict.columns(['guild_id', 'paper_id']).doUpdateSet(row))
    .execute()
  if (message !== undefined) await noteMessage(change, 'proposal', message, { guildId, paperId, userId, at })
  return before === undefined ? 'added' : 'again'
}

async function noteMessage(
  change: Change,
  kind: 'proposal' | 'next',
  { mark, channelId }: QueueMessage,
  about: { guildId: string; paperId: string; userId: string | undefined; at: number },
): Promise<void> {
  await change
    .insertInto('queue_messages')
    .values({
      mark,
      kind,
      guild_id: about.guildId,
      channel_id: channelId,
      paper_id: about.paperId,
      user_id: about.userId ?? null,
      posted_at: about.at,
    })
    .execute()
}

async function vote(
  change: Change,
  { guildId, paperId, userId, wanted, at }: Parameters<Queue['vote']>[0],
): ReturnType<Queue['vote']> {
  const entry = await find(change, guildId, paperId)
  if (entry === undefined || entry.state === 'discussed') return undefined
  if (wanted)
    await change
      .insertInto('queue_votes')
      .values({ guild_id: guildId, paper_id: paperId, user_id: userId, voted_at: at })
      .onConflict(conflict => conflict.doNothing())
      .execute()
  else
    await change
      .deleteFrom('queue_votes')
      .where('guild_id', '=', guildId)
      .where('paper_id', '=', paperId)
      .where('user_id', '=', userId)
      .execute()
  return (await find(change, guildId, paperId))?.votes
}

async function toggle(change: Change, cast: Parameters<Queue['toggle']>[0]): ReturnType<Queue['toggle']> {
  const mine = await change
    .selectFrom('queue_votes')
    .select('voted_at')
    .where('guild_id', '=', cast.guildId)
    .where('paper_id', '=', cast.paperId)
    .where('user_id', '=', cast.userId)
    .executeTakeFirst()
  const wanted = mine === undefined
  const votes = await vote(change, { ...cast, wanted })
  return votes === undefined ? undefined : { votes, wanted }
}

/** Only where the paper has not been discussed. @returns whether it was so */
async function setState(
  change: Change,
  guildId: string,
  paperId: string,
  state: QueueEntry['state'],
  at: number,
): Promise<boolean> {
  const { numUpdatedRows } = await change
    .updateTable('queue')
    .set({ state, changed_at: at })
    .where('guild_id', '=', guildId)
    .where('paper_id', '=', paperId)
    .where('state', 'in', open)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const order = { proposed: 0, picked: 1, discussed: 2 } as const

async function entries(
  rows: Rows,
  guildId: string,
  states: readonly QueueEntry['state'][] = ['proposed', 'picked', 'discussed'],
): Promise<QueueEntry[]> {
  const found = await query(rows, guildId).where('state', 'in', states).execute()
  return found.map(entryOf).sort((a, b) => {
    if (a.state !== b.state) return order[a.state] - order[b.state]
    if (a.state === 'discussed') return b.changedAt - a.changedAt
    return b.votes - a.votes || a.proposedAt - b.proposedAt || (a.paperId < b.paperId ? -1 : 1)
  })
}

async function find(rows: Rows, guildId: string, paperId: string): Promise<QueueEntry | undefined> {
  const row = await query(rows, guildId).where('queue.paper_id', '=', paperId).executeTakeFirst()
  return row && entryOf(row)
}

const query = (rows: Rows, guildId: string) =>
  rows
    .selectFrom('queue')
    .where('queue.guild_id', '=', guildId)
    .selectAll('queue')
    .select(inner =>
      inner
        .selectFrom('queue_votes')
        .whereRef('queue_votes.guild_id', '=', 'queue.guild_id')
        .whereRef('queue_votes.paper_id', '=', 'queue.paper_id')
        .select(({ fn }) => fn.countAll<number>().as('votes'))
        .as('votes'),
    )

const entryOf = (row: Awaited<ReturnType<ReturnType<typeof query>['execute']>>[number]): QueueEntry => ({
  paperId: row.paper_id,
  state: row.state as QueueEntry['state'],
  proposedBy: row.user_id ?? undefined,
  note: row.note,
  votes: Number(row.votes ?? 0),
  proposedAt: row.proposed_at,
  changedAt: row.changed_at,
})
