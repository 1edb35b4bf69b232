import { PermissionFlagsBits as Bits } from 'discord-api-types/v10'
import type { Message, Row } from '../view/reply.ts'

/** A channel as commands need to know it. */
export interface ChannelInfo {
  readonly id: string
  readonly name: string
  readonly guildId: string | undefined
  readonly kind: 'text' | 'thread' | 'forum' | 'direct'
  /** The channel that a thread belongs to. */
  readonly parentId: string | undefined
  /** A forum whose posts must carry a tag. */
  readonly needsTag: boolean
}

export interface SendRequest {
  readonly message: Message
  /**
   * 25 characters at most, sent with `enforce_nonce`: a repeated try posts nothing twice. A custom id of the message
   * carries it too, which is how the message is found again when Discord's answer was lost.
   */
  readonly nonce: string
  /** Name of a forum's post, 1..100 characters as they are; other channels have no use for it. */
  readonly title: string
  /** Epoch ms of an earlier try with an unknown outcome: its message is looked up before another one is sent. */
  readonly triedAt?: number | undefined
  readonly signal: AbortSignal
}

export interface Sent {
  /** The message's channel; in a forum, the post's own thread. */
  readonly channelId: string
  readonly messageId: string
  /** A forum post is a thread of its own. */
  readonly threadId: string | undefined
  /** Address of the message for people. */
  readonly url: string
}

export interface MessageRef {
  readonly channelId: string
  readonly messageId: string
}

/** What of a message of the bot can be read back. */
export interface OwnMessage {
  readonly content: string
  readonly components: readonly Row[]
}

/**
 * What commands do in Discord besides their reply. Failures are `Failure`s with a text for the person who asked:
 * `permission` names exactly what is missing, `missing` a channel that is gone, `busy` that Discord does not answer.
 */
export interface Channels {
  /** Undefined when there is no such channel, or none that the bot can see. */
  get(channelId: string): Promise<ChannelInfo | undefined>
  /** Permission bits there; undefined when the member or the channel is not in that server. */
  permissions(channel: ChannelInfo, who: 'bot' | { readonly userId: string }): Promise<bigint | undefined>
  /**
   * Those of a server's channels that everybody there can view, as of a minute ago at most. A private thread and what is
   * gone are not among them.
   * @param place a channel: those that just the same people can view as it are among them too
   * @throws Failure `busy` when Discord does not answer
   */
  viewable(
    guildId: string,
    channelIds: readonly string[],
    place?: string | undefined,
  ): Promise<ReadonlySet<string>>
  /**
   * Whether somebody is in a server now, as Discord says it at this moment.
   * @throws Failure `busy` when Discord does not answer
   */
  isMember(guildId: string, userId: string): Promise<boolean>
  /**
   * Posts, retrying after lost answers and network errors for about half a minute. A second call with the nonce of one
   * in flight waits for that one.
   * @returns undefined when it is unknown whether it arrived
   * @throws Failure when it was certainly not posted
   */
  send(channel: ChannelInfo, request: SendRequest): Promise<Sent | undefined>
  /** Opens a thread on a message, or finds the one that was opened. @returns its id */
  openThread(ref: MessageRef, name: string): Promise<string>
  /** The current state of a message of the bot; undefined when it was deleted. */
  read(ref: MessageRef): Promise<OwnMessage | undefined>
  /**
   * Looks in a channel for a message of the bot that carries the key in a custom id, from `since` (epoch ms) on.
   * @returns undefined when it is not there
   * @throws Failure when the channel cannot be read
   */
  find(channel: ChannelInfo, mark: string, since: number): Promise<MessageRef | undefined>
  /** Changes what `message` names of a message of the bot. Returns false when it is gone. */
  edit(ref: MessageRef, message: Message): Promise<boolean>
  /**
   * Updates a message of the bot soon, coalescing repeated calls: `render` is called when the update is due, and the
   * latest state always arrives. Undefined leaves the message as it is.
   */
  refresh(ref: MessageRef, render: () => Promise<Message | undefined>): void
}

/** Permission bits that a post takes, of the bot or of the member it posts for. */
export function neededPermissions(
  kind: ChannelInfo['kind'],
  who: 'bot' | 'member',
  { thread }: { readonly thread: boolean },
): bigint {
  const send = kind === 'thread' ? Bits.SendMessagesInThreads : Bits.SendMessages
  const embed = who === 'bot' ? Bits.EmbedLinks : 0n
  const open = thread && kind === 'text' ? Bits.CreatePublicThreads : 0n
  return Bits.ViewChannel | send | embed | open
}

/** Address of a message for people. */
export const messageUrl = (guildId: string | undefined, { channelId, messageId }: MessageRef): string =>
  `https://discord.com/channels/${guildId ?? '@me'}/${channelId}/${messageId}`
