import type { Db, Rows } from './db.ts'
import { erase } from './erase.ts'
import type { Members } from './privacy-ports.ts'
import { noteScrub, type Scrubber } from './scrub.ts'

export const membersOf = (db: Db, scrubber: Scrubber): Members => ({
  export: userId =>
    db.read(async rows => {
      const out: Record<string, Record<string, unknown>[]> = {}
      for (const [name, query] of Object.entries(about(rows, userId)))
        out[name] = (await query.execute()).map(readableTimes)
      return out
    }),
  erase: async (userId, at) => {
    const rows = await db.write(async change => {
      await noteScrub(change)
      return erase(change, userId, at)
    })
    await scrubber.run()
    return rows
  },
})

/** Every query that finds rows about a member; a contract test looks for tables that were forgotten. */
const about = (rows: Rows, userId: string) => ({
  saves: rows.selectFrom('saves').selectAll().where('user_id', '=', userId),
  tags: rows.selectFrom('save_tags').selectAll().where('user_id', '=', userId),
  shares: rows
    .selectFrom('posts')
    .innerJoin('post_papers', 'post_papers.post_id', 'posts.post_id')
    .selectAll('posts')
    .select('paper_id')
    .where('user_id', '=', userId),
  votes: rows.selectFrom('votes').selectAll().where('user_id', '=', userId),
  proposals: rows.selectFrom('queue').selectAll().where('user_id', '=', userId),
  proposalMessages: rows.selectFrom('queue_messages').selectAll().where('user_id', '=', userId),
  queueVotes: rows.selectFrom('queue_votes').selectAll().where('user_id', '=', userId),
  follows: rows
    .selectFrom('schedules')
    .selectAll()
    .where('user_id', '=', userId)
    .where('guild_id', 'is', null),
  digests: rows
    .selectFrom('slots')
    .innerJoin('schedules', 'schedules.schedule_id', 'slots.schedule_id')
    .selectAll('slots')
    .where('user_id', '=', userId)
    .where('guild_id', 'is', null),
  dailyPicksSet: rows
    .selectFrom('schedules')
    .selectAll()
    .where('user_id', '=', userId)
    .where('guild_id', 'is not', null),
  papersSent: rows.selectFrom('shown').selectAll().where('place', '=', userId),
  dislikes: rows.selectFrom('dislikes').selectAll().where('user_id', '=', userId),
  mutes: rows.selectFrom('mutes').selectAll().where('place', '=', userId),
  notices: rows.selectFrom('notices').selectAll().where('user_id', '=', userId),
  sourcesSet: rows.selectFrom('sources').selectAll().where('user_id', '=', userId),
  // Its key is the server's.
  zoteroLinksSet: rows
    .selectFrom('zotero_links')
    .select(['guild_id', 'user_id', 'library', 'collection', 'created_at'])
    .where('user_id', '=', userId),
  waitingForZotero: rows.selectFrom('zotero_outbox').selectAll().where('user_id', '=', userId),
})

const readableTimes = (row: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      name.endsWith('_at') && typeof value === 'number' ? new Date(value).toISOString() : value,
    ]),
  )
