import type { SlotReason } from '../schedule/schedule.ts'
import { carries, slotKeyOf } from '../schedule/slot-key.ts'
import type { Claim } from '../store/schedule-ports.ts'
import { type Later, type Poster, type Refused, type Target, targetOf } from './poster.ts'

/** What reading the channel reveals about an earlier send without an answer. */
export type PostLookup =
  | { readonly kind: 'found'; readonly messageId: string }
  | { readonly kind: 'absent' }
  /** More messages than can be looked through. */
  | { readonly kind: 'crowded' }
  | Refused
  | Later

/** Tolerance for a time by Discord's clock, in milliseconds: it comes in whole seconds and is not fresh. */
export const clockSkew = 120_000
/** How long after its catch-up window a slot may wait for the channel to be readable again. */
const readTimeout = 24 * 3_600_000

/**
 * Looks for a message among the bot's own in its channel.
 * @param key what one of the message's custom ids carries
 * @param since when it was first sent, by Discord's clock
 */
export async function findPosted(
  poster: Poster,
  { target, key, since }: { target: Target; key: string; since: number },
): Promise<PostLookup> {
  const recent = await poster.recent(target, since - clockSkew)
  if (recent.kind !== 'read') return recent
  const found = recent.messages.find(message => carries(message.customIds, key))
  if (found !== undefined) return { kind: 'found', messageId: found.id }
  return { kind: recent.complete ? 'absent' : 'crowded' }
}

/** Outcome of a slot whose send had no answer. */
export type SlotLookup =
  | { readonly kind: 'found'; readonly messageId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'later'; readonly at: number | undefined }
  | { readonly kind: 'unknown'; readonly reason: SlotReason }

export async function findSlot(poster: Poster, { schedule, slot }: Claim, now: number): Promise<SlotLookup> {
  const key = slotKeyOf(slot.scheduleId, slot.date)
  const since = slot.sendingSince ?? slot.at
  const found = await findPosted(poster, { target: targetOf(schedule), key, since })
  switch (found.kind) {
    case 'later':
      if (now > slot.expiresAt + readTimeout) return { kind: 'unknown', reason: 'unreadable' }
      return { kind: 'later', at: found.at }
    case 'refused': {
      const unreadable = found.why === 'permission' || found.why === 'invalid'
      return { kind: 'unknown', reason: unreadable ? 'unreadable' : found.why }
    }
    case 'crowded':
      return { kind: 'unknown', reason: 'crowded' }
    default:
      return found
  }
}
