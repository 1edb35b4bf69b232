import { type Client, DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js'
import { z } from 'zod'
import type { ChannelInfo, MessageRef, OwnMessage } from '../bot/channels.ts'
import { clockSkew } from '../delivery/find-posted.ts'
import { Failure } from '../errors.ts'
import { carries } from '../schedule/slot-key.ts'
import type { Message, Row } from '../view/reply.ts'
import { customIdsIn } from './custom-ids.ts'
import { missingIn, readPermissions } from './poster.ts'
import { activeThreads, archivedThreads, messagePages, ownPosts } from './read-back.ts'
import { outgoing } from './responder.ts'
import { patientReader, retryTransient } from './retry.ts'
import { explained } from './sender.ts'

/** Pages, of messages or of archived threads, that are looked through for one message. */
const maxPages = 30
/** Posts of a forum that are looked at for one message. */
const maxPosts = 50

const Read = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }),
  content: z.string().default(''),
  components: z.array(z.unknown()).default([]),
})

/** See `Channels.read`. */
export const readMessage = (client: Client, { channelId, messageId }: MessageRef) =>
  unlessGone(async (): Promise<OwnMessage> => {
    const found = Read.parse(await client.rest.get(Routes.channelMessage(channelId, messageId)))
    return { content: found.content, components: found.components as Row[] }
  })

/** See `Channels.edit`. A message in an archived thread is changed too. */
export async function editMessage(client: Client, ref: MessageRef, message: Message): Promise<boolean> {
  const whole = outgoing(message)
  const named = (['content', 'embeds', 'components'] as const).filter(part => message[part] !== undefined)
  const body = {
    ...Object.fromEntries(named.map(part => [part, whole[part]])),
    allowed_mentions: { parse: [] },
  }
  const patch = () => client.rest.patch(Routes.channelMessage(ref.channelId, ref.messageId), { body })
  const done = await unlessGone(async () => {
    try {
      await patch()
    } catch (error) {
      if (!(error instanceof DiscordAPIError && error.code === threadArchived)) throw error
      await archive(client, ref.channelId, false)
      await patch()
      await archive(client, ref.channelId, true)
    }
    return true
  })
  return done ?? false
}

const threadArchived = 50_083

const archive = (client: Client, threadId: string, archived: boolean) =>
  client.rest.patch(Routes.channel(threadId), { body: { archived } })

/** See `Channels.find`. */
export async function findMessage(
  client: Client<true>,
  channel: ChannelInfo,
  mark: string,
  since: number,
): Promise<MessageRef | undefined> {
  const missing = missingIn(client, channel.id, readPermissions)
  // Discord answers with an empty list, which does not prove that the message is missing.
  if (missing.length > 0) throw new Failure('permission', `I lack ${missing.join(', ')} there.`)
  const find = channel.kind === 'forum' ? findPost : findInChannel
  return unlessGone(() => find(client, channel, mark, Math.max(0, since - clockSkew)))
}

async function findInChannel(
  client: Client<true>,
  { id: channelId }: ChannelInfo,
  mark: string,
  since: number,
): Promise<MessageRef | undefined> {
  let read = 0
  for await (const { messages } of messagePages(patientReader(client.rest), channelId, since)) {
    const ours = messages.find(
      message => message.author.id === client.user.id && carries(customIdsIn(message.components), mark),
    )
    if (ours !== undefined) return { channelId, messageId: ours.id }
    if (++read === maxPages) break
  }
  return undefined
}

/** In a forum every post is a thread, which has its first message's id. The oldest first: it was made at once. */
async function findPost(
  client: Client<true>,
  { id: forumId, guildId = '' }: ChannelInfo,
  mark: string,
  since: number,
): Promise<MessageRef | undefined> {
  const threads = await activeThreads(patientReader(client.rest), guildId)
  for await (const archived of archivedThreads(client.rest, forumId, maxPages)) threads.push(...archived)
  for (const id of ownPosts(threads, { forumId, self: client.user.id, since }).slice(0, maxPosts)) {
    const message = await readMessage(client, { channelId: id, messageId: id })
    if (message !== undefined && carries(customIdsIn(message.components), mark))
      return { channelId: id, messageId: id }
  }
  return undefined
}

const gone: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownGuild,
])

/** Only Discord's own error codes mean that a message is gone; a proxy's page proves nothing. */
async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await retryTransient(ask)
  } catch (error) {
    if (error instanceof DiscordAPIError && gone.has(error.code)) return undefined
    throw explained(error)
  }
}
