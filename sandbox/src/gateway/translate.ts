import { PermissionFlagsBits as Bits, GatewayIntentBits as Intent } from 'discord-api-types/v10'
import type { WorldEvent } from '../state/bus.ts'
import { may } from '../state/lookup.ts'
import type { Channel, Message } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { channelView } from '../view/channel.ts'
import { guildCreation, guildView } from '../view/guild.ts'
import { interactionView } from '../view/interaction.ts'
import { messageView, openToBot } from '../view/message.ts'
import { memberView, partialMember, roleView } from '../view/people.ts'

/** A gateway event before a session numbers it. */
export interface Dispatch {
  readonly t: string
  readonly d: unknown
  /** Decides on the shard. */
  readonly guildId: string | undefined
}

/** What a session with these intents hears of an event; undefined: nothing. */
export function translate(world: World, event: WorldEvent, intents: number): Dispatch | undefined {
  switch (event.type) {
    case 'message':
    case 'message-edited':
    case 'message-deleted':
      return aboutMessage(world, event, intents)
    case 'reaction-added':
    case 'reaction-removed':
      return aboutReaction(world, event, intents)
    case 'vote-added':
    case 'vote-removed':
      return aboutVote(world, event, intents)
    case 'channel':
    case 'channel-edited':
    case 'channel-deleted':
      return intents & Intent.Guilds ? aboutChannel(world, event) : undefined
    case 'interaction':
      if (world.interactionsEndpoint !== undefined) return undefined
      return {
        t: 'INTERACTION_CREATE',
        d: interactionView(world, event.interaction),
        guildId: event.interaction.guildId,
      }
    case 'typing':
    case 'interaction-changed':
    case 'commands':
    case 'bot':
    case 'clock':
      return undefined
    default:
      return aboutGuild(world, event, intents)
  }
}

type Of<Type extends WorldEvent['type']> = Extract<WorldEvent, { type: Type }>

/** The channel of a message, when the bot sees it and the intents cover it. */
function heard(
  world: World,
  message: Message,
  intents: number,
  inGuild: number,
  direct: number,
): Channel | undefined {
  const channel = world.channels.get(message.channelId)
  if (channel === undefined || message.audience !== undefined) return undefined
  if (!(intents & (channel.guildId === undefined ? direct : inGuild))) return undefined
  return may(world, world.bot.id, channel, Bits.ViewChannel) ? channel : undefined
}

const inGuild = ({ guildId }: Channel) => (guildId === undefined ? {} : { guild_id: guildId })

function aboutMessage(
  world: World,
  { type, message }: Of<'message' | 'message-edited' | 'message-deleted'>,
  intents: number,
): Dispatch | undefined {
  const channel = heard(world, message, intents, Intent.GuildMessages, Intent.DirectMessages)
  if (channel === undefined) return undefined
  const { guildId } = channel
  if (type === 'message-deleted')
    return {
      t: 'MESSAGE_DELETE',
      guildId,
      d: { id: message.id, channel_id: channel.id, ...inGuild(channel) },
    }
  const blank = !(intents & Intent.MessageContent) && !openToBot(world, message)
  const member = guildId === undefined ? undefined : world.guilds.get(guildId)?.members.get(message.author.id)
  const d = {
    ...messageView(world, message, { viewer: world.bot.id, blank }),
    ...inGuild(channel),
    ...(member === undefined ? {} : { member: partialMember(member) }),
    channel_type: channel.type,
  }
  return { t: type === 'message' ? 'MESSAGE_CREATE' : 'MESSAGE_UPDATE', guildId, d }
}

function aboutReaction(
  world: World,
  { type, message, user, emoji }: Of<'reaction-added' | 'reaction-removed'>,
  intents: number,
): Dispatch | undefined {
  const { GuildMessageReactions, DirectMessageReactions } = Intent
  const channel = heard(world, message, intents, GuildMessageReactions, DirectMessageReactions)
  if (channel === undefined) return undefined
  const member =
    channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId)?.members.get(user)
  const added = type === 'reaction-added'
  const d = {
    user_id: user,
    channel_id: channel.id,
    message_id: message.id,
    ...inGuild(channel),
    emoji: { id: null, name: emoji },
    burst: false,
    type: 0,
    ...(added ? { message_author_id: message.author.id, burst_colors: [] } : {}),
    ...(added && member !== undefined ? { member: memberView(member) } : {}),
  }
  return { t: added ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE', guildId: channel.guildId, d }
}

function aboutVote(
  world: World,
  { type, message, user, answer }: Of<'vote-added' | 'vote-removed'>,
  intents: number,
): Dispatch | undefined {
  const channel = heard(world, message, intents, Intent.GuildMessagePolls, Intent.DirectMessagePolls)
  if (channel === undefined) return undefined
  const d = {
    user_id: user,
    channel_id: channel.id,
    message_id: message.id,
    ...inGuild(channel),
    answer_id: answer,
  }
  const t = type === 'vote-added' ? 'MESSAGE_POLL_VOTE_ADD' : 'MESSAGE_POLL_VOTE_REMOVE'
  return { t, guildId: channel.guildId, d }
}

const channelVerbs = { channel: 'CREATE', 'channel-edited': 'UPDATE', 'channel-deleted': 'DELETE' } as const

function aboutChannel(
  world: World,
  { type, channel }: Of<'channel' | 'channel-edited' | 'channel-deleted'>,
): Dispatch | undefined {
  const { guildId } = channel
  // Direct message channels are not announced to bots; their first message is.
  if (guildId === undefined || !world.guilds.get(guildId)?.members.has(world.bot.id)) return undefined
  const verb = channelVerbs[type]
  if (channel.thread === undefined)
    return { t: `CHANNEL_${verb}`, guildId, d: { ...channelView(world, channel), guild_id: guildId } }
  if (type !== 'channel-deleted' && !may(world, world.bot.id, channel, Bits.ViewChannel)) return undefined
  if (type === 'channel-deleted') {
    const { id, parentId } = channel
    return {
      t: 'THREAD_DELETE',
      guildId,
      d: { id, guild_id: guildId, parent_id: parentId, type: channel.type },
    }
  }
  const fresh = type === 'channel' ? { newly_created: true } : {}
  return { t: `THREAD_${verb}`, guildId, d: { ...channelView(world, channel), ...fresh } }
}

function aboutGuild(
  world: World,
  event: Of<
    | 'guild-joined'
    | 'guild-left'
    | 'guild-edited'
    | 'role-edited'
    | 'member'
    | 'member-edited'
    | 'member-left'
  >,
  intents: number,
): Dispatch | undefined {
  const { guild } = event
  const guildId = guild.id
  if (event.type === 'member' || event.type === 'member-edited' || event.type === 'member-left') {
    const own = event.member.user.id === world.bot.id && event.type === 'member-edited'
    if (!(intents & Intent.GuildMembers) && !own) return undefined
    if (!guild.members.has(world.bot.id)) return undefined
    const verb = { member: 'ADD', 'member-edited': 'UPDATE', 'member-left': 'REMOVE' }[event.type]
    const shown = event.type === 'member-left' ? { user: event.member.user } : memberView(event.member)
    return { t: `GUILD_MEMBER_${verb}`, guildId, d: { ...shown, guild_id: guildId } }
  }
  if (!(intents & Intent.Guilds)) return undefined
  switch (event.type) {
    case 'guild-joined':
      return { t: 'GUILD_CREATE', guildId, d: guildCreation(world, guild) }
    case 'guild-left':
      return { t: 'GUILD_DELETE', guildId, d: { id: guildId } }
    case 'guild-edited':
      return { t: 'GUILD_UPDATE', guildId, d: guildView(guild) }
    case 'role-edited':
      return { t: 'GUILD_ROLE_UPDATE', guildId, d: { guild_id: guildId, role: roleView(event.role) } }
    default:
      return undefined
  }
}
