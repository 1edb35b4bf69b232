import { PermissionFlagsBits as Bits, ChannelType, OverwriteType } from 'discord-api-types/v10'
import type { Channel, Guild, Member, Overwrite, Person, Role, Tag, ThreadState } from './types.ts'
import { makeUser, type World } from './world.ts'

/** What @everyone may do in a new server of Discord's. */
export const everyoneDefault =
  Bits.ViewChannel |
  Bits.CreateInstantInvite |
  Bits.ChangeNickname |
  Bits.SendMessages |
  Bits.SendMessagesInThreads |
  Bits.CreatePublicThreads |
  Bits.CreatePrivateThreads |
  Bits.EmbedLinks |
  Bits.AttachFiles |
  Bits.AddReactions |
  Bits.UseExternalEmojis |
  Bits.UseExternalStickers |
  Bits.MentionEveryone |
  Bits.ReadMessageHistory |
  Bits.UseApplicationCommands |
  Bits.SendPolls

/** What an invite asks for a bot that posts, opens threads and attaches files. */
const botDefault =
  Bits.ViewChannel |
  Bits.SendMessages |
  Bits.SendMessagesInThreads |
  Bits.CreatePublicThreads |
  Bits.EmbedLinks |
  Bits.AttachFiles |
  Bits.AddReactions |
  Bits.ReadMessageHistory

export const denyEveryone = (guildId: string, deny: bigint): Overwrite => ({
  id: guildId,
  type: OverwriteType.Role,
  allow: 0n,
  deny,
})

export function buildPerson(name: string, id: string, shown: string, about: string): Person {
  return {
    name,
    user: makeUser(id, name, shown),
    about,
    locale: 'en-US',
    directMessages: true,
    hasInstalled: false,
  }
}

export const buildRole = (id: string, name: string, permissions: bigint, position: number): Role => ({
  id,
  name,
  permissions,
  position,
  color: 0,
  botId: undefined,
})

export function buildMember(world: World, user: Member['user'], roles: readonly string[] = []): Member {
  return { user, nick: null, roles: new Set(roles), joinedAt: world.clock.now() }
}

/** A guild with its owner, without channels. */
export function buildGuild(world: World, id: string, name: string, owner: Person): Guild {
  return {
    id,
    name,
    ownerId: owner.user.id,
    locale: 'en-US',
    roles: new Map([[id, buildRole(id, '@everyone', everyoneDefault, 0)]]),
    members: new Map([[owner.user.id, buildMember(world, owner.user)]]),
  }
}

/** Puts the bot into a guild, with the role that Discord makes for it. */
export function admitBot(world: World, guild: Guild, roleId: string, permissions = botDefault): Member {
  guild.roles.set(roleId, { ...buildRole(roleId, world.bot.username, permissions, 1), botId: world.bot.id })
  const member = buildMember(world, world.bot, [roleId])
  guild.members.set(world.bot.id, member)
  return member
}

export interface ChannelDraft {
  readonly name: string
  readonly type?: ChannelType
  readonly topic?: string
  readonly parentId?: string | undefined
  readonly overwrites?: Overwrite[]
  readonly tags?: readonly Tag[]
  readonly thread?: ThreadState
  readonly recipients?: readonly string[]
  readonly position?: number
}

export function buildChannel(id: string, guildId: string | undefined, draft: ChannelDraft): Channel {
  return {
    id,
    guildId,
    type: draft.type ?? ChannelType.GuildText,
    name: draft.name,
    topic: draft.topic ?? null,
    parentId: draft.parentId,
    position: draft.position ?? 0,
    overwrites: draft.overwrites ?? [],
    tags: draft.tags ?? [],
    thread: draft.thread,
    recipients: draft.recipients ?? [],
    messages: new Map(),
    lastMessageId: null,
  }
}
