import type { APIUser } from 'discord-api-types/v10'
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10'
import { refusal } from '../validation/refusal.ts'
import { channelPermissions, inDirectMessages } from './permissions.ts'
import type { Channel, Guild, Member, Message, Person } from './types.ts'
import type { World } from './world.ts'

/** @throws Refusal 10003 */
export function channelOf(world: World, id: string): Channel {
  const channel = world.channels.get(id)
  if (channel === undefined) throw refusal(10003)
  return channel
}

/** The guild of a channel; undefined for direct messages. */
export const guildOf = (world: World, channel: Channel): Guild | undefined =>
  channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId)

export const memberOf = (world: World, guildId: string, user: string): Member | undefined =>
  world.guilds.get(guildId)?.members.get(user)

/**
 * A guild that the bot is in.
 * @throws Refusal 10004
 */
export function botGuild(world: World, id: string): Guild {
  const guild = world.guilds.get(id)
  if (guild === undefined || !guild.members.has(world.bot.id)) throw refusal(10004)
  return guild
}

/** What somebody may do in a channel: none outside of its server, or of its conversation. */
export function permissionsIn(world: World, user: string, channel: Channel): bigint {
  const guild = guildOf(world, channel)
  if (guild === undefined) return channel.recipients.includes(user) ? inDirectMessages : 0n
  const member = guild.members.get(user)
  if (member === undefined) return 0n
  const parent = channel.parentId === undefined ? undefined : world.channels.get(channel.parentId)
  return channelPermissions(guild, member, channel, parent)
}

export const may = (world: World, user: string, channel: Channel, bits: bigint): boolean =>
  (permissionsIn(world, user, channel) & bits) === bits

/** @throws Refusal 50001 when the bot does not see the channel, 50013 when it lacks one of `bits` */
export function demandBot(world: World, channel: Channel, bits = 0n): void {
  const own = permissionsIn(world, world.bot.id, channel)
  if (!(own & Bits.ViewChannel)) throw refusal(50001)
  if ((own & bits) !== bits) throw refusal(50013)
}

/** A message that this person sees; ephemeral ones belong to their person alone. */
export function messageOf(channel: Channel, id: string, viewer?: string): Message | undefined {
  const message = channel.messages.get(id)
  if (message === undefined) return undefined
  return message.audience === undefined || message.audience === viewer ? message : undefined
}

/** @throws Refusal 10008 */
export function publicMessage(channel: Channel, id: string): Message {
  const message = messageOf(channel, id)
  if (message === undefined) throw refusal(10008)
  return message
}

export const personOf = (world: World, userId: string): Person | undefined =>
  world.people.values().find(person => person.user.id === userId)

export function userOf(world: World, id: string): APIUser | undefined {
  return id === world.bot.id ? world.bot : personOf(world, id)?.user
}

/** The conversation between a person and the bot, or between two people. */
export function directChannel(world: World, one: string, other: string): Channel | undefined {
  return world.channels
    .values()
    .find(({ recipients }) => recipients.length > 0 && recipients.includes(one) && recipients.includes(other))
}

export const shareGuild = (world: World, one: string, other: string): boolean =>
  world.guilds.values().some(guild => guild.members.has(one) && guild.members.has(other))
