import {
  ChannelFlags,
  ChannelType,
  type Client,
  Events,
  PermissionFlagsBits,
  type RawFile,
  type REST,
  Routes,
} from 'discord.js'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { OwnMessage, Poster, Refused, Target } from '../delivery/poster.ts'
import { fitMessage } from '../view/limits.ts'
import { missingPermissions } from '../view/permissions.ts'
import type { Message } from '../view/reply.ts'
import { customIdsIn } from './custom-ids.ts'
import { createThread, readThreads } from './forum-post.ts'
import type { GuildReader } from './guild-reader.ts'
import { leastIdAt, messagePages } from './read-back.ts'
import { outcomeOf } from './rest-errors.ts'

/** Pages of messages that `recent` looks through. */
const maxPages = 5

const Channel = z.object({ id: z.string(), last_message_id: z.string().nullish() })
const Sent = z.object({ id: z.string() })

/** Channels of direct messages that are remembered; a forgotten one costs a request. */
const maxDirectChannels = 10_000
/** How many of the bot's latest messages, as received from the gateway, are remembered. */
const maxArrivals = 1_000

/**
 * The only way that messages leave into channels, forums and direct messages. A try is one request: retries, waiting
 * and pacing are the caller's, who knows what must not be posted twice.
 * @param discordNow the time by Discord's clock, epoch ms
 * @param reader reads servers where there is no gateway
 */
export function openPoster(
  client: Client<true>,
  discordNow: () => number,
  reader?: Pick<GuildReader, 'readOf'>,
): Poster {
  const { rest } = client
  const directChannels = new LRUCache<string, string>({ max: maxDirectChannels })
  const arrivals = watchArrivals(client)
  const channelOf = async (target: ChannelTarget): Promise<string> => {
    if ('channelId' in target) return target.channelId
    const known = directChannels.get(target.userId)
    if (known !== undefined) return known
    const body = { recipient_id: target.userId }
    const { id } = Channel.parse(await rest.post(Routes.userChannels(), { body }))
    directChannels.set(target.userId, id)
    return id
  }
  const isElsewhere = (guildId: string | undefined): boolean =>
    reader === undefined && guildId !== undefined && !client.guilds.cache.has(guildId)
  /** Where no gateway tells of a channel, nobody knows what the bot may read there. */
  const isHeardOf = (channelId: string): boolean =>
    reader === undefined && client.channels.cache.has(channelId)
  const isDenied = async (
    target: Target,
    read: { complete: boolean; isEmpty?: boolean },
    since: number,
  ): Promise<boolean> => {
    if (!read.isEmpty || !('channelId' in target) || isHeardOf(target.channelId)) return false
    return hasMessages(rest, target.channelId, since)
  }
  return {
    now: discordNow,
    check: async (target, guildId) => {
      if (!('channelId' in target)) return { kind: 'allowed' }
      if (isElsewhere(guildId)) return notHeardOf
      await reader?.readOf(target.channelId)
      return checkChannel(client, target.channelId)
    },
    post: async request => {
      const { target, message, nonce, signal } = request
      if ('forumId' in target)
        return named(await createThread(rest, { ...request, target }), client, { channelId: target.forumId })
      let channel: string
      try {
        channel = await channelOf(target)
      } catch (error) {
        return beforeSending(outcomeOf(error))
      }
      try {
        signal.throwIfAborted()
      } catch {
        return { kind: 'later', at: undefined, everywhere: false, cause: 'too late to send' }
      }
      try {
        const sent = await rest.post(Routes.channelMessages(channel), {
          ...requestData(message, nonce),
          signal,
        })
        return { kind: 'posted', messageId: Sent.parse(sent).id }
      } catch (error) {
        return named(outcomeOf(error), client, target)
      }
    },
    recent: async (target, since) => {
      const unreadable = 'channelId' in target ? missingIn(client, target.channelId, readPermissions) : []
      if (unreadable.length > 0) return refused(unreadable)
      try {
        const isForum = 'forumId' in target
        const place = isForum ? target.forumId : await channelOf(target)
        const read = isForum
          ? await readThreads(rest, target, client.user.id, since)
          : await readOwnMessages(rest, place, client.user.id, since)
        if (await isDenied(target, read, since)) return refused([])
        return { kind: 'read', complete: read.complete, messages: [...read.messages, ...arrivals(place)] }
      } catch (error) {
        const outcome = outcomeOf(error)
        return outcome.kind === 'uncertain' ? beforeSending(outcome) : named(outcome, client, target)
      }
    },
  }
}

/**
 * Remembers the bot's own messages from the gateway: one whose answer was lost, and which a moderator deleted before it
 * could be read back, was posted all the same.
 * @returns those of a channel
 */
function watchArrivals(client: Client): (channelId: string) => OwnMessage[] {
  const latest = new LRUCache<string, OwnMessage & { channelId: string }>({ max: maxArrivals })
  client.on(Events.MessageCreate, ({ id, author, channel, channelId, components }) => {
    if (author.id !== client.user?.id) return
    // The first message of a forum's post has its thread's id.
    // Null for a channel that the client does not know.
    const place = channel?.isThread() && id === channelId ? (channel.parentId ?? channelId) : channelId
    latest.set(id, { id, channelId: place, customIds: customIdsIn(components.map(part => part.toJSON())) })
  })
  return channelId => [...latest.values()].filter(message => message.channelId === channelId)
}

type ChannelTarget = Exclude<Target, { readonly forumId: string }>

const notHeardOf = {
  kind: 'later',
  at: undefined,
  everywhere: false,
  cause: 'another process hears of it',
} as const

/** Whatever went wrong, no message had been sent yet. */
const beforeSending = <T extends { kind: string; cause?: string | undefined }>(outcome: T) =>
  outcome.kind === 'uncertain'
    ? ({ kind: 'later', at: undefined, everywhere: false, cause: outcome.cause } as const)
    : (outcome as Exclude<T, { kind: 'uncertain' }>)

function requestData(message: Message, nonce: string) {
  const { files = [], ...rest } = fitMessage(message)
  const raw: RawFile[] = files.map(({ name, data }) => ({ name, data: Buffer.from(data) }))
  return { body: { ...rest, nonce, enforce_nonce: true, allowed_mentions: { parse: [] } }, files: raw }
}

/** What a post with embeds needs, by the kind of channel. */
export const postPermissions =
  PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages | PermissionFlagsBits.EmbedLinks
export const threadPostPermissions =
  PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessagesInThreads | PermissionFlagsBits.EmbedLinks

async function checkChannel(client: Client<true>, channelId: string): ReturnType<Poster['check']> {
  const channel = client.channels.cache.get(channelId)
  // A channel that is not in the cache may still exist.
  if (channel === undefined) return isThere(client.rest, channelId)
  if (channel.isDMBased()) return { kind: 'allowed' } as const
  const missing = missingIn(client, channelId)
  return missing.length === 0 ? ({ kind: 'allowed' } as const) : refused(missing)
}

async function isThere(rest: REST, channelId: string): ReturnType<Poster['check']> {
  try {
    Channel.parse(await rest.get(Routes.channel(channelId)))
    return { kind: 'allowed' }
  } catch (error) {
    return beforeSending(outcomeOf(error))
  }
}

/** Without access to the history Discord answers with an empty list, which does not prove that it did not arrive. */
export const readPermissions = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory

const refused = (missing: string[]): Refused => ({ kind: 'refused', why: 'permission', missing })

export function missingIn(client: Client<true>, channelId: string, needed?: bigint): string[] {
  const channel = client.channels.cache.get(channelId)
  if (channel === undefined || channel.isDMBased()) return []
  const given = channel.permissionsFor(client.user)?.bitfield ?? 0n
  if (needed !== undefined) return missingPermissions(given, needed)
  const missing = missingPermissions(given, channel.isThread() ? threadPostPermissions : postPermissions)
  const needsTag = channel.type === ChannelType.GuildForum && channel.flags.has(ChannelFlags.RequireTag)
  return needsTag ? [...missing, 'leave to post without a tag'] : missing
}

/** Adds the names of the missing permissions, which Discord does not give. */
function named<T extends { kind: string }>(outcome: T, client: Client<true>, target: Target): T {
  if (outcome.kind !== 'refused' || !('channelId' in target)) return outcome
  return { ...outcome, missing: missingIn(client, target.channelId) }
}

/** Whether a channel has messages since that time, or had one, as is told without access to them. */
async function hasMessages(rest: REST, channelId: string, since: number): Promise<boolean> {
  const { last_message_id: last } = Channel.parse(await rest.get(Routes.channel(channelId)))
  return last !== null && last !== undefined && BigInt(last) >= leastIdAt(since)
}

async function readOwnMessages(rest: REST, channel: string, self: string, since: number) {
  const own: OwnMessage[] = []
  let read = 0
  let isEmpty = true
  for await (const { messages, isLast } of messagePages(rest, channel, since)) {
    isEmpty &&= messages.length === 0
    for (const { id, author, components } of messages)
      if (author.id === self) own.push({ id, customIds: customIdsIn(components) })
    if (!isLast && ++read === maxPages) return { messages: own, complete: false, isEmpty }
  }
  return { messages: own, complete: true, isEmpty }
}
