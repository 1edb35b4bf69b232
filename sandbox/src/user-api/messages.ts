import { PermissionFlagsBits as Bits, ChannelType } from 'discord-api-types/v10'
import type { z } from 'zod'
import type { Upload } from '../operations/compose.ts'
import { openDirect } from '../operations/guild-admin.ts'
import { createMessage, deleteMessage, editMessage } from '../operations/messages.ts'
import { bitsToSend } from '../operations/permission-checks.ts'
import { vote } from '../operations/polls.ts'
import { addReaction, removeReaction } from '../operations/reactions.ts'
import { forumPost, threadAlone, threadFromMessage } from '../operations/threads.ts'
import type { FileUpload, SendMessage, StartThread } from '../person-api.ts'
import { messageOf, userOf } from '../state/lookup.ts'
import type { Channel, Message, Person } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { demand, findChannel, findMessage } from './scope.ts'
import { UserApiError } from './user-api-error.ts'

export const uploadsOf = (files: readonly FileUpload[] | undefined): Upload[] =>
  (files ?? []).map(({ name, base64, contentType }, index) => ({
    slot: String(index),
    name,
    contentType: contentType ?? 'application/octet-stream',
    bytes: Buffer.from(base64, 'base64'),
  }))

/** Posts in a person's name. What they reply to is pinged, as Discord's clients do unless told otherwise. */
export function sendMessage(
  world: World,
  person: Person,
  channelId: string,
  sent: z.infer<typeof SendMessage>,
): Message {
  const channel = findChannel(world, person, channelId)
  if (channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildCategory)
    throw new UserApiError(400, 'a forum takes posts, not messages')
  demand(world, person, channel, bitsToSend(channel), 'write')
  const uploads = uploadsOf(sent.files)
  if (uploads.length > 0) demand(world, person, channel, Bits.AttachFiles, 'attach files')
  if (sent.content.trim() === '' && uploads.length === 0) throw new UserApiError(400, 'the message is empty')
  if (channel.thread?.archived && channel.thread.locked) throw new UserApiError(403, 'the thread is locked')
  const repliesTo = sent.replyTo === undefined ? undefined : messageOf(channel, sent.replyTo)
  if (sent.replyTo !== undefined && repliesTo === undefined)
    throw new UserApiError(404, 'no such message to reply to')
  return createMessage(world, {
    channel,
    author: person.user,
    body: { content: sent.content },
    uploads,
    repliesTo,
  })
}

export function rewrite(
  world: World,
  person: Person,
  channelId: string,
  id: string,
  content: string,
): Message {
  const message = findMessage(world, person, channelId, id)
  if (message.author.id !== person.user.id) throw new UserApiError(403, 'that is somebody else’s message')
  return editMessage(world, message, { content }, [])
}

/** Deletes one's own message, another's with the right to, and dismisses an ephemeral one. */
export function remove(world: World, person: Person, channelId: string, id: string): void {
  const message = findMessage(world, person, channelId, id)
  const mine = message.author.id === person.user.id || message.audience === person.user.id
  if (!mine)
    demand(world, person, findChannel(world, person, channelId), Bits.ManageMessages, 'delete messages')
  deleteMessage(world, message)
}

export function react(world: World, person: Person, channelId: string, id: string, emoji: string): Message {
  const message = findMessage(world, person, channelId, id)
  const bits = message.reactions.has(emoji) ? Bits.ReadMessageHistory : Bits.AddReactions
  demand(world, person, findChannel(world, person, channelId), bits, 'react')
  if (message.audience !== undefined) throw new UserApiError(400, 'an ephemeral message takes no reactions')
  addReaction(world, message, person.user.id, emoji)
  return message
}

export function unreact(world: World, person: Person, channelId: string, id: string, emoji: string): Message {
  const message = findMessage(world, person, channelId, id)
  removeReaction(world, message, person.user.id, emoji)
  return message
}

export function castVote(
  world: World,
  person: Person,
  channelId: string,
  id: string,
  answers: readonly number[],
): Message {
  const message = findMessage(world, person, channelId, id)
  vote(world, message, person.user.id, answers)
  return message
}

export function startThread(
  world: World,
  person: Person,
  channelId: string,
  asked: z.infer<typeof StartThread>,
): Channel {
  const channel = findChannel(world, person, channelId)
  const draft = { name: asked.name, ownerId: person.user.id, tags: asked.tags }
  const first = { author: person.user, body: { content: asked.content }, uploads: [] }
  if (channel.type === ChannelType.GuildForum) {
    demand(world, person, channel, Bits.SendMessages, 'post')
    if (asked.content === undefined) throw new UserApiError(400, 'a post needs a first message')
    return forumPost(world, channel, draft, first).thread
  }
  if (channel.type !== ChannelType.GuildText)
    throw new UserApiError(400, 'threads start in text channels and forums')
  demand(world, person, channel, Bits.CreatePublicThreads, 'start threads')
  const thread =
    asked.message === undefined
      ? threadAlone(world, channel, person.user, draft)
      : threadFromMessage(world, channel, findMessage(world, person, channelId, asked.message), draft)
  if (asked.content !== undefined) createMessage(world, { ...first, channel: thread })
  return thread
}

export function openConversation(world: World, person: Person, userId: string): Channel {
  if (userId === person.user.id || userOf(world, userId) === undefined)
    throw new UserApiError(404, 'no such user')
  return openDirect(world, person.user.id, userId)
}
