import { type Client, PermissionFlagsBits, type RawFile, REST, Routes, SnowflakeUtil } from 'discord.js'
import { z } from 'zod'
import type { OwnMessage, Poster, Refused, Target } from '../delivery/poster.ts'
import { fitMessage } from '../view/limits.ts'
import { missingPermissions } from '../view/permissions.ts'
import type { Message } from '../view/reply.ts'
import { outcomeOf } from './rest-errors.ts'

/** Pages of 100 messages that `recent` looks through. */
const pages = 5
const page = 100

const Channel = z.object({ id: z.string() })
const Sent = z.object({ id: z.string() })
const Component: z.ZodType<{ custom_id?: string | undefined; components?: unknown[] | undefined }> = z.object(
  {
    custom_id: z.string().optional(),
    components: z.array(z.unknown()).optional(),
  },
)
const Read = z.array(
  z.object({
    id: z.string(),
    author: z.object({ id: z.string() }),
    components: z.array(Component).default([]),
  }),
)

/**
 * Puts messages into channels and direct messages. A try is one request: retries, waiting and pacing are the
 * caller's, who knows what must not be posted twice.
 */
export function openPoster(client: Client<true>, address: { apiUrl: string; token: string }): Poster {
  const rest = new REST({ api: address.apiUrl, retries: 0, rejectOnRateLimit: () => true }).setToken(
    address.token,
  )
  const directChannels = new Map<string, string>()
  const channelOf = async (target: Target): Promise<string> => {
    if ('channelId' in target) return target.channelId
    const known = directChannels.get(target.userId)
    if (known !== undefined) return known
    const body = { recipient_id: target.userId }
    const { id } = Channel.parse(await rest.post(Routes.userChannels(), { body }))
    directChannels.set(target.userId, id)
    return id
  }
  return {
    check: async target =>
      'userId' in target ? { kind: 'allowed' } : checkChannel(client, target.channelId),
    post: async ({ target, message, nonce, signal }) => {
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
        const sent = await rest.post(Routes.channelMessages(channel), { ...request(message, nonce), signal })
        return { kind: 'posted', messageId: Sent.parse(sent).id }
      } catch (error) {
        return named(outcomeOf(error), client, target)
      }
    },
    recent: async (target, since) => {
      const unreadable = 'channelId' in target ? missingIn(client, target.channelId, readPermissions) : []
      if (unreadable.length > 0) return refused(unreadable)
      try {
        return {
          kind: 'read',
          ...(await readOwnMessages(rest, await channelOf(target), client.user.id, since)),
        }
      } catch (error) {
        const outcome = outcomeOf(error)
        return outcome.kind === 'uncertain' ? beforeSending(outcome) : named(outcome, client, target)
      }
    },
  }
}

/** Whatever happened, no message was on its way yet. */
const beforeSending = <T extends { kind: string; cause?: string | undefined }>(outcome: T) =>
  outcome.kind === 'uncertain'
    ? ({ kind: 'later', at: undefined, everywhere: false, cause: outcome.cause } as const)
    : (outcome as Exclude<T, { kind: 'uncertain' }>)

function request(message: Message, nonce: string) {
  const { files = [], ...rest } = fitMessage(message)
  const raw: RawFile[] = files.map(({ name, data }) => ({ name, data: Buffer.from(data) }))
  return { body: { ...rest, nonce, enforce_nonce: true, allowed_mentions: { parse: [] } }, files: raw }
}

/** What a post with embeds needs, by the kind of channel. */
export const postPermissions =
  PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages | PermissionFlagsBits.EmbedLinks
export const threadPostPermissions =
  PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessagesInThreads | PermissionFlagsBits.EmbedLinks

async function checkChannel(client: Client<true>, channelId: string) {
  const channel = client.channels.cache.get(channelId)
  // A channel that the cache lacks may still be there: the request itself will tell.
  if (channel === undefined || channel.isDMBased()) return { kind: 'allowed' } as const
  const missing = missingIn(client, channelId)
  return missing.length === 0 ? ({ kind: 'allowed' } as const) : refused(missing)
}

/** Without the history Discord answers with an empty list, which must not pass for "it did not arrive". */
export const readPermissions = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory

const refused = (missing: string[]): Refused => ({ kind: 'refused', why: 'permission', missing })

export function missingIn(client: Client<true>, channelId: string, needed?: bigint): string[] {
  const channel = client.channels.cache.get(channelId)
  if (channel === undefined || channel.isDMBased()) return []
  const given = channel.permissionsFor(client.user)?.bitfield ?? 0n
  return missingPermissions(given, needed ?? (channel.isThread() ? threadPostPermissions : postPermissions))
}

/** Adds the names of the permissions that are missing, which Discord does not tell. */
function named<T extends { kind: string }>(outcome: T, client: Client<true>, target: Target): T {
  if (outcome.kind !== 'refused' || !('channelId' in target)) return outcome
  return { ...outcome, missing: missingIn(client, target.channelId) }
}

async function readOwnMessages(rest: REST, channel: string, self: string, since: number) {
  const messages: OwnMessage[] = []
  let after = String(SnowflakeUtil.generate({ timestamp: since }) & ~0x3fffffn)
  for (let read = 0; read < pages; read++) {
    const query = new URLSearchParams({ limit: String(page), after })
    const found = Read.parse(await rest.get(Routes.channelMessages(channel), { query }))
    for (const { id, author, components } of found)
      if (author.id === self) messages.push({ id, customIds: customIdsIn(components) })
    if (found.length < page) return { messages, complete: true }
    after = found
      .map(({ id }) => BigInt(id))
      .reduce((a, b) => (a > b ? a : b))
      .toString()
  }
  return { messages, complete: false }
}

export function customIdsIn(components: readonly unknown[]): string[] {
  return components.flatMap(raw => {
    const part = Component.safeParse(raw)
    if (!part.success) return []
    return [
      ...(part.data.custom_id === undefined ? [] : [part.data.custom_id]),
      ...customIdsIn(part.data.components ?? []),
    ]
  })
}
