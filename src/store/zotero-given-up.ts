import { sql } from 'kysely'
import type { Change, Db, Rows } from './db.ts'
import type { ZoteroNotice, ZoteroOutbox } from './zotero-ports.ts'

/** What `zotero_links.notice` says: nothing is to be told; it is; a direct message was tried. */
const noticeIs = { none: 0, untried: 1, tried: 2 } as const

type GivenUp = 'giveUp' | 'givenUp' | 'tryAgain' | 'discard'

/** What Zotero did not take, and is kept until somebody sees to it. */
export const givenUpOf = (db: Db): Pick<ZoteroOutbox, GivenUp> => ({
  giveUp: (guildId, which, at) => db.write(change => giveUp(change, guildId, which, at)),

  givenUp: (guildId, limit) =>
    db.read(async rows => {
      const entries = await rows
        .selectFrom('zotero_outbox')
        .select(['paper_id', 'note', 'reason', 'given_up_at'])
        .where('guild_id', '=', guildId)
        .where('given_up_at', 'is not', null)
        .orderBy('given_up_at', 'desc')
        .orderBy('entry_id')
        .limit(limit)
        .execute()
      return {
        total: await totalOf(rows, guildId),
        entries: entries.map(row => ({
          paperId: row.paper_id,
          hasNote: row.note !== '',
          reason: row.reason ?? '',
          at: row.given_up_at ?? 0,
        })),
      }
    }),

  tryAgain: (guildId, at) =>
    db.write(async change => {
      const count = await waitAgain(change, guildId, at)
      // What was refused by the key or the library is tried now too.
      await change
        .updateTable('zotero_links')
        .set({ next_at: at, failures: 0 })
        .where('guild_id', '=', guildId)
        .execute()
      return count
    }),

  discard: guildId =>
    db.write(async change => {
      const { numDeletedRows } = await change
        .deleteFrom('zotero_outbox')
        .where('guild_id', '=', guildId)
        .where('given_up_at', 'is not', null)
        .executeTakeFirst()
      await mark(change, guildId, noticeIs.none)
      return Number(numDeletedRows)
    }),
})

/** Everything that was given up waits again, as if it had been put down now. @returns how many */
export async function waitAgain(change: Change, guildId: string, at: number): Promise<number> {
  const fresh = { given_up_at: null, refusals: 0, attempts: 0, next_at: 0, created_at: at }
  const { numUpdatedRows } = await change
    .updateTable('zotero_outbox')
    .set(fresh)
    .where('guild_id', '=', guildId)
    .where('given_up_at', 'is not', null)
    .executeTakeFirst()
  await mark(change, guildId, noticeIs.none)
  return Number(numUpdatedRows)
}

async function giveUp(
  change: Change,
  guildId: string,
  which: Parameters<ZoteroOutbox['giveUp']>[1],
  at: number,
): Promise<void> {
  const before = await totalOf(change, guildId)
  const { numUpdatedRows } = await change
    .updateTable('zotero_outbox')
    .set({ given_up_at: at, ...('reason' in which ? { reason: which.reason } : {}) })
    .where('guild_id', '=', guildId)
    .where('given_up_at', 'is', null)
    .where(eb =>
      'entryId' in which ? eb('entry_id', '=', which.entryId) : eb('created_at', '<=', which.until),
    )
    .executeTakeFirst()
  // Told once: what comes to it later is seen beside it.
  if (before === 0 && numUpdatedRows > 0n) await mark(change, guildId, noticeIs.untried)
}

async function totalOf(rows: Rows, guildId: string): Promise<number> {
  const { count } = await rows
    .selectFrom('zotero_outbox')
    .where('guild_id', '=', guildId)
    .where('given_up_at', 'is not', null)
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

export const noticesOfZotero = (db: Db): Pick<ZoteroOutbox, 'untried' | 'told' | 'pending'> => ({
  untried: limit =>
    db.write(async change => {
      const links = await change
        .selectFrom('zotero_links')
        .select(['guild_id', 'user_id'])
        .where('notice', '=', noticeIs.untried)
        .orderBy('guild_id')
        .limit(limit)
        .execute()
      const marked: typeof links = []
      for (const link of links)
        if (await mark(change, link.guild_id, noticeIs.tried, noticeIs.untried)) marked.push(link)
      return noticesFor(change, marked)
    }),

  told: guildId => db.write(async change => void (await mark(change, guildId, noticeIs.none))),

  // Runs with every command, and nearly always finds none.
  pending: member =>
    db.read(async rows =>
      (await isAnyWaiting(rows, member)) ? noticesFor(rows, await waiting(rows, member)) : [],
    ),
})

type Member = Parameters<ZoteroOutbox['pending']>[0]

/** Written out: building the query costs more than carrying it out. */
async function isAnyWaiting(rows: Rows, { userId, guildId, manages }: Member): Promise<boolean> {
  const ofGuild = manages && guildId !== undefined ? sql` or guild_id = ${guildId}` : sql``
  const query = sql`
    select 1 from zotero_links
    where notice != ${noticeIs.none} and (user_id = ${userId}${ofGuild}) limit 1`
  return (await query.execute(rows)).rows.length > 0
}

const waiting = (rows: Rows, { userId, guildId, manages }: Member) =>
  rows
    .selectFrom('zotero_links')
    .select(['guild_id', 'user_id'])
    .where('notice', '!=', noticeIs.none)
    .where(eb =>
      eb.or([
        eb('user_id', '=', userId),
        ...(manages && guildId !== undefined ? [eb('guild_id', '=', guildId)] : []),
      ]),
    )
    .orderBy('guild_id')
    .execute()

/** @param from only where it is that */
async function mark(change: Change, guildId: string, to: number, from?: number): Promise<boolean> {
  const marked = await change
    .updateTable('zotero_links')
    .set({ notice: to })
    .where('guild_id', '=', guildId)
    .$if(from !== undefined, query => query.where('notice', '=', from ?? 0))
    .executeTakeFirst()
  return marked.numUpdatedRows > 0n
}

async function noticesFor(
  rows: Rows,
  links: readonly { readonly guild_id: string; readonly user_id: string | null }[],
): Promise<ZoteroNotice[]> {
  const notices: ZoteroNotice[] = []
  for (const { guild_id: guildId, user_id } of links) {
    const last = await rows
      .selectFrom('zotero_outbox')
      .select('reason')
      .where('guild_id', '=', guildId)
      .where('given_up_at', 'is not', null)
      .orderBy('given_up_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    // Deleted meanwhile, with its member: there is nothing to say.
    if (last === undefined) continue
    const total = await totalOf(rows, guildId)
    notices.push({ guildId, userId: user_id ?? undefined, total, reason: last.reason ?? '' })
  }
  return notices
}
