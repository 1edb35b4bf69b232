import { MessageFlags } from 'discord-api-types/v10'
import type { MessageView } from '../../../person-api.ts'

/** A channel's messages as far as they are known, oldest first. */
export interface Feed {
  readonly messages: readonly MessageView[]
  /** Whether older messages may exist. */
  readonly more: boolean
  readonly loaded: boolean
}

export const emptyFeed: Feed = { messages: [], more: false, loaded: false }

/** Snowflakes differ in length only when they differ in age by years: compare as numbers. */
const older = (a: string, b: string) => BigInt(a) < BigInt(b)

/** Puts a message in its place, or over its earlier version. */
export function put(feed: Feed, message: MessageView): Feed {
  const at = feed.messages.findIndex(known => known.id === message.id)
  if (at >= 0) return { ...feed, messages: feed.messages.with(at, message) }
  const before = feed.messages.findLastIndex(known => older(known.id, message.id))
  return { ...feed, messages: feed.messages.toSpliced(before + 1, 0, message) }
}

/** An edit of a message that this page never had stays out: its place would be a gap. */
export const edit = (feed: Feed, message: MessageView): Feed =>
  feed.messages.some(known => known.id === message.id) ? put(feed, message) : feed

export const drop = (feed: Feed, id: string): Feed => ({
  ...feed,
  messages: feed.messages.filter(message => message.id !== id),
})

/** Older messages, as they come in pages of `size`. */
export function prepend(feed: Feed, page: readonly MessageView[], size: number): Feed {
  const known = new Set(feed.messages.map(message => message.id))
  return {
    messages: [...page.filter(message => !known.has(message.id)), ...feed.messages],
    more: page.length >= size,
    loaded: true,
  }
}

const groupGap = 7 * 60_000

/** Whether `message` stands under the one before without an avatar and a name of its own. */
export function continues(message: MessageView, before: MessageView | undefined): boolean {
  if (before === undefined || before.author.id !== message.author.id) return false
  if (message.referenced_message != null || message.interaction_metadata !== undefined) return false
  if (isEphemeral(message) || isEphemeral(before)) return false
  const gap = Date.parse(message.timestamp) - Date.parse(before.timestamp)
  return gap < groupGap && dayOf(message) === dayOf(before)
}

export const isEphemeral = (message: MessageView): boolean =>
  ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0

export const isThinking = (message: MessageView): boolean =>
  ((message.flags ?? 0) & MessageFlags.Loading) !== 0

export const dayOf = (message: MessageView): string => new Date(message.timestamp).toDateString()
