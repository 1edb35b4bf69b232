import type { Message } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { isEmoji } from '../validation/components.ts'
import { refusal } from '../validation/refusal.ts'

/** Different emoji on one message. */
const most = 20

/** @throws Refusal 10014 for what is no emoji, 30010 for one too many */
export function addReaction(world: World, message: Message, user: string, emoji: string): void {
  if (!isEmoji(emoji)) throw refusal(10014)
  const users = message.reactions.get(emoji) ?? new Set()
  if (users.has(user)) return
  if (users.size === 0 && message.reactions.size >= most) throw refusal(30010)
  users.add(user)
  message.reactions.set(emoji, users)
  world.bus.emit({ type: 'reaction-added', message, user, emoji })
}

export function removeReaction(world: World, message: Message, user: string, emoji: string): void {
  const users = message.reactions.get(emoji)
  if (!users?.delete(user)) return
  if (users.size === 0) message.reactions.delete(emoji)
  world.bus.emit({ type: 'reaction-removed', message, user, emoji })
}
