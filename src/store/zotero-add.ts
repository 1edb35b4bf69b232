import { createHash } from 'node:crypto'
import type { Change, Rows } from './db.ts'
import { sanitizeText } from './sanitize-text.ts'
import { maxZoteroEntries, type NewZoteroEntry, type ZoteroOutcome } from './zotero-ports.ts'

/** Puts an entry into the outbox within whatever transaction makes it necessary: both are kept, or neither. */
export async function addToOutbox(change: Change, entry: NewZoteroEntry): Promise<ZoteroOutcome> {
  const { guildId, paperId, tag, userId, at } = entry
  const link = await change
    .selectFrom('zotero_links')
    .select('saves')
    .where('guild_id', '=', guildId)
    .executeTakeFirst()
  if (link === undefined || (entry.isSave && link.saves !== 1)) return 'unwanted'
  if ((await countOf(change, guildId)) >= maxZoteroEntries) return 'full'
  const note = sanitizeText(entry.note)
  // What two processes hear of is one entry.
  const digest = createHash('sha256')
    .update(JSON.stringify([guildId, paperId, tag, note]))
    .digest('hex')
  // Wanted once more, it is tried at once, also where it was given up.
  const fresh = { attempts: 0, refusals: 0, next_at: 0, given_up_at: null, created_at: at }
  await change
    .insertInto('zotero_outbox')
    .values({
      entry_id: digest.slice(0, 32),
      guild_id: guildId,
      paper_id: paperId,
      tag,
      note,
      user_id: userId,
      ...fresh,
    })
    .onConflict(conflict => conflict.column('entry_id').doUpdateSet(fresh))
    .execute()
  return 'added'
}

/** Entries of one server. */
async function countOf(rows: Rows, guildId: string): Promise<number> {
  const { count } = await rows
    .selectFrom('zotero_outbox')
    .where('guild_id', '=', guildId)
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
