import {
  type APIMessage,
  type APIUser,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from 'discord-api-types/v10'
import type { Channel, Message, Poll } from '../state/types.ts'
import type { World } from '../state/world.ts'
import type { MessageBody } from '../validation/body.ts'
import { isEmpty } from '../validation/message.ts'
import { refusal } from '../validation/refusal.ts'
import {
  attach,
  emptyMessage,
  settableFlags,
  settleComponents,
  settleEmbeds,
  settlePoll,
  type Upload,
} from './compose.ts'
import { mentionsOf } from './mentions.ts'
import { endPoll, outcomeType } from './polls.ts'

export interface Draft {
  readonly channel: Channel
  readonly author: APIUser
  readonly body: MessageBody
  readonly uploads: readonly Upload[]
  readonly repliesTo?: Message | undefined
  readonly type?: MessageType
  /** The only person who is to see it. */
  readonly audience?: string | undefined
  /** Flags that Discord itself sets. */
  readonly flags?: number
  /** What an interaction's answer carries besides. */
  readonly extra?: Partial<APIMessage>
}

/** Older messages of a channel are forgotten, so that a sandbox can run for weeks. */
const kept = 5000

/** Puts a message into a channel. Its body has been judged; permissions have been checked. */
export function createMessage(world: World, draft: Draft): Message {
  const { channel, author, body, audience } = draft
  const id = world.newId()
  const attachments = attach(world, channel.id, draft.uploads, body.attachments)
  const poll = body.poll == null ? undefined : settlePoll(body.poll, world.clock.now())
  const data: APIMessage = {
    ...emptyMessage,
    id,
    channel_id: channel.id,
    author,
    type: draft.type ?? (draft.repliesTo === undefined ? MessageType.Default : MessageType.Reply),
    content: body.content?.trim() ?? '',
    timestamp: new Date(world.clock.now()).toISOString(),
    ...mentionsOf(world, channel, author, body, draft.repliesTo),
    attachments,
    embeds: settleEmbeds(body.embeds, attachments),
    components: settleComponents(body.components),
    flags: (draft.flags ?? 0) | settableFlags(body.flags),
    ...(body.nonce == null ? {} : { nonce: body.nonce }),
    ...(poll === undefined ? {} : { poll }),
    ...(draft.repliesTo === undefined ? {} : { message_reference: referenceTo(channel, draft.repliesTo) }),
    ...draft.extra,
  }
  const reactions = new Map()
  const message: Message = {
    id,
    channelId: channel.id,
    author,
    data,
    audience,
    reactions,
    poll: pollState(poll),
  }
  store(world, channel, message)
  world.bus.emit({ type: 'message', message })
  const { expiresAt = Infinity } = message.poll ?? {}
  if (expiresAt < Infinity) world.clock.after(expiresAt - world.clock.now(), () => closePoll(world, message))
  return message
}

const referenceTo = (channel: Channel, { id, channelId }: Message) => ({
  type: MessageReferenceType.Default,
  message_id: id,
  channel_id: channelId,
  ...(channel.guildId === undefined ? {} : { guild_id: channel.guildId }),
})

function pollState(poll: APIMessage['poll']): Poll | undefined {
  if (poll === undefined) return undefined
  const expiresAt = poll.expiry === null ? Infinity : Date.parse(poll.expiry)
  const votes = new Map(poll.answers.map(answer => [answer.answer_id, new Set<string>()]))
  return { votes, expiresAt, multiple: poll.allow_multiselect, finalized: false }
}

function store(world: World, channel: Channel, message: Message): void {
  channel.messages.set(message.id, message)
  if (message.audience === undefined) channel.lastMessageId = message.id
  if (channel.thread !== undefined) {
    channel.thread.archived = false
    channel.thread.members.add(message.author.id)
  }
  if (channel.messages.size <= kept) return
  for (const old of channel.messages.values().take(channel.messages.size - kept)) forget(world, channel, old)
}

function forget(world: World, channel: Channel, message: Message): void {
  channel.messages.delete(message.id)
  for (const { id } of message.data.attachments) world.files.delete(id)
}

/**
 * Changes what a body mentions and leaves the rest.
 * @throws Refusal 50006 when nothing would be left
 */
export function editMessage(
  world: World,
  message: Message,
  body: MessageBody,
  uploads: readonly Upload[],
): Message {
  const channel = world.channels.get(message.channelId)
  if (channel === undefined) throw refusal(10003)
  const { data } = message
  const { content, embeds, components } = { ...data, ...dropNulls(body) }
  const listed = body.attachments
  const left =
    listed == null ? data.attachments : data.attachments.filter(a => listed.some(b => b.id === a.id))
  if (
    isEmpty({ content, embeds, components, poll: data.poll } as never) &&
    left.length + uploads.length === 0
  )
    throw refusal(50006)
  const attachments = [...left, ...attach(world, channel.id, uploads, listed)]
  if (body.content !== undefined) {
    data.content = body.content?.trim() ?? ''
    Object.assign(data, mentionsOf(world, channel, message.author, body, pingedReply(channel, data)))
  }
  if (body.embeds !== undefined) data.embeds = settleEmbeds(body.embeds, attachments)
  if (body.components !== undefined) data.components = settleComponents(body.components)
  data.attachments = attachments
  if (body.flags != null) data.flags = flagsAfter(data.flags ?? 0, body.flags)
  const thinking = ((data.flags ?? 0) & MessageFlags.Loading) !== 0
  data.flags = (data.flags ?? 0) & ~MessageFlags.Loading
  if (!thinking) data.edited_timestamp = new Date(world.clock.now()).toISOString()
  world.bus.emit({ type: 'message-edited', message })
  return message
}

/** Ends a poll, and posts the outcome where it stands. */
export function closePoll(world: World, message: Message): void {
  const outcome = endPoll(world, message)
  const channel = world.channels.get(message.channelId)
  if (outcome === undefined || !channel?.messages.has(message.id)) return
  createMessage(world, {
    channel,
    author: message.author,
    body: { allowed_mentions: { parse: [] } },
    uploads: [],
    type: outcomeType,
    repliesTo: message,
    extra: { embeds: [outcome] },
  })
}

/** The message that this one replies to, if it pinged its author. */
function pingedReply(channel: Channel, data: APIMessage): Message | undefined {
  const original = channel.messages.get(data.message_reference?.message_id ?? '')
  return data.mentions.some(({ id }) => id === original?.author.id) ? original : undefined
}

const dropNulls = ({ content, embeds, components }: MessageBody) => ({
  ...(content === undefined ? {} : { content: content ?? '' }),
  ...(embeds === undefined ? {} : { embeds: embeds ?? [] }),
  ...(components === undefined ? {} : { components: components ?? [] }),
})

/** An edit may suppress embeds or turn to "components v2", and never back. */
function flagsAfter(before: number, wanted: number): number {
  const kept = before & ~MessageFlags.SuppressEmbeds
  return kept | (wanted & (MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2))
}

export function deleteMessage(world: World, message: Message): void {
  const channel = world.channels.get(message.channelId)
  if (channel === undefined) return
  forget(world, channel, message)
  if (channel.lastMessageId === message.id)
    channel.lastMessageId = [...channel.messages.values()].findLast(each => !each.audience)?.id ?? null
  world.bus.emit({ type: 'message-deleted', message })
}
