import { sql } from 'kysely'
import type { Db, Rows } from './db.ts'
import type { Activity, Interest } from './ports.ts'

export const interestOf = (db: Db): Interest => ({
  since: (guildId, since) =>
    db.read(async rows =>
      sorted([
        ...(await votes(rows, guildId, since)),
        ...(await saves(rows, guildId, since)),
        ...(await shares(rows, guildId, since)),
      ]),
    ),

  sinceIn: (guildId, since, channelIds) =>
    db.read(async rows =>
      channelIds.length === 0
        ? []
        : sorted([
            ...(await votes(rows, guildId, since, channelIds)),
            ...(await shares(rows, guildId, since, channelIds)),
          ]),
    ),
})

const sorted = (activities: Activity[]): Activity[] =>
  activities.sort((a, b) => b.hour - a.hour || compare(a.kind, b.kind) || compare(a.paperId, b.paperId))

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The hour's start. A literal, because a bound number would make SQLite divide without rounding down. */
const hourOf = (column: string) => sql<number>`${sql.ref(column)} / 3600000 * 3600000`

async function votes(
  rows: Rows,
  guildId: string,
  since: number,
  channelIds?: readonly string[],
): Promise<Activity[]> {
  const found = await rows
    .selectFrom('votes')
    .where('guild_id', '=', guildId)
    .where('voted_at', '>=', since)
    .$if(channelIds !== undefined, query =>
      query.where('post_id', 'in', posts =>
        posts
          .selectFrom('posts')
          .select('posts.post_id')
          .where('channel_id', 'in', channelIds ?? []),
      ),
    )
    .select(({ fn }) => ['paper_id', 'value', hourOf('voted_at').as('hour'), fn.countAll().as('uses')])
    .groupBy(['paper_id', 'value', 'hour'])
    .execute()
  return found.map(row => ({ ...activity(row), kind: row.value > 0 ? 'useful' : 'not-for-us' }))
}

async function saves(rows: Rows, guildId: string, since: number): Promise<Activity[]> {
  const found = await rows
    .selectFrom('saves')
    .where('guild_id', '=', guildId)
    .where('saved_at', '>=', since)
    .select(({ fn }) => ['paper_id', hourOf('saved_at').as('hour'), fn.countAll().as('uses')])
    .groupBy(['paper_id', 'hour'])
    .execute()
  return found.map(row => ({ ...activity(row), kind: 'save' }))
}

async function shares(
  rows: Rows,
  guildId: string,
  since: number,
  channelIds?: readonly string[],
): Promise<Activity[]> {
  const found = await rows
    .selectFrom('posts')
    .innerJoin('post_papers', 'post_papers.post_id', 'posts.post_id')
    .where('guild_id', '=', guildId)
    .where('kind', '=', 'share')
    .where('posted_at', '>=', since)
    .$if(channelIds !== undefined, query => query.where('channel_id', 'in', channelIds ?? []))
    .select(({ fn }) => ['paper_id', hourOf('posted_at').as('hour'), fn.countAll().as('uses')])
    .groupBy(['paper_id', 'hour'])
    .execute()
  return found.map(row => ({ ...activity(row), kind: 'share' }))
}

const activity = (row: { paper_id: string; hour: number; uses: number | string | bigint }) => ({
  paperId: row.paper_id,
  hour: row.hour,
  count: Number(row.uses),
})
