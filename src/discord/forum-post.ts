import { type REST, Routes } from 'discord.js'
import { z } from 'zod'
import type { ForumTarget, OwnMessage, PostOutcome, PostRequest } from '../delivery/poster.ts'
import { fitMessage } from '../view/limits.ts'
import { customIdsIn } from './custom-ids.ts'
import { activeThreads, archivedThreads, ownPosts } from './read-back.ts'
import { outcomeOf } from './rest-errors.ts'

/** Minutes of inactivity until Discord archives a thread: a week. */
export const archiveAfterMinutes = 10_080

/** How many of the bot's latest posts are looked through for one that may have arrived. */
const looks = 10
/** Pages of archived threads that are looked through. */
const maxPages = 3

const Thread = z.object({ id: z.string() })
const Read = z.object({ components: z.array(z.unknown()).default([]) })

/** A new post in a forum: its id is its thread's and its first message's too. Discord takes no nonce there. */
export async function createThread(
  rest: REST,
  { target, message, signal }: PostRequest & { readonly target: ForumTarget },
): Promise<PostOutcome> {
  const { files: _none, ...fitted } = fitMessage(message)
  const body = {
    name: target.title,
    auto_archive_duration: archiveAfterMinutes,
    message: { ...fitted, allowed_mentions: { parse: [] } },
  }
  try {
    const made = Thread.parse(await rest.post(Routes.threads(target.forumId), { body, signal }))
    return { kind: 'posted', messageId: made.id }
  } catch (error) {
    return outcomeOf(error)
  }
}

/** The first messages of the bot's latest posts since that time. `complete` is false when there are more of them. */
export async function readThreads(
  rest: REST,
  { guildId, forumId }: ForumTarget,
  self: string,
  since: number,
): Promise<{ messages: OwnMessage[]; complete: boolean }> {
  const threads = await activeThreads(rest, guildId)
  // A moderator may have closed it meanwhile. None that was archived before then was made after.
  for await (const archived of archivedThreads(rest, forumId, maxPages)) {
    threads.push(...archived)
    if (Date.parse(archived.at(-1)?.thread_metadata?.archive_timestamp ?? '') < since) break
  }
  const latestFirst = ownPosts(threads, { forumId, self, since }).reverse()
  const messages: OwnMessage[] = []
  for (const id of latestFirst.slice(0, looks)) {
    const { components } = Read.parse(await rest.get(Routes.channelMessage(id, id)))
    messages.push({ id, customIds: customIdsIn(components) })
  }
  return { messages, complete: latestFirst.length <= looks }
}
