import {
  type Channel,
  ChannelFlags,
  ChannelType,
  type Client,
  type GuildBasedChannel,
  type GuildMember,
  PermissionFlagsBits,
  type PrivateThreadChannel,
  Routes,
} from 'discord.js'
import type { ChannelInfo, Channels } from '../bot/channels.ts'
import type { Log } from '../log.ts'
import { snowflake } from '../snowflake.ts'
import type { GuildReader } from './guild-reader.ts'
import { openMessageUpdater } from './message-updater.ts'
import { editMessage, findMessage, readMessage } from './own-messages.ts'
import { openSender, openThread, type SendingParts } from './sender.ts'
import { unlessRefused } from './unless-refused.ts'
import { openViewable } from './viewable.ts'

export interface OpenChannels extends Channels {
  /** Writes the changes that `refresh` has delayed. */
  close(): Promise<void>
}

/** What commands do in Discord besides their reply. Nothing here may be called before the client is ready. */
export function openChannels(
  client: Client,
  parts: SendingParts,
  log: Log,
  reader?: GuildReader,
): OpenChannels {
  const ready = client as Client<true>
  const edit: Channels['edit'] = (ref, message) => editMessage(client, ref, message)
  const { refresh, close } = openMessageUpdater(edit, log)
  return {
    get: id => channelInfoOf(client, id, reader),
    permissions: (channel, who) => permissionsOf(ready, channel, who, reader),
    viewable: openViewable(client.rest),
    isMember: (guildId, userId) => isMember(ready, guildId, userId),
    send: openSender(parts),
    openThread: (ref, name) => openThread(client, ref, name),
    read: ref => readMessage(client, ref),
    find: (channel, mark, since) => findMessage(ready, channel, mark, since),
    edit,
    refresh,
    close,
  }
}

async function channelInfoOf(
  client: Client,
  id: string,
  reader?: GuildReader,
): Promise<ChannelInfo | undefined> {
  if (!snowflake.test(id)) return undefined
  return unlessRefused(async () => {
    if (!client.channels.cache.has(id)) await reader?.readOf(id)
    const channel = client.channels.cache.get(id) ?? (await client.channels.fetch(id))
    return channel === null ? undefined : describe(channel)
  })
}

function describe(channel: Channel): ChannelInfo | undefined {
  const kind = kindOf(channel)
  if (kind === undefined) return undefined
  const inGuild = channel.isDMBased() ? undefined : (channel as GuildBasedChannel)
  return {
    id: channel.id,
    name: inGuild?.name ?? '',
    guildId: inGuild?.guildId,
    kind,
    parentId: channel.isThread() ? (channel.parentId ?? undefined) : undefined,
    needsTag: channel.type === ChannelType.GuildForum && channel.flags.has(ChannelFlags.RequireTag),
  }
}

function kindOf(channel: Channel): ChannelInfo['kind'] | undefined {
  if (channel.isDMBased()) return 'direct'
  if (channel.isThread()) return 'thread'
  if (channel.type === ChannelType.GuildForum) return 'forum'
  const text = channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement
  return text ? 'text' : undefined
}

async function permissionsOf(
  client: Client<true>,
  where: ChannelInfo,
  who: 'bot' | { readonly userId: string },
  reader: GuildReader | undefined,
): Promise<bigint | undefined> {
  if (where.guildId !== undefined) await reader?.readAgain(where.guildId)
  const channel = client.channels.cache.get(where.id)
  const userId = who === 'bot' ? client.user.id : who.userId
  if (channel === undefined || channel.isDMBased() || !snowflake.test(userId)) return undefined
  return unlessRefused(async () => {
    const member = await channel.guild.members.fetch(userId)
    const given = channel.permissionsFor(member)?.bitfield
    const hidden = channel.type === ChannelType.PrivateThread && !(await isIn(channel, member))
    return hidden && given !== undefined ? given & ~PermissionFlagsBits.ViewChannel : given
  })
}

/** Asks Discord itself: who has left is in the client's cache for a while. */
async function isMember({ rest }: Client<true>, guildId: string, userId: string): Promise<boolean> {
  if (!snowflake.test(guildId) || !snowflake.test(userId)) return false
  return (await unlessRefused(() => rest.get(Routes.guildMember(guildId, userId)))) !== undefined
}

/** A private thread is seen by those who are in it, and by those who manage threads. */
async function isIn(thread: PrivateThreadChannel, member: GuildMember): Promise<boolean> {
  if (thread.permissionsFor(member).has(PermissionFlagsBits.ManageThreads)) return true
  return (await unlessRefused(() => thread.members.fetch(member.id))) !== undefined
}
