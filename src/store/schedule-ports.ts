import type { PaperPick } from '../schedule/pick.ts'
import type {
  Daily,
  Follow,
  NextSlot,
  Problem,
  Schedule,
  Slot,
  SlotReason,
  Timing,
  Topic,
} from '../schedule/schedule.ts'
import type { Keyed } from './request-ports.ts'

/** The fields of a schedule that can change; a field that is left out stays as it is. A new timing needs its next slot. */
export interface ScheduleChange {
  readonly timing?: Timing | undefined
  readonly next?: NextSlot | undefined
  readonly topic?: Topic | 'none'
  readonly count?: number | undefined
  readonly channelId?: string | undefined
  /** Of a follow. */
  readonly serverId?: string | undefined
}

/** A schedule that this version cannot read: a newer one wrote it, or it is damaged. It posts nothing. */
export interface UnreadableSchedule {
  readonly id: string
  readonly channelId: string | undefined
}

export type NewDaily = Omit<Daily, 'kind' | 'pausedAt' | 'problem' | 'exhaustedAt'>

/** A server's daily picks. */
export interface Dailies {
  /** @throws Failure `limit` when the server has `maxDailies` */
  create(daily: NewDaily): Promise<void>
  /**
   * Creates the schedule. If the channel already has one on that topic, updates its timing and count and resumes it.
   * Of several concurrent calls for the same topic one creates the schedule and the others change it.
   * @throws Failure `limit` when the server has `maxDailies`
   */
  set(daily: NewDaily): Promise<'set' | 'changed'>
  get(guildId: string, id: string): Promise<Daily | undefined>
  /** Oldest first. */
  list(guildId: string): Promise<Daily[]>
  /** @returns false when the server has no such schedule */
  change(guildId: string, id: string, change: ScheduleChange): Promise<boolean>
  pause(guildId: string, id: string, at: number): Promise<boolean>
  /** Clears a pause set by a person, and a problem; slots before `next` are not posted late. */
  resume(guildId: string, id: string, next: NextSlot): Promise<boolean>
  /** Also removes one that cannot be read. */
  remove(guildId: string, id: string): Promise<boolean>
  /** Those that `list` leaves out. */
  unreadable(guildId: string): Promise<UnreadableSchedule[]>
}

export const maxDailies = 25

/** A member's follows. */
export interface Follows {
  /**
   * @param key see `Keyed`
   * @returns its id; a repetition gets the one that was created first
   * @throws Failure `limit` when the member has `maxFollows`
   */
  create(
    follow: Omit<Follow, 'kind' | 'pausedAt' | 'problem' | 'lastDigestAt'>,
    key?: string,
  ): Promise<string>
  get(userId: string, id: string): Promise<Follow | undefined>
  list(userId: string): Promise<Follow[]>
  change(userId: string, id: string, change: ScheduleChange): Promise<boolean>
  pause(userId: string, id: string, at: number): Promise<boolean>
  resume(userId: string, id: string, next: NextSlot): Promise<boolean>
  /** Also removes one that cannot be read. */
  remove(userId: string, id: string): Promise<boolean>
  /** Those that `list` leaves out. */
  unreadable(userId: string): Promise<UnreadableSchedule[]>
  /** Papers that digests have brought to the member. */
  seen(userId: string): Promise<Set<string>>
}

export const maxFollows = 25

/** A lease on a slot: until it ends, this process alone may work on the slot. */
export interface Claim {
  readonly slot: Slot
  readonly schedule: Schedule
  /** The fencing token: every step passes it, and does nothing once another claim has taken over. */
  readonly owner: string
  readonly until: number
}

export interface Settlement {
  readonly state: 'posted' | 'none' | 'missed' | 'unknown' | 'failed'
  readonly reason?: SlotReason | undefined
  readonly messageId?: string | undefined
  readonly at: number
}

/**
 * A slot's life cycle, from due to settled. Steps of a claim return false when the claim was lost.
 *
 * @example
 * for (const claim of await slots.claim(newId('c'), now, now + 60_000, 40)) {
 *   if ((await slots.choose(claim, picks, now)) !== 'stored') continue
 *   if (!(await slots.sending(claim, now, now + 20_000))) continue // another process has claimed the slot
 *   const { messageId } = await post(picks)
 *   await slots.settle(claim, { state: 'posted', messageId, at: now })
 * }
 */
export interface Slots {
  /** Schedules whose next slot is due, most overdue first, without those that a person paused. */
  due(now: number, limit: number): Promise<Schedule[]>
  /**
   * Creates the slots and advances the schedule, unless another process did so first.
   * @param slots those that are already too late are created as settled: `missed`, with the reason
   */
  plan(
    schedule: Schedule,
    slots: readonly { date: string; at: number; expiresAt: number; reason?: SlotReason | undefined }[],
    next: NextSlot,
    now: number,
  ): Promise<boolean>
  /** An extra slot for `post-now`; undefined when the date has `maxExtras` already. */
  extra(
    request: Keyed & { guildId: string; scheduleId: string; date: string; expiresAt: number },
  ): Promise<string | undefined>
  /** Leases up to `limit` unclaimed slots that may be tried now, round robin over the channels. */
  claim(owner: string, now: number, until: number, limit: number): Promise<Claim[]>
  /**
   * Stores the choice and reserves its papers in the channel.
   * @param reason what else is to be known of the post: see `Slot.picks`
   * @returns `taken` when one of the papers has been posted, shared or reserved there in the meantime: choose again
   */
  choose(
    claim: Claim,
    picks: readonly PaperPick[],
    now: number,
    reason?: SlotReason,
  ): Promise<'stored' | 'taken' | 'lost'>
  /** Drops a choice that was never sent. */
  unchoose(claim: Claim, now: number): Promise<boolean>
  /** The whole channel was read and the message is not there: earlier sends did not arrive, so it may be sent again. */
  clear(claim: Claim, now: number): Promise<boolean>
  /**
   * The last step before a send: from here the slot counts as perhaps sent. Renews the claim until `until`.
   * @param since the time by Discord's clock; `now` when not given
   */
  sending(claim: Claim, now: number, until: number, since?: number): Promise<boolean>
  /** Ends the lease early, so that the slot is tried again. `unsent`: this send certainly did not arrive. */
  release(claim: Claim, retryAt: number, now: number, options: { unsent: boolean }): Promise<boolean>
  /**
   * Ends the lease and stops the schedule until the problem is resolved. Queues a notice, but only one for the same
   * problem until the schedule posts again.
   */
  stop(claim: Claim, problem: Problem, now: number): Promise<boolean>
  settle(claim: Claim, settlement: Settlement): Promise<boolean>
  /** Settles slots whose catch-up window has ended. @returns how many */
  expire(now: number): Promise<number>
  /** Local dates (YYYY-MM-DD) from `since` on for which the schedule already has a slot; extra posts do not count. */
  dates(scheduleId: string, since: string): Promise<Set<string>>
  /** Schedules that are not paused and whose next slot is after that time, latest first. */
  plannedAfter(at: number, limit: number): Promise<Schedule[]>
  /**
   * Repairs what a clock that ran ahead did to slots: removes slots in the future that were never sent (their schedule
   * has to be planned again), reopens slots that were wrongly settled as late, and ends leases, retry times and
   * settlement times that lie in the future. What was sent, or may have been sent, stays.
   * @param discordNow the time by Discord's clock, by which sends are dated; `now` unless given
   * @returns how many slots were changed
   */
  repair(now: number, discordNow?: number): Promise<number>
  /** Deletes slots settled before that time; which papers a channel has had is kept. @returns how many */
  forget(before: number): Promise<number>
  /** Schedules with a problem that may resolve itself: missing permissions, a channel that is gone. */
  withProblem(limit: number): Promise<Schedule[]>
  /** The problem is resolved: work on the open slots can resume. */
  clearProblem(scheduleId: string): Promise<void>
  /** When the next slot has to be planned, tried or settled. */
  nextAt(): Promise<number | undefined>
  /** Since when the slot that is longest on its way to Discord has been sent, epoch ms. */
  sendingSince(): Promise<number | undefined>
  /** The schedule's slots, latest first. */
  history(scheduleId: string, limit: number): Promise<Slot[]>
  /** The latest papers that the schedule posted, newest first. */
  recentPicks(scheduleId: string, limit: number): Promise<string[]>
}

/** Extra posts of one schedule on one date. */
export const maxExtras = 3

/** A message that a person gets once: by direct message, or with the reply to their next command. */
export interface Notice {
  readonly id: string
  readonly kind: 'stopped' | 'unknown'
  readonly schedule: { readonly id: string; readonly kind: Schedule['kind'] }
  /** Who set it. Undefined: whoever manages the server. */
  readonly userId: string | undefined
  readonly guildId: string | undefined
  readonly channelId: string | undefined
  readonly problem: Problem | undefined
  readonly date: string | undefined
  readonly at: number
}

export interface Notices {
  /** Notices for which no direct message has been tried, oldest first; reading one marks it as tried. */
  untried(limit: number): Promise<Notice[]>
  /** Deletes a notice that was delivered. */
  remove(id: string): Promise<void>
  /** Notices for this member's next reply, and those of the server for members who manage it, oldest first. */
  pending(member: { userId: string; guildId?: string | undefined; manages: boolean }): Promise<Notice[]>
}

/** When papers were first seen in the library. */
export interface Arrivals {
  /** Records the ids that are new. @returns how many were */
  note(paperIds: readonly string[], at: number): Promise<number>
  /**
   * Records that a source announced these papers: those that are not known, or are known only from the first sync of
   * another source (`note` with 0), count as seen first then.
   * @returns how many do
   */
  announce(paperIds: readonly string[], at: number): Promise<number>
  /** Papers first seen after that time. */
  after(at: number): Promise<ReadonlySet<string>>
}

/** The processes of the bot that run on this database. */
export interface Processes {
  /** Heartbeat of this process, at `now` by its own clock. @returns the number of live processes, itself included */
  beat(id: string, now: number): Promise<number>
  /** Deregisters this process. */
  leave(id: string): Promise<void>
}

export interface SchedulePorts {
  readonly processes: Processes
  readonly dailies: Dailies
  readonly follows: Follows
  readonly slots: Slots
  readonly notices: Notices
  readonly arrivals: Arrivals
}
