import { type REST, Routes, SnowflakeUtil } from 'discord.js'
import { z } from 'zod'
import { Component } from './custom-ids.ts'

/** Messages of one page, the most that Discord gives. */
const page = 100

const Messages = z.array(
  z.object({
    id: z.string(),
    author: z.object({ id: z.string() }),
    components: z.array(Component).default([]),
  }),
)

/** The least id that something made at that time can have. @param since epoch ms, by Discord's clock */
export const leastIdAt = (since: number): bigint => SnowflakeUtil.generate({ timestamp: since }) & ~0x3fffffn

/** A channel's messages since that time, page by page, oldest first. A page that is not full is the last. */
export async function* messagePages(
  rest: Pick<REST, 'get'>,
  channelId: string,
  since: number,
): AsyncGenerator<{ readonly messages: z.infer<typeof Messages>; readonly isLast: boolean }> {
  let after = leastIdAt(since)
  for (;;) {
    const query = new URLSearchParams({ limit: String(page), after: String(after) })
    const messages = Messages.parse(await rest.get(Routes.channelMessages(channelId), { query }))
    const isLast = messages.length < page
    yield { messages, isLast }
    if (isLast) return
    after = messages.map(({ id }) => BigInt(id)).reduce((a, b) => (a > b ? a : b))
  }
}

const Thread = z.object({
  id: z.string(),
  parent_id: z.string().nullish(),
  owner_id: z.string().nullish(),
  thread_metadata: z.object({ archive_timestamp: z.string() }).nullish(),
})
type Thread = z.infer<typeof Thread>
const Threads = z.object({ threads: z.array(Thread) })

/** All threads of a server that are not archived. */
export const activeThreads = async (rest: Pick<REST, 'get'>, guildId: string): Promise<Thread[]> =>
  Threads.parse(await rest.get(Routes.guildActiveThreads(guildId))).threads

const Archived = z.object({ threads: z.array(Thread), has_more: z.boolean().default(false) })

/** A forum's archived threads, page by page, those archived last first. */
export async function* archivedThreads(rest: Pick<REST, 'get'>, forumId: string, maxPages: number) {
  let before: string | undefined
  for (let read = 0; read < maxPages; read++) {
    const query = new URLSearchParams({ limit: '100', ...(before === undefined ? {} : { before }) })
    const path = Routes.channelThreads(forumId, 'public')
    const { threads, has_more } = Archived.parse(await rest.get(path, { query }))
    yield threads
    before = threads.at(-1)?.thread_metadata?.archive_timestamp
    if (!has_more || before === undefined) return
  }
}

/** The ids of those threads that are the bot's own posts in a forum since that time, oldest first. */
export function ownPosts(
  threads: readonly Thread[],
  { forumId, self, since }: { forumId: string; self: string; since: number },
): string[] {
  const least = leastIdAt(since)
  return threads
    .filter(thread => thread.parent_id === forumId && thread.owner_id === self)
    .map(thread => BigInt(thread.id))
    .filter(id => id >= least)
    .sort((a, b) => (a < b ? -1 : 1))
    .map(String)
}
