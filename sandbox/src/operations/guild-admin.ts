import { ChannelType, OverwriteType } from 'discord-api-types/v10'
import {
  admitBot,
  buildChannel,
  buildGuild,
  buildMember,
  buildPerson,
  type ChannelDraft,
} from '../state/build.ts'
import { directChannel, guildOf } from '../state/lookup.ts'
import type { Channel, Guild, Person } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { refusal } from '../validation/refusal.ts'

export function addPerson(world: World, name: string, guilds: readonly Guild[]): Person {
  const person = buildPerson(name, world.newId(), name, 'somebody new')
  world.people.set(name, person)
  for (const guild of guilds) {
    const member = buildMember(world, person.user)
    guild.members.set(person.user.id, member)
    world.bus.emit({ type: 'member', guild, member })
  }
  return person
}

/** A server with one channel, `general`, and the bot in it. */
export function addGuild(world: World, name: string, owner: Person): Guild {
  const guild = buildGuild(world, world.newId(), name, owner)
  world.guilds.set(guild.id, guild)
  addChannel(world, guild, { name: 'general' })
  inviteBot(world, guild)
  return guild
}

export function addChannel(world: World, guild: Guild, draft: ChannelDraft): Channel {
  const channel = buildChannel(world.newId(), guild.id, draft)
  world.channels.set(channel.id, channel)
  world.bus.emit({ type: 'channel', channel })
  return channel
}

/** With its threads, for good. */
export function deleteChannel(world: World, channel: Channel): void {
  const threads = [...world.channels.values()].filter(each => each.thread && each.parentId === channel.id)
  for (const each of [...threads, channel]) {
    world.channels.delete(each.id)
    world.bus.emit({ type: 'channel-deleted', channel: each })
  }
}

export function removeMember(world: World, guild: Guild, userId: string): void {
  const member = guild.members.get(userId)
  if (member === undefined) return
  guild.members.delete(userId)
  world.bus.emit(
    userId === world.bot.id ? { type: 'guild-left', guild } : { type: 'member-left', guild, member },
  )
}

export function inviteBot(world: World, guild: Guild): void {
  if (guild.members.has(world.bot.id)) return
  admitBot(world, guild, world.newId())
  world.bus.emit({ type: 'guild-joined', guild })
}

/** Denies a member permissions in one channel, whatever their roles; nothing denied lifts it. */
export function denyIn(world: World, channel: Channel, userId: string, deny: bigint): void {
  const others = channel.overwrites.filter(each => each.id !== userId)
  channel.overwrites =
    deny === 0n ? others : [...others, { id: userId, type: OverwriteType.Member, allow: 0n, deny }]
  world.bus.emit({ type: 'channel-edited', channel })
}

/** The direct message channel of two users; opened when there is none. */
export function openDirect(world: World, one: string, other: string): Channel {
  const found = directChannel(world, one, other)
  if (found !== undefined) return found
  const channel = buildChannel(world.newId(), undefined, {
    name: '',
    type: ChannelType.DM,
    recipients: [one, other],
  })
  world.channels.set(channel.id, channel)
  world.bus.emit({ type: 'channel', channel })
  return channel
}

export function renameChannel(
  world: World,
  channel: Channel,
  change: { name?: string; topic?: string | null },
): void {
  if (guildOf(world, channel) === undefined) throw refusal(50003)
  if (change.name !== undefined) channel.name = change.name
  if (change.topic !== undefined) channel.topic = change.topic
  world.bus.emit({ type: 'channel-edited', channel })
}
