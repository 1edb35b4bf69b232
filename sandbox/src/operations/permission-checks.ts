import { PermissionFlagsBits as Bits, ChannelType } from 'discord-api-types/v10'
import { demandBot, permissionsIn, personOf, shareGuild } from '../state/lookup.ts'
import type { Channel } from '../state/types.ts'
import type { World } from '../state/world.ts'
import type { MessageBody } from '../validation/body.ts'
import { refusal } from '../validation/refusal.ts'

const speechless: readonly ChannelType[] = [ChannelType.GuildForum, ChannelType.GuildCategory]

/** What a message needs besides the right to send. */
export function bitsFor(body: Pick<MessageBody, 'embeds' | 'poll'>, files: number): bigint {
  return (
    (body.embeds?.length ? Bits.EmbedLinks : 0n) |
    (files > 0 ? Bits.AttachFiles : 0n) |
    (body.poll == null ? 0n : Bits.SendPolls)
  )
}

/**
 * Whether the bot may post this here.
 * @throws Refusal as Discord would
 */
export function demandPost(world: World, channel: Channel, body: MessageBody, files: number): void {
  if (channel.guildId === undefined) demandDirect(world, channel)
  else demandInGuild(world, channel, body, files)
}

function demandInGuild(world: World, channel: Channel, body: MessageBody, files: number): void {
  demandBot(world, channel)
  if (speechless.includes(channel.type)) throw refusal(50008)
  demandBot(world, channel, bitsToSend(channel) | bitsFor(body, files))
  demandOpen(world, channel)
  const own = permissionsIn(world, world.bot.id, channel)
  if (body.message_reference != null && !(own & Bits.ReadMessageHistory)) throw refusal(160002)
}

export const bitsToSend = (channel: Channel): bigint =>
  channel.thread === undefined ? Bits.SendMessages : Bits.SendMessagesInThreads

/** A post in an archived thread opens it again, but not in a locked one. */
function demandOpen(world: World, channel: Channel): void {
  const { thread } = channel
  const own = permissionsIn(world, world.bot.id, channel)
  if (thread?.archived && thread.locked && !(own & Bits.ManageThreads)) throw refusal(50083)
}

function demandDirect(world: World, channel: Channel): void {
  if (!channel.recipients.includes(world.bot.id)) throw refusal(50001)
  const other = channel.recipients.find(id => id !== world.bot.id)
  const person = other === undefined ? undefined : personOf(world, other)
  if (!person?.directMessages || !shareGuild(world, person.user.id, world.bot.id)) throw refusal(50007)
}
