import { createHash } from 'node:crypto'
import { chunked } from './chunk.ts'
import type { Change } from './db.ts'
import type { keys, Schema } from './schema.ts'

/** See `Members.erase`; within one transaction. */
export async function erase(change: Change, userId: string, at: number): Promise<number> {
  await noteMessages(change, userId, at)
  const theirs = [
    change.deleteFrom('saves').where('user_id', '=', userId),
    change.deleteFrom('votes').where('user_id', '=', userId),
    change.deleteFrom('queue_votes').where('user_id', '=', userId),
    change.deleteFrom('notices').where('user_id', '=', userId),
    change.deleteFrom('shown').where('place', '=', userId),
    change.deleteFrom('zotero_outbox').where('user_id', '=', userId),
    change.deleteFrom('dislikes').where('user_id', '=', userId),
    change.deleteFrom('mutes').where('place', '=', userId),
    change.deleteFrom('schedules').where('user_id', '=', userId).where('guild_id', 'is', null),
  ]
  const unnamed = [
    change.updateTable('posts').set({ user_id: null, note: '' }).where('user_id', '=', userId),
    change.updateTable('queue').set({ user_id: null, note: '' }).where('user_id', '=', userId),
    change.updateTable('queue_messages').set({ user_id: null }).where('user_id', '=', userId),
    change.updateTable('sources').set({ user_id: null }).where('user_id', '=', userId),
    change.updateTable('zotero_links').set({ user_id: null }).where('user_id', '=', userId),
    change.updateTable('schedules').set({ user_id: null }).where('user_id', '=', userId),
  ]
  let rows = 0n
  for (const query of theirs) rows += (await query.executeTakeFirst()).numDeletedRows
  for (const query of unnamed) rows += (await query.executeTakeFirst()).numUpdatedRows
  await remember(change, hashOf(userId), at)
  return Number(rows)
}

/** Every message that shows a name, a note or a vote of the member, collected before the rows that say so are deleted. */
async function noteMessages(change: Change, userId: string, at: number): Promise<void> {
  const posts = change
    .selectFrom('posts')
    .select(['post_id as mark', 'kind', 'guild_id', 'channel_id', 'message_id', 'posted_at'])
  const queued = change
    .selectFrom('queue_messages')
    .select(['mark', 'kind', 'guild_id', 'channel_id', 'paper_id', 'posted_at'])
  const votedPosts = change.selectFrom('votes').select('post_id').where('user_id', '=', userId)
  const counted = queued.where(({ exists, selectFrom }) =>
    exists(
      selectFrom('queue_votes')
        .select('queue_votes.paper_id')
        .whereRef('queue_votes.guild_id', '=', 'queue_messages.guild_id')
        .whereRef('queue_votes.paper_id', '=', 'queue_messages.paper_id')
        .where('queue_votes.user_id', '=', userId),
    ),
  )
  const named = [
    ...(await posts.where('user_id', '=', userId).execute()),
    ...(await queued.where('user_id', '=', userId).execute()),
  ]
  const recounted = [
    ...(await posts.where('post_id', 'in', votedPosts).execute()),
    ...(await counted.execute()),
  ]
  await note(change, recounted, 0, at)
  await note(change, named, 1, at)
}

type Noted = Pick<Schema['erasures'], 'mark' | 'kind' | 'guild_id' | 'channel_id' | 'posted_at'>

async function note(change: Change, messages: readonly Noted[], unnamed: 0 | 1, at: number): Promise<void> {
  for (const piece of chunked(messages, 11))
    await change
      .insertInto('erasures')
      .values(piece.map(message => ({ ...message, unnamed, attempts: 0, retry_at: 0, created_at: at })))
      // One that is in progress is processed once more: its content may have been read already.
      .onConflict(conflict =>
        conflict.column('mark').doUpdateSet({
          retry_at: 0,
          attempts: 0,
          created_at: at,
          ...(unnamed === 1 ? { unnamed } : {}),
        }),
      )
      .execute()
}

/** Restored backups are checked against it. A hash hides the id, but whoever knows an id can test for it. */
const hashOf = (userId: string): string => createHash('sha256').update(`erased ${userId}`).digest('hex')

async function remember(change: Change, member_hash: string, erased_at: number): Promise<void> {
  await change
    .insertInto('erased_members')
    .values({ member_hash, erased_at })
    .onConflict(conflict => conflict.column('member_hash').doUpdateSet({ erased_at }))
    .execute()
}

/** What a restore must not undo. */
export interface Kept {
  readonly messages: readonly Schema['erasures'][]
  readonly members: readonly Schema['erased_members'][]
}

export const keepErasures = async (change: Change): Promise<Kept> => ({
  messages: await change.selectFrom('erasures').selectAll().execute(),
  members: await change.selectFrom('erased_members').selectAll().execute(),
})

/** After a restore: erases again whom the backup, made at `backupAt`, still had. */
export async function eraseAgain(change: Change, kept: Kept, backupAt: number, at: number): Promise<void> {
  for (const piece of chunked(kept.messages, 11))
    await change
      .insertInto('erasures')
      .values(piece)
      .onConflict(conflict => conflict.column('mark').doNothing())
      .execute()
  for (const { member_hash, erased_at } of kept.members) await remember(change, member_hash, erased_at)
  const since = new Set(
    kept.members.filter(member => member.erased_at >= backupAt).map(member => member.member_hash),
  )
  if (since.size === 0) return
  for (const userId of await membersIn(change)) if (since.has(hashOf(userId))) await erase(change, userId, at)
}

type Table = keyof typeof keys
type NamesMembers<T extends Table> = T extends Table ? ('user_id' extends keyof Schema[T] ? T : never) : never

/** Every table of a backup that has a `user_id`: one that is left out here does not compile. */
export const tablesWithMembers = Object.keys({
  saves: true,
  save_tags: true,
  posts: true,
  votes: true,
  queue: true,
  queue_votes: true,
  queue_messages: true,
  schedules: true,
  notices: true,
  dislikes: true,
  sources: true,
} satisfies { readonly [T in NamesMembers<Table>]: true }) as NamesMembers<Table>[]

async function membersIn(change: Change): Promise<Set<string>> {
  const found = new Set<string>()
  for (const table of tablesWithMembers) {
    const rows = await change.selectFrom(table).select('user_id').distinct().execute()
    for (const { user_id } of rows) if (user_id !== null) found.add(user_id)
  }
  const directly = await change
    .selectFrom('shown')
    .select('place')
    .distinct()
    .where('guild_id', 'is', null)
    .execute()
  const muting = await change
    .selectFrom('mutes')
    .select('place')
    .distinct()
    .where('guild_id', 'is', null)
    .execute()
  for (const { place } of [...directly, ...muting]) found.add(place)
  return found
}
