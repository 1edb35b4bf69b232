import { type APIUser, ChannelType, PermissionFlagsBits } from 'discord-api-types/v10'
import type { ChannelView, GuildView, MemberView, Overview } from '../../../person-api.ts'

const threadTypes: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]

export const isThread = (channel: ChannelView): boolean => threadTypes.includes(channel.type)
export const isForum = (channel: ChannelView): boolean => channel.type === ChannelType.GuildForum
export const isDirect = (channel: ChannelView): boolean => channel.type === ChannelType.DM
const isCategory = (channel: ChannelView): boolean => channel.type === ChannelType.GuildCategory

export const parentOf = (channel: ChannelView): string | undefined =>
  ('parent_id' in channel ? channel.parent_id : undefined) ?? undefined

export const topicOf = (channel: ChannelView): string | undefined =>
  ('topic' in channel ? channel.topic : undefined) ?? undefined

export const recipientOf = (channel: ChannelView): APIUser | undefined =>
  'recipients' in channel ? channel.recipients?.[0] : undefined

export const userName = (user: APIUser): string => user.global_name ?? user.username

export const channelName = (channel: ChannelView): string => {
  const recipient = recipientOf(channel)
  return channel.name ?? (recipient === undefined ? 'Direct message' : userName(recipient))
}

export const may = (channel: ChannelView, permission: keyof typeof PermissionFlagsBits): boolean =>
  (BigInt(channel.permissions) & PermissionFlagsBits[permission]) !== 0n

export const allChannels = (overview: Overview): readonly ChannelView[] => [
  ...overview.guilds.flatMap(guild => guild.channels),
  ...overview.directMessages,
]

export const channelById = (overview: Overview, id: string | undefined): ChannelView | undefined =>
  allChannels(overview).find(channel => channel.id === id)

export const guildOf = (overview: Overview, channelId: string | undefined): GuildView | undefined =>
  overview.guilds.find(guild => guild.channels.some(channel => channel.id === channelId))

/** Where a newcomer starts: the channel for papers, else the first one to write in. */
export function firstChannel(overview: Overview): ChannelView | undefined {
  const texts = allChannels(overview).filter(({ type }) => type === ChannelType.GuildText)
  return (
    texts.find(channel => channel.name === 'papers') ??
    texts.find(channel => channel.canSend) ??
    texts[0] ??
    overview.directMessages[0]
  )
}

/** Who a name in this channel can mean: the server's members, or the two of a direct message. */
export function membersAt(overview: Overview, channel: ChannelView | undefined): readonly MemberView[] {
  const guild = guildOf(overview, channel?.id)
  if (guild !== undefined) return guild.members
  const other = channel && recipientOf(channel)
  return [overview.me.user, ...(other === undefined ? [] : [other])].map(user => ({
    user,
    nick: null,
    roles: [],
  }))
}

export const memberName = (member: MemberView): string => member.nick ?? userName(member.user)

/** Channels in the order of display, each with the threads under it. */
export function channelTree(
  guild: GuildView,
): { readonly channel: ChannelView; readonly threads: readonly ChannelView[] }[] {
  return guild.channels
    .filter(channel => !isThread(channel) && !isCategory(channel))
    .map(channel => ({
      channel,
      threads: threadsOf(guild, channel.id).filter(thread => !isArchived(thread)),
    }))
}

/** Newest first, as a forum lists its posts. */
export const threadsOf = (guild: GuildView, parent: string): readonly ChannelView[] =>
  guild.channels
    .filter(channel => isThread(channel) && parentOf(channel) === parent)
    .toSorted((a, b) => Number(BigInt(b.id) - BigInt(a.id)))

const isArchived = (channel: ChannelView): boolean =>
  'thread_metadata' in channel && channel.thread_metadata?.archived === true

/** Where the page stands, kept in the address so that a reload or a second tab finds it: `#/ada/123456789012345678`. */
export interface Route {
  readonly person: string | undefined
  readonly channel: string | undefined
}

export function parseRoute(hash: string): Route {
  const [, person, channel] = /^#\/([\w.-]+)(?:\/(\d{17,20}))?$/u.exec(hash) ?? []
  return { person, channel }
}

export const formatRoute = ({ person, channel }: Route): string =>
  `#/${person ?? ''}${channel === undefined ? '' : `/${channel}`}`
