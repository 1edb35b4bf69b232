import type { NoPick, PaperPick } from './pick.ts'

/** When something happens, in local time. */
export interface Timing {
  /** 0..23 */
  readonly hour: number
  /** 0..59 */
  readonly minute: number
  /** IANA name, such as Asia/Kolkata. Rules change and names vanish: see `schedule/due-slots.ts`. */
  readonly zone: string
  /** ISO weekdays, 1 Monday to 7 Sunday; never empty. */
  readonly days: readonly number[]
}

/** A query, a paper whose neighbours are meant, an author, a venue or category, or nothing: the whole library. */
export type Topic =
  | { readonly query: string }
  | { readonly paperId: string }
  | { readonly author: string }
  | { readonly venue: string }
  | undefined

/** Why a schedule cannot post now. The schedule is kept, and resumes when the problem is resolved. */
export interface Problem {
  readonly kind:
    | 'permission' // the bot lacks the permissions that `missing` names
    | 'gone' // the channel was deleted, or the thread locked
    | 'removed' // the bot was taken off the server
    | 'closed' // the member's direct messages are closed
  /** Names of permissions as Discord's settings show them; may be empty. */
  readonly missing: readonly string[]
  readonly at: number
}

interface Recurring {
  readonly id: string
  readonly timing: Timing
  readonly topic: Topic
  readonly createdAt: number
  /** When a person paused it. */
  readonly pausedAt: number | undefined
  readonly problem: Problem | undefined
  /** The next slot that is not planned yet. */
  readonly next: NextSlot
}

export interface NextSlot {
  readonly at: number
  /** The zone's offset from UTC at that time, in minutes: the fallback if the zone's name is removed. */
  readonly offset: number
}

/** A daily pick of a channel. */
export interface Daily extends Recurring {
  readonly kind: 'daily'
  readonly guildId: string
  readonly channelId: string
  /** Papers a day, 1..5. */
  readonly count: number
  /** Who set it; undefined when that member's data was deleted. */
  readonly createdBy: string | undefined
  /** The live source from whose newest papers it chooses, by its name; undefined: all papers. */
  readonly source?: string | undefined
  /** Minutes after its time until which it waits for the source to have settled its day; undefined: it does not wait. */
  readonly holdMinutes?: number | undefined
  /** A thread on each message, or a post in the forum that the channel is. */
  readonly thread?: 'thread' | 'forum' | undefined
  /** When the channel was told that the topic is exhausted; undefined again after the next pick. */
  readonly exhaustedAt: number | undefined
}

/** Papers that a digest brings at most. */
export const digestSize = 5

/** A member's personal digest by direct message. */
export interface Follow extends Recurring {
  readonly kind: 'follow'
  readonly userId: string
  /** The server whose own papers it brings too, while the member is in it; undefined: the shared papers alone. */
  readonly serverId?: string | undefined
  readonly lastDigestAt: number | undefined
}

export type Schedule = Daily | Follow

export type SlotState =
  | 'open' // nothing chosen yet
  | 'chosen' // papers stored and reserved; no send has begun
  | 'sending' // a send has begun whose fate is not known
  | 'posted'
  | 'none' // nothing to post that day: `reason` is a NoPick
  | 'missed' // its window ended: the bot was away, or a problem lasted
  | 'unknown' // sent, and nobody can tell whether it arrived: reported, never guessed
  | 'failed' // Discord will not take the message as it is

export type SlotReason =
  | NoPick
  | Problem['kind']
  | 'late' // the bot was not running, or not reaching Discord or its database, until the window had ended
  | 'paused' // a person paused the schedule before it could be posted
  | 'unreadable' // after an uncertain send the channel's messages may not be read
  | 'crowded' // after an uncertain send too many messages followed to look through
  | 'restored' // a backup from before this slot was restored
  | 'invalid' // Discord refused the message itself
  | 'unsettled' // the source that it waited for had not settled its day by the latest hour
  | 'no-thread' // posted, but the thread on it could not be opened

/** A schedule's turn on a local date. */
export interface Slot {
  readonly scheduleId: string
  /** Local date, YYYY-MM-DD; extra posts of a date (`post-now`) are 2026-11-23+1, +2, ... */
  readonly date: string
  readonly at: number
  /** End of the catch-up window: after it the slot is settled, not posted. */
  readonly expiresAt: number
  readonly state: SlotState
  /**
   * Empty in a slot that is chosen, sending or posted: the message is the notice that the topic is exhausted, or, with the
   * reason `unsettled`, that the source has not come.
   */
  readonly picks: readonly PaperPick[]
  readonly reason: SlotReason | undefined
  readonly messageId: string | undefined
  /** Tries so far. */
  readonly attempts: number
  readonly retryAt: number
  /** When the first send with an unknown outcome began, by Discord's clock. */
  readonly sendingSince: number | undefined
  readonly settledAt: number | undefined
}
