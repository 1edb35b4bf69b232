import { ChannelType, MessageType } from 'discord-api-types/v10'
import { buildChannel } from '../state/build.ts'
import type { Channel, Message } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { refusal } from '../validation/refusal.ts'
import { createMessage, type Draft } from './messages.ts'

export interface ThreadDraft {
  readonly name: string
  readonly ownerId: string
  readonly type?: ChannelType
  /** Minutes without a message until it is archived. */
  readonly autoArchive?: number | undefined
  readonly tags?: readonly string[] | undefined
}

function openThread(world: World, parent: Channel, id: string, draft: ThreadDraft): Channel {
  const at = world.clock.now()
  const thread = buildChannel(id, parent.guildId, {
    name: draft.name,
    type: draft.type ?? ChannelType.PublicThread,
    parentId: parent.id,
    thread: {
      ownerId: draft.ownerId,
      createdAt: at,
      archived: false,
      archivedAt: at,
      locked: false,
      autoArchive: draft.autoArchive ?? 4320,
      tags: draft.tags ?? [],
      members: new Set([draft.ownerId]),
    },
  })
  world.channels.set(id, thread)
  return thread
}

/**
 * A thread that hangs on a message and takes its id.
 * @throws Refusal 160004 when there is one already
 */
export function threadFromMessage(
  world: World,
  parent: Channel,
  message: Message,
  draft: ThreadDraft,
): Channel {
  if (world.channels.has(message.id)) throw refusal(160004)
  const thread = openThread(world, parent, message.id, draft)
  message.data.flags = (message.data.flags ?? 0) | 32
  world.bus.emit({ type: 'channel', channel: thread })
  world.bus.emit({ type: 'message-edited', message })
  return thread
}

/** A thread of its own, announced in its channel. */
export function threadAlone(
  world: World,
  parent: Channel,
  author: Draft['author'],
  draft: ThreadDraft,
): Channel {
  const thread = openThread(world, parent, world.newId(), draft)
  world.bus.emit({ type: 'channel', channel: thread })
  if (draft.type !== ChannelType.PrivateThread) {
    const body = { content: draft.name, allowed_mentions: { parse: [] } }
    createMessage(world, { channel: parent, author, body, uploads: [], type: MessageType.ThreadCreated })
  }
  return thread
}

/** A forum's post: a thread whose first message has the thread's id. */
export function forumPost(
  world: World,
  forum: Channel,
  draft: ThreadDraft,
  first: Omit<Draft, 'channel'>,
): { thread: Channel; message: Message } {
  const thread = openThread(world, forum, world.newId(), draft)
  world.bus.emit({ type: 'channel', channel: thread })
  const message = createMessage(
    { ...world, newId: firstThen(thread.id, world.newId) },
    { ...first, channel: thread },
  )
  forum.lastMessageId = thread.id
  return { thread, message }
}

/** The message takes the thread's id; its attachments get their own. */
function firstThen(first: string, then: () => string): () => string {
  let used = false
  return () => {
    if (used) return then()
    used = true
    return first
  }
}

export interface ThreadChange {
  readonly name?: string | undefined
  readonly archived?: boolean | undefined
  readonly locked?: boolean | undefined
  readonly autoArchive?: number | undefined
  readonly tags?: readonly string[] | undefined
}

export function changeThread(world: World, channel: Channel, change: ThreadChange): void {
  const { thread } = channel
  if (thread === undefined) throw refusal(50024)
  if (change.name !== undefined) channel.name = change.name
  if (change.archived !== undefined && change.archived !== thread.archived) {
    thread.archived = change.archived
    thread.archivedAt = world.clock.now()
  }
  thread.locked = change.locked ?? thread.locked
  thread.autoArchive = change.autoArchive ?? thread.autoArchive
  thread.tags = change.tags ?? thread.tags
  world.bus.emit({ type: 'channel-edited', channel })
}
