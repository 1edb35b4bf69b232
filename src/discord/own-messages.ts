import { type Client, DiscordAPIError, RESTJSONErrorCodes, Routes, SnowflakeUtil } from 'discord.js'
import { z } from 'zod'
import type { ChannelInfo, MessageRef, OwnMessage } from '../bot/channels.ts'
import { Failure } from '../errors.ts'
import { carries } from '../schedule/slot-key.ts'
import type { Message, Row } from '../view/reply.ts'
import { customIdsIn } from './custom-ids.ts'
import { missingIn, readPermissions } from './poster.ts'
import { outgoing } from './responder.ts'
import { retryTransient } from './retry.ts'
import { explained } from './sender.ts'

/** Room for clocks that differ, ms. */
const clockSkew = 120_000
/** Messages of one page, and pages that are looked through for one message. */
const page = 100
const maxPages = 30
/** Posts of a forum that are looked at for one message. */
const maxPosts = 50

const Read = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }),
  content: z.string().default(''),
  components: z.array(z.unknown()).default([]),
})
const Threads = z.object({
  threads: z.array(
    z.object({
      id: z.string(),
      parent_id: z.string().nullish(),
      owner_id: z.string().nullish(),
      thread_metadata: z.object({ archive_timestamp: z.string() }).nullish(),
    }),
  ),
  has_more: z.boolean().default(false),
})

/** See `Channels.read`. */
export const readMessage = (client: Client, { channelId, messageId }: MessageRef) =>
  unlessGone(async (): Promise<OwnMessage> => {
    const found = Read.parse(await client.rest.get(Routes.channelMessage(channelId, messageId)))
    return { content: found.content, components: found.components as Row[] }
  })

/** See `Channels.edit`. A message of a thread that was archived is changed all the same. */
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
  // Discord answers with an empty list, which must not pass for "it is not there".
  if (missing.length > 0) throw new Failure('permission', `I lack ${missing.join(', ')} there.`)
  const first = SnowflakeUtil.generate({ timestamp: Math.max(0, since - clockSkew), increment: 0n })
  const find = channel.kind === 'forum' ? findPost : findInChannel
  return unlessGone(() => find(client, channel, mark, first & ~0x3fffffn))
}

async function findInChannel(
  client: Client<true>,
  { id: channelId }: ChannelInfo,
  mark: string,
  first: bigint,
): Promise<MessageRef | undefined> {
  let after = first
  for (let read = 0; read < maxPages; read++) {
    const query = new URLSearchParams({ limit: String(page), after: String(after) })
    const found = z.array(Read).parse(await client.rest.get(Routes.channelMessages(channelId), { query }))
    const ours = found.find(
      message => message.author.id === client.user.id && carries(customIdsIn(message.components), mark),
    )
    if (ours !== undefined) return { channelId, messageId: ours.id }
    if (found.length < page) return undefined
    after = found.map(({ id }) => BigInt(id)).reduce((a, b) => (a > b ? a : b))
  }
  return undefined
}

/** In a forum every post is a thread, which has its first message's id. The oldest first: it was made at once. */
async function findPost(
  client: Client<true>,
  forum: ChannelInfo,
  mark: string,
  first: bigint,
): Promise<MessageRef | undefined> {
  const ids: bigint[] = []
  for await (const thread of threadsOf(client, forum))
    if (thread.parent_id === forum.id && thread.owner_id === client.user.id) ids.push(BigInt(thread.id))
  const since = ids.filter(id => id >= first).sort((a, b) => (a < b ? -1 : 1))
  for (const id of since.slice(0, maxPosts).map(String)) {
    const message = await readMessage(client, { channelId: id, messageId: id })
    if (message !== undefined && carries(customIdsIn(message.components), mark))
      return { channelId: id, messageId: id }
  }
  return undefined
}

async function* threadsOf(client: Client<true>, { id, guildId = '' }: ChannelInfo) {
  yield* Threads.parse(await client.rest.get(Routes.guildActiveThreads(guildId))).threads
  let before: string | undefined
  for (let read = 0; read < maxPages; read++) {
    const query = new URLSearchParams({ limit: String(page), ...(before === undefined ? {} : { before }) })
    const path = Routes.channelThreads(id, 'public')
    const { threads, has_more } = Threads.parse(await client.rest.get(path, { query }))
    yield* threads
    before = threads.at(-1)?.thread_metadata?.archive_timestamp
    if (!has_more || before === undefined) return
  }
}

const gone: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownGuild,
])

/** What Discord itself says is gone is gone; a proxy's page says nothing. */
async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await retryTransient(ask)
  } catch (error) {
    if (error instanceof DiscordAPIError && gone.has(error.code)) return undefined
    throw explained(error)
  }
}
