import { type APIChannel, ChannelType } from 'discord-api-types/v10'
import { userOf } from '../state/lookup.ts'
import type { Channel } from '../state/types.ts'
import type { World } from '../state/world.ts'

/** @param viewer whose direct message it is: they are left out of the recipients */
export function channelView(world: World, channel: Channel, viewer = world.bot.id): APIChannel {
  return fieldsOf(world, channel, viewer) as unknown as APIChannel
}

function fieldsOf(world: World, channel: Channel, viewer: string): Record<string, unknown> {
  const base = { id: channel.id, type: channel.type, last_message_id: channel.lastMessageId, flags: 0 }
  if (channel.guildId === undefined) {
    const others = channel.recipients.filter(id => id !== viewer).map(id => userOf(world, id))
    return { ...base, recipients: others }
  }
  const common = {
    ...base,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId ?? null,
  }
  if (channel.thread !== undefined) return { ...common, ...threadFields(world, channel) }
  return {
    ...common,
    position: channel.position,
    topic: channel.topic,
    nsfw: false,
    rate_limit_per_user: 0,
    permission_overwrites: channel.overwrites.map(({ id, type, allow, deny }) => ({
      id,
      type,
      allow: allow.toString(),
      deny: deny.toString(),
    })),
    ...(channel.type === ChannelType.GuildForum ? forumFields(channel) : {}),
  }
}

const forumFields = (channel: Channel) => ({
  available_tags: channel.tags.map(tag => ({ ...tag, emoji_id: null, emoji_name: null })),
  default_reaction_emoji: null,
  default_sort_order: null,
  default_forum_layout: 0,
  template: '',
})

function threadFields(world: World, channel: Channel) {
  const { thread } = channel
  if (thread === undefined) return {}
  const count = channel.messages.values().reduce((sum, message) => sum + (message.audience ? 0 : 1), 0)
  return {
    owner_id: thread.ownerId,
    message_count: count,
    total_message_sent: count,
    member_count: Math.min(thread.members.size, 50),
    rate_limit_per_user: 0,
    applied_tags: thread.tags,
    thread_metadata: {
      archived: thread.archived,
      archive_timestamp: new Date(thread.archivedAt).toISOString(),
      auto_archive_duration: thread.autoArchive,
      locked: thread.locked,
      create_timestamp: new Date(thread.createdAt).toISOString(),
    },
    ...(thread.members.has(world.bot.id)
      ? { member: threadMemberView(channel.id, thread, world.bot.id) }
      : {}),
  }
}

/** A thread's member. When they joined is not kept: the thread's own time stands for it. */
export const threadMemberView = (
  threadId: string,
  thread: { readonly createdAt: number },
  userId: string,
) => ({
  id: threadId,
  user_id: userId,
  join_timestamp: new Date(thread.createdAt).toISOString(),
  flags: 1,
})
