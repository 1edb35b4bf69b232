import { type Selectable, sql } from 'kysely'
import type { Change, Db } from './db.ts'
import type { Schema } from './schema.ts'
import { addToOutbox } from './zotero-add.ts'
import { givenUpOf, noticesOfZotero, waitAgain } from './zotero-given-up.ts'
import type { ZoteroLink, ZoteroOutbox } from './zotero-ports.ts'

export const zoteroOf = (db: Db): ZoteroOutbox => ({
  ...linksOf(db),
  ...entriesOf(db),
  ...itemsOf(db),
  ...givenUpOf(db),
  ...noticesOfZotero(db),
})

type Items = 'itemOf' | 'noteItem'
type Entries = 'add' | 'waiting' | 'entries' | 'done' | 'failed'
type Links = 'link' | 'setLink' | 'removeLink' | 'claim' | 'release'

const linksOf = (db: Db): Pick<ZoteroOutbox, Links> => ({
  link: guildId =>
    db.read(async rows => {
      const row = await rows
        .selectFrom('zotero_links')
        .selectAll()
        .where('guild_id', '=', guildId)
        .executeTakeFirst()
      return row && linkOf(row)
    }),

  setLink: link => db.write(change => setLink(change, link)),

  removeLink: guildId =>
    db.write(async change => {
      await change.deleteFrom('zotero_outbox').where('guild_id', '=', guildId).execute()
      const removed = await change
        .deleteFrom('zotero_links')
        .where('guild_id', '=', guildId)
        .executeTakeFirst()
      return removed.numDeletedRows > 0n
    }),

  claim: (owner, now, until) => db.write(change => claim(change, owner, now, until)),

  release: (guildId, owner, { nextAt, problem, failures }) =>
    db.write(async change => {
      await change
        .updateTable('zotero_links')
        .set({ owner: null, lease_until: 0, next_at: nextAt, problem: problem ?? null, failures })
        .where('guild_id', '=', guildId)
        .where('owner', '=', owner)
        .execute()
    }),
})

const entriesOf = (db: Db): Pick<ZoteroOutbox, Entries> => ({
  add: entry => db.write(change => addToOutbox(change, entry)),
  waiting: guildId =>
    db.read(async rows => {
      const { count } = await rows
        .selectFrom('zotero_outbox')
        .where('guild_id', '=', guildId)
        .where('given_up_at', 'is', null)
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    }),

  entries: (guildId, limit, now) =>
    db.read(async rows => {
      const found = await rows
        .selectFrom('zotero_outbox')
        .selectAll()
        .where('guild_id', '=', guildId)
        .where('given_up_at', 'is', null)
        .where(isOver('next_at', now))
        .orderBy('attempts')
        .orderBy('created_at')
        .orderBy('entry_id')
        .limit(limit)
        .execute()
      return found.map(row => ({
        id: row.entry_id,
        paperId: row.paper_id,
        tag: row.tag,
        note: row.note,
        attempts: row.attempts,
        refusals: row.refusals,
        createdAt: row.created_at,
      }))
    }),

  done: (entryId, owner) =>
    db.write(async change => {
      await change
        .deleteFrom('zotero_outbox')
        .where('entry_id', '=', entryId)
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('zotero_links')
              .select('owner')
              .whereRef('zotero_links.guild_id', '=', 'zotero_outbox.guild_id')
              .where('owner', '=', owner),
          ),
        )
        .execute()
    }),

  failed: (entryId, { isRefused, nextAt, reason }) =>
    db.write(async change => {
      await change
        .updateTable('zotero_outbox')
        .set(({ eb }) => ({
          attempts: eb('attempts', '+', 1),
          refusals: eb('refusals', '+', isRefused ? 1 : 0),
          next_at: nextAt,
          reason,
        }))
        .where('entry_id', '=', entryId)
        .execute()
    }),
})

const itemsOf = (db: Db): Pick<ZoteroOutbox, Items> => ({
  itemOf: ({ guildId, library }, paperId) =>
    db.read(async rows => {
      const row = await rows
        .selectFrom('zotero_items')
        .select('item_key')
        .where('guild_id', '=', guildId)
        .where('library', '=', library)
        .where('paper_id', '=', paperId)
        .executeTakeFirst()
      return row?.item_key
    }),

  noteItem: ({ guildId, library }, paperId, itemKey) =>
    db.write(async change => {
      await change
        .insertInto('zotero_items')
        .values({ guild_id: guildId, library, paper_id: paperId, item_key: itemKey })
        .onConflict(conflict =>
          conflict.columns(['guild_id', 'library', 'paper_id']).doUpdateSet({ item_key: itemKey }),
        )
        .execute()
    }),
})

const linkOf = (row: Selectable<Schema['zotero_links']>): ZoteroLink => ({
  guildId: row.guild_id,
  library: row.library,
  collection: row.collection,
  writeKey: row.write_key,
  sendsSaves: row.saves === 1,
  problem: row.problem ?? undefined,
  failures: row.failures,
})

async function setLink(change: Change, link: Parameters<ZoteroOutbox['setLink']>[0]): Promise<void> {
  const row = {
    library: link.library,
    collection: link.collection,
    write_key: link.writeKey,
    saves: link.sendsSaves ? 1 : 0,
    user_id: link.userId,
    created_at: link.at,
    problem: null,
    next_at: link.at,
    owner: null,
    lease_until: 0,
    failures: 0,
    notice: 0,
  }
  await change
    .insertInto('zotero_links')
    .values({ guild_id: link.guildId, ...row })
    .onConflict(conflict => conflict.column('guild_id').doUpdateSet(row))
    .execute()
  await waitAgain(change, link.guildId, link.at)
}

/** Longer than any lease or pause. */
const longestWait = 2 * 24 * 3_600_000

/** Whether what lasts until that time is over; what ends later than any was put down by a clock that ran ahead. */
const isOver = (column: string, now: number) =>
  sql<boolean>`(${sql.ref(column)} <= ${now} or ${sql.ref(column)} > ${now + longestWait})`

async function claim(
  change: Change,
  owner: string,
  now: number,
  until: number,
): Promise<ZoteroLink | undefined> {
  const due = await change
    .selectFrom('zotero_links')
    .selectAll()
    .where(isOver('zotero_links.next_at', now))
    .where(isOver('lease_until', now))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('zotero_outbox')
          .select('entry_id')
          .whereRef('zotero_outbox.guild_id', '=', 'zotero_links.guild_id')
          .where('zotero_outbox.given_up_at', 'is', null)
          .where(isOver('zotero_outbox.next_at', now)),
      ),
    )
    .orderBy('zotero_links.next_at')
    .limit(1)
    .executeTakeFirst()
  if (due === undefined) return undefined
  const taken = await change
    .updateTable('zotero_links')
    .set({ owner, lease_until: until })
    .where('guild_id', '=', due.guild_id)
    .where(isOver('lease_until', now))
    .executeTakeFirst()
  return taken.numUpdatedRows > 0n ? linkOf(due) : undefined
}
