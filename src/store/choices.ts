import { Failure } from '../errors.ts'
import { type Dislikes, type Mute, type Mutes, maxDislikes, maxMutes, type Place } from './choice-ports.ts'
import type { Change, Db, Rows } from './db.ts'
import { sanitizeText } from './sanitize-text.ts'

/** Rows of `dislikes` that are read of one place: more members than that say nothing new. */
const mostRead = 2_000

export const dislikesOf = (db: Db): Dislikes => ({
  add: (place, { userId, paperId, at }) =>
    db.write(async change => {
      if (!(await isThere(change, place))) return 'gone'
      const paper_id = sanitizeText(paperId)
      const theirs = await dislikesAt(change, place).where('user_id', '=', userId).execute()
      if (theirs.some(row => row.paper_id === paper_id)) return 'there'
      const most = place.guildId === undefined ? maxDislikes.own : maxDislikes.daily
      if (theirs.length >= most)
        throw new Failure('limit', `You have said that of ${most} papers already. Take one back first.`)
      await change
        .insertInto('dislikes')
        .values({
          place: place.id,
          user_id: userId,
          paper_id,
          guild_id: place.guildId ?? null,
          disliked_at: at,
        })
        .onConflict(conflict => conflict.doNothing())
        .execute()
      return 'added'
    }),

  remove: (place, paperId, of) =>
    db.write(async change => {
      const { numDeletedRows } = await change
        .deleteFrom('dislikes')
        .where('place', '=', place.id)
        .where('guild_id', place.guildId === undefined ? 'is' : '=', place.guildId ?? null)
        .where('paper_id', '=', sanitizeText(paperId))
        .$if(of !== undefined, query => query.where('user_id', '=', of ?? ''))
        .executeTakeFirst()
      return Number(numDeletedRows)
    }),

  list: place =>
    db.read(async rows => {
      const found = await dislikesAt(rows, place).limit(mostRead).execute()
      const byPaper = new Map<string, { members: number; at: number }>()
      for (const { paper_id, disliked_at } of found) {
        const known = byPaper.get(paper_id) ?? { members: 0, at: 0 }
        byPaper.set(paper_id, { members: known.members + 1, at: Math.max(known.at, disliked_at) })
      }
      return [...byPaper]
        .map(([paperId, one]) => ({ paperId, ...one }))
        .sort((a, b) => b.members - a.members || b.at - a.at || (a.paperId < b.paperId ? -1 : 1))
    }),

  of: (place, userId) =>
    db.read(async rows => {
      const found = await dislikesAt(rows, place).where('user_id', '=', userId).execute()
      return found.map(row => row.paper_id)
    }),
})

export const mutesOf = (db: Db): Mutes => ({
  add: (place, { kind, key, said, at }) =>
    db.write(async change => {
      if (!(await isThere(change, place))) return 'gone'
      const there = await mutesAt(change, place).execute()
      const mute_key = sanitizeText(key)
      if (there.some(row => row.kind === kind && row.mute_key === mute_key)) return 'there'
      if (there.length >= maxMutes)
        throw new Failure(
          'limit',
          `No more than ${maxMutes} words and authors can be muted. Unmute one first.`,
        )
      await change
        .insertInto('mutes')
        .values({
          place: place.id,
          kind,
          mute_key,
          said: sanitizeText(said),
          guild_id: place.guildId ?? null,
          muted_at: at,
        })
        .onConflict(conflict => conflict.doNothing())
        .execute()
      return 'added'
    }),

  remove: (place, { kind, key }) =>
    db.write(async change => {
      const { numDeletedRows } = await change
        .deleteFrom('mutes')
        .where('place', '=', place.id)
        .where('guild_id', place.guildId === undefined ? 'is' : '=', place.guildId ?? null)
        .where('kind', '=', kind)
        .where('mute_key', '=', sanitizeText(key))
        .executeTakeFirst()
      return numDeletedRows > 0n
    }),

  list: place =>
    db.read(async rows => {
      const found = await mutesAt(rows, place).execute()
      // A kind that a later version made stays as it is, for that version.
      return found.flatMap(({ kind, mute_key: key, said }): Mute[] =>
        kind === 'word' || kind === 'author' ? [{ kind, key, said }] : [],
      )
    }),
})

const dislikesAt = (rows: Rows | Change, { id, guildId }: Place) =>
  rows
    .selectFrom('dislikes')
    .selectAll()
    .where('place', '=', id)
    .where('guild_id', guildId === undefined ? 'is' : '=', guildId ?? null)
    .orderBy('disliked_at', 'desc')
    .orderBy('paper_id')

const mutesAt = (rows: Rows | Change, { id, guildId }: Place) =>
  rows
    .selectFrom('mutes')
    .selectAll()
    .where('place', '=', id)
    .where('guild_id', guildId === undefined ? 'is' : '=', guildId ?? null)
    .orderBy('muted_at', 'desc')
    .orderBy('mute_key')

/** A member is always there; of a daily pick the row is held, so that it cannot go meanwhile. */
async function isThere(change: Change, { id, guildId }: Place): Promise<boolean> {
  if (guildId === undefined) return true
  const { numUpdatedRows } = await change
    .updateTable('schedules')
    .set({ schedule_id: id })
    .where('schedule_id', '=', id)
    .where('guild_id', '=', guildId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** What was chosen for a schedule goes with it. */
export async function forgetChoices(change: Change, scheduleId: string): Promise<void> {
  for (const table of ['dislikes', 'mutes'] as const)
    await change.deleteFrom(table).where('place', '=', scheduleId).execute()
}
