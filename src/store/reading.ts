import { sql } from 'kysely'
import type { Db, Rows } from './db.ts'
import { postsIn } from './posts.ts'
import type { Reading, ReadingOfDay } from './reading-ports.ts'

export const readingOf = (db: Db): Reading => ({
  days: (guildId, since) =>
    db.read(async rows => [...(await posts(rows, guildId, since)), ...(await votes(rows, guildId, since))]),

  latest: (guildId, kind, channelIds, limit) =>
    db.read(async rows => {
      if (channelIds.length === 0) return []
      const found = await rows
        .selectFrom('posts')
        .selectAll()
        .where('guild_id', '=', guildId)
        .where('kind', '=', kind)
        .where('channel_id', 'in', channelIds)
        // Of what has not arrived nobody knows whether anybody saw it.
        .where('message_id', 'is not', null)
        // A share without a member is one whose member had it erased.
        .where(({ or, eb }) => or([eb('kind', '!=', 'share'), eb('user_id', 'is not', null)]))
        .orderBy('posted_at', 'desc')
        .orderBy('post_id')
        .limit(limit)
        .execute()
      return postsIn(rows, found)
    }),
})

const length = 86_400_000
/** The day's start, UTC. A literal, because a bound number would make SQLite divide without rounding down. */
const dayOf = (column: string) => sql<number>`${sql.ref(column)} / 86400000`

async function posts(rows: Rows, guildId: string, since: number): Promise<ReadingOfDay[]> {
  const found = await rows
    .selectFrom('posts')
    .innerJoin('post_papers', 'post_papers.post_id', 'posts.post_id')
    .where('guild_id', '=', guildId)
    .where('posted_at', '>=', since)
    .where('kind', 'in', ['share', 'pick'])
    .select(({ fn }) => ['kind', dayOf('posted_at').as('day'), fn.countAll().as('uses')])
    .groupBy(['kind', 'day'])
    .execute()
  return found.map(row => ({ kind: row.kind === 'pick' ? 'pick' : 'share', ...counted(row) }))
}

async function votes(rows: Rows, guildId: string, since: number): Promise<ReadingOfDay[]> {
  const found = await rows
    .selectFrom('votes')
    .where('guild_id', '=', guildId)
    .where('voted_at', '>=', since)
    .select(({ fn }) => [dayOf('voted_at').as('day'), fn.countAll().as('uses')])
    .groupBy('day')
    .execute()
  return found.map(row => ({ kind: 'vote', ...counted(row) }))
}

const counted = (row: { day: number; uses: number | string | bigint }) => ({
  day: Number(row.day) * length,
  count: Number(row.uses),
})
