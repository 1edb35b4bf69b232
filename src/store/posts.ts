import { slotKeyOf } from '../schedule/slot-key.ts'
import type { Change, Db, Rows } from './db.ts'
import type { NewShare, Post, Posts } from './ports.ts'
import { parsePicks, readable } from './rows.ts'
import { sanitizeText } from './sanitize-text.ts'

export const postsOf = (db: Db): Posts => ({
  share: share => db.write(change => putShare(change, share)),

  arrived: (id, { messageId, threadId }) =>
    db.write(async change => {
      await change
        .updateTable('posts')
        .set({ message_id: messageId, thread_id: threadId ?? null })
        .where('post_id', '=', id)
        .execute()
    }),

  withdraw: id =>
    db.write(async change => {
      await change.deleteFrom('posts').where('post_id', '=', id).where('kind', '=', 'share').execute()
      await change.deleteFrom('shown').where('post_id', '=', id).execute()
    }),

  get: (guildId, id) =>
    db.read(async rows => {
      const found = await rows
        .selectFrom('posts')
        .selectAll()
        .where('guild_id', '=', guildId)
        .where('post_id', '=', id)
        .execute()
      return (await postsIn(rows, found))[0]
    }),

  latest: (channelId, paperId) =>
    db.read(async rows => {
      const found = await rows
        .selectFrom('posts')
        .innerJoin('post_papers', 'post_papers.post_id', 'posts.post_id')
        .selectAll('posts')
        .where('channel_id', '=', channelId)
        .where('paper_id', '=', paperId)
        .orderBy('posted_at', 'desc')
        .limit(1)
        .execute()
      return (await postsIn(rows, found))[0]
    }),

  places: (guildId, limit) => db.read(rows => placesIn(rows, guildId, limit)),

  shared: (guildId, channelIds) => db.read(rows => sharedIn(rows, guildId, channelIds)),

  list: (guildId, channelId, limit) =>
    db.read(async rows => {
      const found = await rows
        .selectFrom('posts')
        .selectAll()
        .where('guild_id', '=', guildId)
        .where('channel_id', '=', channelId)
        .orderBy('posted_at', 'desc')
        .orderBy('post_id')
        .limit(limit)
        .execute()
      return postsIn(rows, found)
    }),

  papersIn: channelId =>
    db.read(async rows => {
      const found = await rows.selectFrom('shown').select('paper_id').where('place', '=', channelId).execute()
      return new Set(found.map(row => row.paper_id))
    }),
})

async function placesIn(rows: Rows, guildId: string, limit: number): Promise<string[]> {
  const found = await rows
    .selectFrom('posts')
    .select(({ fn }) => ['channel_id', fn.max('posted_at').as('latest')])
    .where('guild_id', '=', guildId)
    .groupBy('channel_id')
    .orderBy('latest', 'desc')
    .orderBy('channel_id')
    .limit(limit)
    .execute()
  return found.map(row => row.channel_id)
}

async function sharedIn(rows: Rows, guildId: string, channelIds: readonly string[]): Promise<string[]> {
  if (channelIds.length === 0) return []
  const found = await rows
    .selectFrom('posts')
    .innerJoin('post_papers', 'post_papers.post_id', 'posts.post_id')
    .select('paper_id')
    .distinct()
    .where('guild_id', '=', guildId)
    .where('channel_id', 'in', channelIds)
    .where('kind', '=', 'share')
    .orderBy('paper_id')
    .execute()
  return found.map(row => row.paper_id)
}

async function putShare(change: Change, share: NewShare) {
  const { id, guildId, channelId, paperId, at } = share
  await freeReserved(change, channelId, paperId)
  await change
    .insertInto('posts')
    .values({
      post_id: id,
      kind: 'share',
      guild_id: guildId,
      channel_id: channelId,
      user_id: share.userId,
      note: sanitizeText(share.note),
      posted_at: at,
    })
    // Its id is the member's own: who shares it again after their data was deleted is on record again.
    .onConflict(conflict =>
      conflict.column('post_id').doUpdateSet({ user_id: share.userId, note: sanitizeText(share.note) }),
    )
    .execute()
  await change
    .insertInto('post_papers')
    .values({ post_id: id, paper_id: paperId, position: 0 })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  await change
    .insertInto('shown')
    .values({ place: channelId, paper_id: paperId, guild_id: guildId, post_id: id, shown_at: at })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** A pick that chose the paper and was not sent yet would repeat it: it has to choose again. */
async function freeReserved(change: Change, channelId: string, paperId: string) {
  const waiting = await change
    .selectFrom('slots')
    .innerJoin('schedules', 'schedules.schedule_id', 'slots.schedule_id')
    .select(['slots.schedule_id', 'date', 'picks'])
    .where('channel_id', '=', channelId)
    .where('settled_at', 'is', null)
    .where('state', '=', 'chosen')
    .where('sending_since', 'is', null)
    .execute()
  // Rows that cannot be read are reported when they are due.
  const holds = (slot: (typeof waiting)[number]) =>
    parsePicks(slot.picks).some(pick => pick.paperId === paperId) ? slot : undefined
  for (const slot of readable(waiting, holds, () => {})) {
    if (slot === undefined) continue
    const { numUpdatedRows } = await change
      .updateTable('slots')
      .set({ state: 'open', picks: '[]' })
      .where('schedule_id', '=', slot.schedule_id)
      .where('date', '=', slot.date)
      .where('state', '=', 'chosen')
      .where('sending_since', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows > 0n)
      await change.deleteFrom('shown').where('post_id', '=', slotKeyOf(slot.schedule_id, slot.date)).execute()
  }
}

interface PostRow {
  readonly post_id: string
  readonly kind: string
  readonly guild_id: string
  readonly channel_id: string
  readonly message_id: string | null
  readonly thread_id: string | null
  readonly user_id: string | null
  readonly note: string
  readonly posted_at: number
}

/** The rows as posts, with their papers. */
export async function postsIn(rows: Rows, posts: readonly PostRow[]): Promise<Post[]> {
  if (posts.length === 0) return []
  const papers = await rows
    .selectFrom('post_papers')
    .select(['post_id', 'paper_id'])
    .where(
      'post_id',
      'in',
      posts.map(post => post.post_id),
    )
    .orderBy('position')
    .execute()
  return posts.map(post => ({
    id: post.post_id,
    kind: post.kind as Post['kind'],
    guildId: post.guild_id,
    channelId: post.channel_id,
    messageId: post.message_id ?? undefined,
    threadId: post.thread_id ?? undefined,
    userId: post.user_id ?? undefined,
    note: post.note,
    paperIds: papers.filter(row => row.post_id === post.post_id).map(row => row.paper_id),
    at: post.posted_at,
  }))
}
