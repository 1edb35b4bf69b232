import type { Change, Db, Rows } from './db.ts'
import { oncePer } from './idempotency.ts'
import type { Tally, Votes } from './ports.ts'

export const votesOf = (db: Db): Votes => ({
  cast: vote =>
    db.write(async change => {
      if (!(await postExists(change, vote))) return undefined
      if (vote.useful === undefined) await remove(change, vote)
      else await put(change, vote, vote.useful)
      return tally(change, vote.guildId, vote.postId)
    }),

  toggle: vote =>
    db.write(change =>
      oncePer(change, vote.key, vote.at, async () => {
        if (!(await postExists(change, vote))) return undefined
        if (await remove(change, vote, vote.useful)) return false
        await put(change, vote, vote.useful)
        return true
      }),
    ),

  mine: (postId, paperId, userId) =>
    db.read(async rows => {
      const row = await rows
        .selectFrom('votes')
        .select('value')
        .where('post_id', '=', postId)
        .where('paper_id', '=', paperId)
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return row && row.value > 0
    }),

  tally: (guildId, postId) => db.read(rows => tally(rows, guildId, postId)),
})

type Vote = Omit<Parameters<Votes['cast']>[0], 'useful'>

async function put(change: Change, vote: Vote, useful: boolean): Promise<void> {
  const { guildId, postId, paperId, userId, at } = vote
  const row = { value: useful ? 1 : -1, voted_at: at }
  await change
    .insertInto('votes')
    .values({ post_id: postId, paper_id: paperId, user_id: userId, guild_id: guildId, ...row })
    .onConflict(conflict => conflict.columns(['post_id', 'paper_id', 'user_id']).doUpdateSet(row))
    .execute()
}

/** @returns whether there was a vote, of that kind when one is named */
async function remove(change: Change, vote: Vote, useful?: boolean): Promise<boolean> {
  const values = useful === undefined ? [1, -1] : [useful ? 1 : -1]
  const { numDeletedRows } = await change
    .deleteFrom('votes')
    .where('post_id', '=', vote.postId)
    .where('paper_id', '=', vote.paperId)
    .where('user_id', '=', vote.userId)
    .where('value', 'in', values)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Whether the server has such a post with that paper in it. */
async function postExists(rows: Rows, { guildId, postId, paperId }: Vote): Promise<boolean> {
  const found = await rows
    .selectFrom('posts')
    .innerJoin('post_papers', 'post_papers.post_id', 'posts.post_id')
    .select('paper_id')
    .where('posts.post_id', '=', postId)
    .where('paper_id', '=', paperId)
    .where('guild_id', '=', guildId)
    .executeTakeFirst()
  return found !== undefined
}

async function tally(
  rows: Rows,
  guildId: string,
  postId: string,
): Promise<ReadonlyMap<string, Tally> | undefined> {
  const found = await rows
    .selectFrom('posts')
    .innerJoin('post_papers', 'post_papers.post_id', 'posts.post_id')
    .leftJoin('votes', join =>
      join
        .onRef('votes.post_id', '=', 'post_papers.post_id')
        .onRef('votes.paper_id', '=', 'post_papers.paper_id'),
    )
    .where('posts.post_id', '=', postId)
    .where('posts.guild_id', '=', guildId)
    .groupBy(['post_papers.paper_id', 'post_papers.position'])
    .orderBy('post_papers.position')
    .select(({ fn, eb }) => [
      'post_papers.paper_id',
      fn.sum<number | null>(eb.case().when('value', '>', 0).then(1).else(0).end()).as('useful'),
      fn.sum<number | null>(eb.case().when('value', '<', 0).then(1).else(0).end()).as('other'),
    ])
    .execute()
  if (found.length === 0) return undefined
  return new Map(
    found.map(row => [row.paper_id, { useful: Number(row.useful ?? 0), notForUs: Number(row.other ?? 0) }]),
  )
}
