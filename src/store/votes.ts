import type { Db, Rows } from './db.ts'
import type { Tally, Votes } from './ports.ts'

export const votesOf = (db: Db): Votes => ({
  cast: ({ guildId, postId, paperId, userId, useful, at }) =>
    db.write(async change => {
      const before = await tally(change, guildId, postId)
      if (!before?.has(paperId)) return undefined
      if (useful === undefined) {
        await change
          .deleteFrom('votes')
          .where('post_id', '=', postId)
          .where('paper_id', '=', paperId)
          .where('user_id', '=', userId)
          .execute()
      } else {
        const row = { value: useful ? 1 : -1, voted_at: at }
        await change
          .insertInto('votes')
          .values({ post_id: postId, paper_id: paperId, user_id: userId, guild_id: guildId, ...row })
          .onConflict(conflict => conflict.columns(['post_id', 'paper_id', 'user_id']).doUpdateSet(row))
          .execute()
      }
      return tally(change, guildId, postId)
    }),

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
