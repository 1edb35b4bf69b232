import {
  type APIMessage,
  type APIReaction,
  PermissionFlagsBits as Bits,
  MessageReferenceType,
} from 'discord-api-types/v10'
import { may, messageOf } from '../state/lookup.ts'
import type { Message } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { channelView } from './channel.ts'

export interface ViewOptions {
  /** Whose own reactions and votes count as "me". */
  readonly viewer: string
  /** Leave out what the message-content intent guards. */
  readonly blank?: boolean
  /** Not for the message that a reply refers to: it does not nest further. */
  readonly nested?: boolean
}

/** A message as one viewer gets it. */
export function messageView(world: World, message: Message, options: ViewOptions): APIMessage {
  const { viewer, nested = false } = options
  const thread = world.channels.get(message.id)
  return {
    ...(options.blank ? blanked(message.data) : message.data),
    ...(message.reactions.size > 0 ? { reactions: reactionsOf(message, viewer) } : {}),
    ...(message.poll === undefined || options.blank ? {} : { poll: pollOf(message, viewer) }),
    ...(thread?.thread === undefined ? {} : { thread: channelView(world, thread) as never }),
    ...(nested ? {} : referenceOf(world, message, options)),
  }
}

/**
 * Whether the bot may read a message's text without the message-content intent: its own, direct ones, those that
 * mention it.
 */
export function openToBot(world: World, message: Message): boolean {
  const direct = world.channels.get(message.channelId)?.guildId === undefined
  const mine = message.author.id === world.bot.id
  return direct || mine || message.data.mentions.some(user => user.id === world.bot.id)
}

function blanked(data: APIMessage): APIMessage {
  const { poll: _, ...rest } = data
  return { ...rest, content: '', embeds: [], attachments: [], components: [] }
}

function referenceOf(
  world: World,
  { data }: Message,
  options: ViewOptions,
): { referenced_message?: APIMessage | null } {
  const reference = data.message_reference
  if (reference?.message_id === undefined || reference.type === MessageReferenceType.Forward) return {}
  const channel = world.channels.get(reference.channel_id)
  const original = channel && messageOf(channel, reference.message_id, options.viewer)
  if (channel === undefined || original === undefined) return { referenced_message: null }
  if (!may(world, options.viewer, channel, Bits.ViewChannel)) return { referenced_message: null }
  const blank = options.blank === true && !openToBot(world, original)
  return { referenced_message: messageView(world, original, { viewer: options.viewer, blank, nested: true }) }
}

function reactionsOf(message: Message, viewer: string): APIReaction[] {
  return [...message.reactions].map(([name, users]) => ({
    emoji: { id: null, name },
    count: users.size,
    count_details: { burst: 0, normal: users.size },
    burst_colors: [],
    me: users.has(viewer),
    me_burst: false,
  }))
}

function pollOf({ data, poll }: Message, viewer: string): NonNullable<APIMessage['poll']> {
  const answers = [...(poll?.votes ?? [])].filter(([, users]) => users.size > 0)
  return {
    ...(data.poll as NonNullable<APIMessage['poll']>),
    results: {
      is_finalized: poll?.finalized ?? false,
      answer_counts: answers.map(([id, users]) => ({ id, count: users.size, me_voted: users.has(viewer) })),
    },
  }
}
