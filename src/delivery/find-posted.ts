import type { SlotReason } from '../schedule/schedule.ts'
import { carries, slotKeyOf } from '../schedule/slot-key.ts'
import type { Claim } from '../store/schedule-ports.ts'
import { type Poster, targetOf } from './poster.ts'

/** What the place tells about a send without an answer. */
export type PostLookup =
  | { readonly kind: 'found'; readonly messageId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'later'; readonly at: number | undefined }
  | { readonly kind: 'unknown'; readonly reason: SlotReason }

/** How far Discord's clock and this machine's may be apart, in milliseconds. */
const clockSkew = 120_000
/** How long after its window a slot may wait for the place to be readable again. */
const readTimeout = 24 * 3_600_000

/** Looks for the message of a slot in its place, among the bot's own since the first send. */
export async function findPosted(
  poster: Poster,
  { schedule, slot }: Claim,
  now: number,
): Promise<PostLookup> {
  const since = (slot.sendingSince ?? slot.at) - clockSkew
  const recent = await poster.recent(targetOf(schedule), since)
  switch (recent.kind) {
    case 'read': {
      const slotKey = slotKeyOf(slot.scheduleId, slot.date)
      const found = recent.messages.find(message => carries(message.customIds, slotKey))
      if (found !== undefined) return { kind: 'found', messageId: found.id }
      return recent.complete ? { kind: 'absent' } : { kind: 'unknown', reason: 'crowded' }
    }
    case 'later':
      if (now > slot.expiresAt + readTimeout) return { kind: 'unknown', reason: 'unreadable' }
      return { kind: 'later', at: recent.at }
    case 'refused':
      return {
        kind: 'unknown',
        reason: recent.why === 'permission' || recent.why === 'invalid' ? 'unreadable' : recent.why,
      }
  }
}
