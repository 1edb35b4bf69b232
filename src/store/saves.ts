import { Failure } from '../errors.ts'
import type { Change, Db, Rows } from './db.ts'
import {
  maxSaves,
  type Save,
  type SaveChange,
  type SaveFilter,
  type SaveStatus,
  type Saves,
} from './ports.ts'
import { sanitizeText } from './sanitize-text.ts'
import { addToOutbox } from './zotero-add.ts'
import type { ZoteroOutcome } from './zotero-ports.ts'

export const savesOf = (db: Db): Saves => ({
  get: (userId, paperId) => db.read(rows => find(rows, userId, paperId)),

  put: (userId, save) =>
    db.write(async change => {
      const before = await find(change, userId, save.paperId)
      if (before === undefined) await refuseTooMany(change, userId)
      await write(change, userId, save)
      if (save.tags !== undefined) await setTags(change, userId, save.paperId, save.tags)
      const after = await find(change, userId, save.paperId)
      if (after === undefined) throw new Error('A save vanished within its own transaction')
      const zotero = before === undefined ? await alsoSent(change, userId, save) : 'unwanted'
      return { save: after, before, created: before === undefined, zotero }
    }),

  remove: (userId, paperId) =>
    db.write(async change => {
      const { numDeletedRows } = await change
        .deleteFrom('saves')
        .where('user_id', '=', userId)
        .where('paper_id', '=', paperId)
        .executeTakeFirst()
      return numDeletedRows > 0n
    }),

  list: (userId, filter = {}, page = { limit: 1_000_000, offset: 0 }) =>
    db.read(async rows => {
      const matching = filtered(rows, userId, filter)
      const counted = await matching.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirst()
      const found = await matching
        .selectAll('saves')
        .orderBy('saved_at', 'desc')
        .orderBy('paper_id')
        .limit(page.limit)
        .offset(page.offset)
        .execute()
      const tags = await tagsOf(rows, userId)
      return {
        saves: found.map(row => saveOf(row, tags.get(row.paper_id))),
        total: Number(counted?.total ?? 0),
      }
    }),

  tags: userId =>
    db.read(async rows => {
      const found = await rows
        .selectFrom('save_tags')
        .where('user_id', '=', userId)
        .select(({ fn }) => ['tag', fn.countAll<number>().as('uses')])
        .groupBy('tag')
        .execute()
      const tags = found.map(({ tag, uses }) => ({ tag, count: Number(uses) }))
      return tags.sort((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1))
    }),
})

type NewSave = Parameters<Saves['put']>[1]

/** What is left out is not written back: another change of the entry may have come since it was read. */
async function write(
  change: Change,
  userId: string,
  { paperId, guildId, at, status, note }: NewSave,
): Promise<void> {
  const wanted = {
    changed_at: at,
    ...(status === undefined ? {} : { status }),
    ...(note === undefined ? {} : { note: sanitizeText(note) }),
  }
  const fresh = { guild_id: guildId ?? null, saved_at: at, status: 'to-read', note: '', ...wanted }
  await change
    .insertInto('saves')
    .values({ user_id: userId, paper_id: paperId, ...fresh })
    .onConflict(conflict => conflict.columns(['user_id', 'paper_id']).doUpdateSet(wanted))
    .execute()
}

/** In one transaction with the save: a process that ends in between leaves neither. */
async function alsoSent(
  change: Change,
  userId: string,
  { paperId, guildId, zoteroTag: tag, at }: NewSave,
): Promise<ZoteroOutcome> {
  if (guildId === undefined || tag === undefined) return 'unwanted'
  return addToOutbox(change, { guildId, paperId, tag, note: '', userId, isSave: true, at })
}

interface SaveRow {
  readonly paper_id: string
  readonly status: string
  readonly note: string
  readonly saved_at: number
  readonly changed_at: number
}

const saveOf = (row: SaveRow, tags: readonly string[] = []): Save => ({
  paperId: row.paper_id,
  status: row.status as SaveStatus,
  note: row.note,
  tags: [...tags].sort(),
  savedAt: row.saved_at,
  changedAt: row.changed_at,
})

async function find(rows: Rows, userId: string, paperId: string): Promise<Save | undefined> {
  const row = await rows
    .selectFrom('saves')
    .selectAll()
    .where('user_id', '=', userId)
    .where('paper_id', '=', paperId)
    .executeTakeFirst()
  return row && saveOf(row, (await tagsOf(rows, userId, paperId)).get(paperId))
}

async function tagsOf(rows: Rows, userId: string, paperId?: string): Promise<Map<string, string[]>> {
  const found = await rows
    .selectFrom('save_tags')
    .select(['paper_id', 'tag'])
    .where('user_id', '=', userId)
    .$if(paperId !== undefined, query => query.where('paper_id', '=', paperId ?? ''))
    .execute()
  const tags = new Map<string, string[]>()
  for (const row of found) tags.set(row.paper_id, [...(tags.get(row.paper_id) ?? []), row.tag])
  return tags
}

function filtered(rows: Rows, userId: string, { status, tag }: SaveFilter) {
  let query = rows.selectFrom('saves').where('saves.user_id', '=', userId)
  if (status !== undefined) query = query.where('status', '=', status)
  if (tag !== undefined)
    query = query.where('paper_id', 'in', inner =>
      inner
        .selectFrom('save_tags')
        .select('save_tags.paper_id')
        .where('save_tags.user_id', '=', userId)
        .where('tag', '=', tag.toLowerCase()),
    )
  return query
}

/** After the entry itself is written, which keeps other changes of it waiting. */
async function setTags(
  change: Change,
  userId: string,
  paperId: string,
  given: NonNullable<SaveChange['tags']>,
): Promise<void> {
  const tags =
    typeof given === 'function' ? given((await tagsOf(change, userId, paperId)).get(paperId) ?? []) : given
  const wanted = new Set(tags.map(tag => sanitizeText(tag.trim().toLowerCase())).filter(tag => tag !== ''))
  await change.deleteFrom('save_tags').where('user_id', '=', userId).where('paper_id', '=', paperId).execute()
  if (wanted.size > 0)
    await change
      .insertInto('save_tags')
      .values([...wanted].map(tag => ({ user_id: userId, paper_id: paperId, tag })))
      .execute()
}

async function refuseTooMany(change: Change, userId: string) {
  const counted = await change
    .selectFrom('saves')
    .where('user_id', '=', userId)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirst()
  if (Number(counted?.total ?? 0) >= maxSaves)
    throw new Failure('limit', `Your list holds ${maxSaves} papers already. Remove some first.`)
}
