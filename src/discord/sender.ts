import { type Client, DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js'
import {
  type ChannelInfo,
  type MessageRef,
  messageUrl,
  neededPermissions,
  type SendRequest,
  type Sent,
} from '../bot/channels.ts'
import type { Clock } from '../delivery/clock.ts'
import { findPosted } from '../delivery/find-posted.ts'
import type { Poster, Refused, Target } from '../delivery/poster.ts'
import type { RateLimiter } from '../delivery/rate-limiter.ts'
import { Failure } from '../errors.ts'
import { escapeMarkdown } from '../view/escape.ts'
import { missingPermissions } from '../view/permissions.ts'
import { archiveAfterMinutes } from './forum-post.ts'
import { type Delivered, deliver, type SendStrategy } from './idempotent-send.ts'
import { isDiscordRefusal } from './rest-errors.ts'
import { retryTransient } from './retry.ts'

type SendMessage = (channel: ChannelInfo, request: SendRequest) => Promise<Sent | undefined>

/** How long after an uncertain try Discord surely still knows its nonce, ms; it says "a few minutes". */
const nonceLife = 60_000

/** How long an earlier try of another process may still be under way, ms. A forum takes no nonce that would tell the two apart. */
const underWay = 20_000

/** What sending takes, shared by everything that the bot posts. */
export interface SendingParts {
  readonly poster: Poster
  readonly rateLimiter: RateLimiter
  readonly clock: Clock
}

/** `Channels.send`: what is under way with a nonce is never begun a second time. */
export function openSender(parts: SendingParts): SendMessage {
  const inFlight = new Map<string, Promise<Sent | undefined>>()
  const send: SendMessage = async (channel, request) => {
    const outcome = await deliver(strategyFor(parts, channel, request), {
      uncertain: request.triedAt !== undefined,
    })
    if (outcome.kind === 'unknown') return undefined
    if (outcome.kind !== 'posted') throw failureOf(outcome, channel)
    const messageId = outcome.value
    const threadId = channel.kind === 'forum' ? messageId : undefined
    const place = { channelId: threadId ?? channel.id, messageId }
    return { ...place, threadId, url: messageUrl(channel.guildId, place) }
  }
  return (channel, request) => {
    const pending = inFlight.get(request.nonce)
    if (pending !== undefined) return pending
    const started = send(channel, request).finally(() => inFlight.delete(request.nonce))
    inFlight.set(request.nonce, started)
    return started
  }
}

function strategyFor(
  { poster, rateLimiter, clock }: SendingParts,
  channel: ChannelInfo,
  { message, nonce, title, triedAt, signal }: SendRequest,
): SendStrategy<string> {
  const isForum = channel.kind === 'forum'
  const target: Target = isForum
    ? { forumId: channel.id, guildId: channel.guildId ?? '', title }
    : { channelId: channel.id }
  // Both by Discord's clock: this machine's may have been set since.
  const since = triedAt ?? poster.now()
  const age = poster.now() - since
  return {
    repeatable: !isForum && age < nonceLife,
    attempt: async () => {
      await clock.sleep(rateLimiter.reserve(channel.id, clock.now()) - clock.now())
      const outcome = await poster.post({ target, message, nonce, signal })
      return outcome.kind === 'posted' ? { kind: 'posted', value: outcome.messageId } : outcome
    },
    findPosted: async () => {
      const found = await findPosted(poster, { target, key: nonce, since })
      if (found.kind === 'found') return { kind: 'found', value: found.messageId }
      const mayCome = isForum && triedAt !== undefined && poster.now() - triedAt < underWay
      return { kind: found.kind === 'absent' && !mayCome ? 'absent' : 'unreadable' }
    },
  }
}
/** Opens a thread on a message. Trying again is safe: Discord makes one only, and it has the message's id. */
export async function openThread(
  client: Client,
  { channelId, messageId }: MessageRef,
  name: string,
): Promise<string> {
  const body = { name, auto_archive_duration: archiveAfterMinutes }
  try {
    await retryTransient(() => client.rest.post(Routes.threads(channelId, messageId), { body }))
  } catch (error) {
    const there = RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage
    if (!(error instanceof DiscordAPIError && error.code === there)) throw explained(error)
  }
  return messageId
}

/** Translates an error of Discord or the network for the person who asked. */
export function explained(error: unknown): unknown {
  if (isDiscordRefusal(error) && error.status === 403)
    return new Failure('permission', 'Discord does not allow me to do that there.', { cause: error })
  if (isDiscordRefusal(error)) return error
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
  return new Failure('permission', `Discord refuses my posts in ${where}, which need ${names.join(', ')}.`, {
    cause,
  })
}
