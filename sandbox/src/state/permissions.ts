import { PermissionFlagsBits as Bits, OverwriteType } from 'discord-api-types/v10'
import type { Channel, Guild, Member } from './types.ts'

export const everything = Object.values(Bits).reduce((all, bit) => all | bit, 0n)

/** What goes with the right to send: without it these count for nothing. */
const ofSenders = Bits.MentionEveryone | Bits.SendTTSMessages | Bits.AttachFiles | Bits.EmbedLinks

/** Nobody outside sees a direct message, and inside there is nothing to manage. */
export const inDirectMessages =
  Bits.ViewChannel |
  Bits.SendMessages |
  Bits.EmbedLinks |
  Bits.AttachFiles |
  Bits.ReadMessageHistory |
  Bits.AddReactions |
  Bits.UseExternalEmojis |
  Bits.SendPolls |
  Bits.UseApplicationCommands

/** Owner, then @everyone and roles together; administrators may do everything. */
export function guildPermissions(guild: Guild, member: Member): bigint {
  if (guild.ownerId === member.user.id) return everything
  const roles = [guild.id, ...member.roles]
  const granted = roles.reduce((bits, id) => bits | (guild.roles.get(id)?.permissions ?? 0n), 0n)
  return granted & Bits.Administrator ? everything : granted
}

/**
 * Permissions in a channel, by Discord's rules: the guild's, then the overwrites of @everyone, of all roles
 * together, of the member; and what a missing "view" or "send" takes along.
 * @param channel a guild's channel; for a thread pass its parent too, whose permissions hold
 */
export function channelPermissions(guild: Guild, member: Member, channel: Channel, parent?: Channel): bigint {
  const base = guildPermissions(guild, member)
  if (base === everything) return everything
  const { overwrites } = channel.thread !== undefined && parent !== undefined ? parent : channel
  const apply = (bits: bigint, ids: (id: string) => boolean, type: OverwriteType) => {
    const found = overwrites.filter(overwrite => overwrite.type === type && ids(overwrite.id))
    const deny = found.reduce((all, overwrite) => all | overwrite.deny, 0n)
    const allow = found.reduce((all, overwrite) => all | overwrite.allow, 0n)
    return (bits & ~deny) | allow
  }
  let bits = apply(base, id => id === guild.id, OverwriteType.Role)
  bits = apply(bits, id => id !== guild.id && member.roles.has(id), OverwriteType.Role)
  bits = apply(bits, id => id === member.user.id, OverwriteType.Member)
  if (!(bits & Bits.ViewChannel)) return 0n
  const send = channel.thread === undefined ? Bits.SendMessages : Bits.SendMessagesInThreads
  return bits & send ? bits : bits & ~ofSenders
}
