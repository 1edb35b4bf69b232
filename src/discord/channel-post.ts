import type { ChannelInfo, Place, Sending } from '../bot/channels.ts'
import type { Poster } from '../delivery/poster.ts'
import { carries } from '../schedule/slot-key.ts'
import type { SendStrategy } from './idempotent-send.ts'

/** How long after an uncertain try Discord surely still knows its nonce, ms; it says "a few minutes". */
const nonceLife = 60_000
/** Room for clocks that differ, ms. */
const skew = 120_000

/** A message in a text channel or a thread, whose nonce tells Discord what is the same message. */
export function channelPost(
  poster: Poster,
  channel: ChannelInfo,
  sending: Sending,
  since: number,
): SendStrategy<Place> {
  const target = { channelId: channel.id }
  const place = (messageId: string): Place => ({ channelId: channel.id, messageId })
  return {
    repeatable: Date.now() - since < nonceLife,
    attempt: async () => {
      const { message, nonce, signal } = sending
      const outcome = await poster.post({ target, message, nonce, signal })
      return outcome.kind === 'posted' ? { kind: 'posted', value: place(outcome.messageId) } : outcome
    },
    findPosted: async () => {
      const read = await poster.recent(target, since - skew)
      if (read.kind !== 'read') return { kind: 'unreadable' }
      const found = read.messages.find(message => carries(message.customIds, sending.nonce))
      if (found !== undefined) return { kind: 'found', value: place(found.id) }
      return { kind: read.complete ? 'absent' : 'unreadable' }
    },
  }
}
