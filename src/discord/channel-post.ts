import type { ChannelInfo, MessageRef, SendRequest } from '../bot/channels.ts'
import type { Poster } from '../delivery/poster.ts'
import { carries } from '../schedule/slot-key.ts'
import type { SendStrategy } from './idempotent-send.ts'

/** How long after an uncertain try Discord surely still knows its nonce, ms; it says "a few minutes". */
const nonceLifetime = 60_000
/** Room for clocks that differ, ms. */
const clockSkew = 120_000

/** A message in a text channel or a thread, whose nonce tells Discord what is the same message. */
export function channelPost(
  poster: Poster,
  channel: ChannelInfo,
  request: SendRequest,
  since: number,
): SendStrategy<MessageRef> {
  const target = { channelId: channel.id }
  const refOf = (messageId: string): MessageRef => ({ channelId: channel.id, messageId })
  return {
    repeatable: Date.now() - since < nonceLifetime,
    attempt: async () => {
      const { message, nonce, signal } = request
      const outcome = await poster.post({ target, message, nonce, signal })
      return outcome.kind === 'posted' ? { kind: 'posted', value: refOf(outcome.messageId) } : outcome
    },
    findPosted: async () => {
      const read = await poster.recent(target, since - clockSkew)
      if (read.kind !== 'read') return { kind: 'unreadable' }
      const found = read.messages.find(message => carries(message.customIds, request.nonce))
      if (found !== undefined) return { kind: 'found', value: refOf(found.id) }
      return { kind: read.complete ? 'absent' : 'unreadable' }
    },
  }
}
