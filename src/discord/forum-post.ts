import { type REST, Routes, SnowflakeUtil } from 'discord.js'
import { z } from 'zod'
import type { MessageRef, SendRequest } from '../bot/channels.ts'
import { carries } from '../schedule/slot-key.ts'
import { fitMessage } from '../view/limits.ts'
import type { SendStrategy } from './idempotent-send.ts'
import { customIdsIn } from './poster.ts'
import { outcomeOf } from './rest-errors.ts'

/** Minutes without a word until Discord archives a thread: a week. */
export const archiveAfterMinutes = 10_080

/** How many of the bot's latest posts are looked through for one that may have arrived. */
const maxLookups = 10
/** Room for clocks that differ, ms. */
const clockSkew = 120_000

const Thread = z.object({ id: z.string() })
const Active = z.object({
  threads: z.array(
    z.object({ id: z.string(), parent_id: z.string().nullish(), owner_id: z.string().nullish() }),
  ),
})
const Read = z.object({ components: z.array(z.unknown()).default([]) })

export interface Forum {
  readonly guildId: string
  readonly forumId: string
  readonly botId: string
}

/**
 * A new post in a forum. Discord takes no nonce there: a post whose answer was lost is looked for among the bot's own
 * latest ones. The post's id is its thread's and its first message's too.
 */
export function forumPost(
  rest: REST,
  forum: Forum,
  request: SendRequest,
  since: number,
): SendStrategy<MessageRef> {
  const { files: _none, ...message } = fitMessage(request.message)
  const body = {
    name: request.title,
    auto_archive_duration: archiveAfterMinutes,
    message: { ...message, allowed_mentions: { parse: [] } },
  }
  return {
    repeatable: false,
    attempt: async () => {
      try {
        const { signal } = request
        const created = Thread.parse(await rest.post(Routes.threads(forum.forumId), { body, signal }))
        return { kind: 'posted', value: refOf(created.id) }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    findPosted: async () => {
      try {
        const ours = await latestPosts(rest, forum, since - clockSkew)
        for (const id of ours.slice(0, maxLookups)) {
          const { components } = Read.parse(await rest.get(Routes.channelMessage(id, id)))
          if (carries(customIdsIn(components), request.nonce)) return { kind: 'found', value: refOf(id) }
        }
        return { kind: ours.length > maxLookups ? 'unreadable' : 'absent' }
      } catch {
        return { kind: 'unreadable' }
      }
    },
  }
}

const refOf = (id: string): MessageRef => ({ channelId: id, messageId: id })

/** Ids of the bot's posts made since that time, newest first. */
async function latestPosts(rest: REST, { guildId, forumId, botId }: Forum, since: number): Promise<string[]> {
  const first = SnowflakeUtil.generate({ timestamp: since, increment: 0n })
  const { threads } = Active.parse(await rest.get(Routes.guildActiveThreads(guildId)))
  return threads
    .filter(thread => thread.parent_id === forumId && thread.owner_id === botId)
    .map(thread => BigInt(thread.id))
    .filter(id => id >= first)
    .sort((a, b) => (a < b ? 1 : -1))
    .map(String)
}
