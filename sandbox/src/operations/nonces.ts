import { messageOf } from '../state/lookup.ts'
import type { Message } from '../state/types.ts'
import type { World } from '../state/world.ts'

/** "The past few minutes" in which Discord compares nonces. */
const nonceLifetime = 5 * 60_000

const keyOf = (author: string, nonce: string | number) => `${author} ${nonce}`

/** The message that this author made with this nonce a moment ago, in whatever channel. */
export function earlier(world: World, author: string, nonce: string | number): Message | undefined {
  const found = world.nonces.get(keyOf(author, nonce))
  if (found === undefined || world.clock.now() - found.at > nonceLifetime) return undefined
  const channel = world.channels.get(found.channelId)
  return channel && messageOf(channel, found.id)
}

export function rememberNonce(world: World, message: Message, nonce: string | number): void {
  for (const [key, { at }] of world.nonces) {
    if (world.clock.now() - at <= nonceLifetime) break
    world.nonces.delete(key)
  }
  // A key that is set again keeps its old place in the order that the loop above relies on.
  world.nonces.delete(keyOf(message.author.id, nonce))
  world.nonces.set(keyOf(message.author.id, nonce), {
    channelId: message.channelId,
    id: message.id,
    at: world.clock.now(),
  })
}
