import { type Client, DiscordAPIError, REST, RESTJSONErrorCodes, Routes } from 'discord.js'
import pRetry from 'p-retry'
import {
  type ChannelInfo,
  type MessageRef,
  messageUrl,
  neededPermissions,
  type SendRequest,
  type Sent,
} from '../bot/channels.ts'
import type { Poster, Refused } from '../delivery/poster.ts'
import { Failure } from '../errors.ts'
import { escapeMarkdown } from '../view/escape.ts'
import { missingPermissions } from '../view/permissions.ts'
import { channelPost } from './channel-post.ts'
import { archiveAfterMinutes, forumPost } from './forum-post.ts'
import { type Delivered, deliver } from './idempotent-send.ts'
import { isTransientError } from './responder.ts'

type SendMessage = (channel: ChannelInfo, request: SendRequest) => Promise<Sent | undefined>

/** `Channels.send`: what is under way with a nonce is never begun a second time. */
export function openSender(
  client: Client<true>,
  poster: Poster,
  address: { apiUrl: string; token: string },
): SendMessage {
  const rest = new REST({ api: address.apiUrl, retries: 0, rejectOnRateLimit: () => true }).setToken(
    address.token,
  )
  const inFlight = new Map<string, Promise<Sent | undefined>>()
  const send: SendMessage = async (channel, request) => {
    const since = request.triedAt ?? Date.now()
    const strategy =
      channel.kind === 'forum'
        ? forumPost(rest, forumOf(channel, client), request, since)
        : channelPost(poster, channel, request, since)
    const outcome = await deliver(strategy, { uncertain: request.triedAt !== undefined })
    if (outcome.kind === 'unknown') return undefined
    if (outcome.kind !== 'posted') throw failureOf(outcome, channel)
    const ref = outcome.value
    const threadId = channel.kind === 'forum' ? ref.channelId : undefined
    return { ...ref, threadId, url: messageUrl(channel.guildId, ref) }
  }
  return (channel, request) => {
    const running = inFlight.get(request.nonce)
    if (running !== undefined) return running
    const started = send(channel, request).finally(() => inFlight.delete(request.nonce))
    inFlight.set(request.nonce, started)
    return started
  }
}

const forumOf = ({ id, guildId = '' }: ChannelInfo, client: Client<true>) => ({
  guildId,
  forumId: id,
  botId: client.user.id,
})

/** Opens a thread on a message. Trying again is safe: Discord makes one only, and it has the message's id. */
export async function openThread(
  client: Client,
  { channelId, messageId }: MessageRef,
  name: string,
): Promise<string> {
  const body = { name, auto_archive_duration: archiveAfterMinutes }
  try {
    await pRetry(() => client.rest.post(Routes.threads(channelId, messageId), { body }), {
      retries: 3,
      minTimeout: 500,
      shouldRetry: ({ error }) => isTransientError(error),
    })
  } catch (error) {
    const there = RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage
    if (!(error instanceof DiscordAPIError && error.code === there)) throw explained(error)
  }
  return messageId
}

/** What an error of Discord's or the network's means for the person who asked. */
export function explained(error: unknown): unknown {
  if (error instanceof DiscordAPIError && error.status === 403)
    return new Failure('permission', 'Discord does not allow me to do that there.', { cause: error })
  if (error instanceof DiscordAPIError) return error
  return new Failure('busy', 'Discord is not responding at the moment. Try again in a minute.', {
    cause: error,
  })
}

function failureOf(
  outcome: Exclude<Delivered<unknown>, { kind: 'posted' | 'unknown' }>,
  channel: ChannelInfo,
): Error {
  if (outcome.kind === 'refused') return refusalOf(outcome, channel)
  return new Failure(
    'busy',
    'Discord is not accepting messages at the moment. Nothing was posted; try again in a minute.',
    { cause: outcome.cause },
  )
}

function refusalOf({ why, missing, cause }: Refused, channel: ChannelInfo): Error {
  const where = `**#${escapeMarkdown(channel.name)}**`
  if (why === 'invalid') return new Error(`Discord refuses a message: ${cause}`)
  if (why !== 'permission')
    return new Failure('missing', `${where} is locked or gone, or I am no longer there.`, { cause })
  if (missing.length > 0)
    return new Failure('permission', `I lack ${missing.join(', ')} in ${where}.`, { cause })
  const names = missingPermissions(0n, neededPermissions(channel.kind, 'bot', { thread: false }))
  return new Failure('permission', `Discord refuses my posts in ${where}, which take ${names.join(', ')}.`, {
    cause,
  })
}
