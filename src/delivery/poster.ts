import type { Schedule } from '../schedule/schedule.ts'
import type { Message } from '../view/reply.ts'

/** A new post in a server's forum. Its message's id is the id of the post's own thread too. */
export interface ForumTarget {
  readonly forumId: string
  readonly guildId: string
  /** Name of the post, 1..100 characters. */
  readonly title: string
}

/** Where a message goes: a server's channel, a member's direct messages, or a forum. */
export type Target = { readonly channelId: string } | { readonly userId: string } | ForumTarget

/** The channel or forum of a daily pick, or the member whose follow it is. */
export const placeOf = (schedule: Schedule): { readonly channelId: string } | { readonly userId: string } =>
  schedule.kind === 'daily' ? { channelId: schedule.channelId } : { userId: schedule.userId }

/** @param title of the post, where it is one in a forum */
export function targetOf(schedule: Schedule, title = ''): Target {
  if (schedule.kind !== 'daily' || schedule.thread !== 'forum') return placeOf(schedule)
  return { forumId: schedule.channelId, guildId: schedule.guildId, title }
}

/** It was certainly not posted, and trying again is useless until somebody changes something. */
export interface Refused {
  readonly kind: 'refused'
  readonly why:
    | 'permission' // 403 50001, 50013, ...: `missing` names the permissions
    | 'gone' // 404: the channel or the thread was deleted
    | 'removed' // the bot is not in the server
    | 'closed' // 50007: the member takes no direct messages from the bot
    | 'invalid' // 400: the message itself; a bug
  /** Permissions by the names that Discord's settings show. */
  readonly missing: readonly string[]
  /** For the log. */
  readonly cause?: string | undefined
}

/** It was certainly not posted but may be tried again: rate limited, connection refused, not connected yet. */
export interface Later {
  readonly kind: 'later'
  /** The earliest time to try again, epoch ms; undefined when Discord named none. */
  readonly at: number | undefined
  /** Whether the limit is the bot's rather than the channel's, so that all sends have to wait. */
  readonly everywhere: boolean
  readonly cause?: string | undefined
}

/** It may have been posted: there was no answer, the connection broke, or the answer was a 5xx or unreadable. */
export interface Uncertain {
  readonly kind: 'uncertain'
  readonly cause: string
}

interface Posted {
  readonly kind: 'posted'
  readonly messageId: string
}

export type PostOutcome = Posted | Refused | Later | Uncertain

/** One of the bot's own messages, as read from the channel. */
export interface OwnMessage {
  readonly id: string
  readonly customIds: readonly string[]
}

export interface PostRequest {
  readonly target: Target
  readonly message: Message
  /** The idempotency key, at most 25 characters and the same for every try; sent with `enforce_nonce`, except to forums. */
  readonly nonce: string
  /** Aborts when this process may no longer send the message: a request not sent by then must not be sent. */
  readonly signal: AbortSignal
}

/**
 * Posts picks, digests, notices and shares. No method throws for what Discord or the network does: that is an
 * outcome. Implementations do not retry by themselves: a try is one request.
 *
 * @example
 * const outcome = await poster.post({ target: { channelId }, message, nonce: slotKey, signal })
 * if (outcome.kind === 'uncertain') {
 *   const recent = await poster.recent({ channelId }, since) // the message is looked up before it is sent again
 * }
 */
export interface Poster {
  /** The time by Discord's clock, epoch ms: a message posted after this call has a snowflake at least as late. */
  now(): number
  /**
   * Whether the bot could post there; no message is sent, and Discord is asked only about a channel that is unknown.
   * @param guildId the channel's server: `later` where another process hears of it, which knows
   */
  check(target: Target, guildId?: string): Promise<{ readonly kind: 'allowed' } | Refused | Later>
  post(request: PostRequest): Promise<PostOutcome>
  /**
   * The bot's own messages there since that time, epoch ms, by Discord's clock (the snowflakes').
   * `complete` is false when there are more messages than it reads. Without the permission to read the
   * message history Discord answers with an empty list: that is `refused`, not an empty channel.
   */
  recent(
    target: Target,
    since: number,
  ): Promise<
    | { readonly kind: 'read'; readonly messages: readonly OwnMessage[]; readonly complete: boolean }
    | Refused
    | Later
  >
}
