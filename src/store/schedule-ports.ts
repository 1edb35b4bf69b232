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

/** What may be changed of a schedule; what is left out stays. A new timing needs its next slot. */
export interface ScheduleChange {
  readonly timing?: Timing | undefined
  readonly next?: NextSlot | undefined
  readonly topic?: Topic | 'none'
  readonly count?: number | undefined
  readonly channelId?: string | undefined
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
   * Creates it, or gives the one that the channel has on that topic its timing and count, and lets it go on. Of
   * several that set the same at once one creates it and the others change it.
   * @throws Failure `limit` when the server has `maxDailies`
   */
  set(daily: NewDaily): Promise<'set' | 'changed'>
  get(guildId: string, id: string): Promise<Daily | undefined>
  /** Oldest first. */
  list(guildId: string): Promise<Daily[]>
  /** @returns false when the server has no such schedule */
  change(guildId: string, id: string, change: ScheduleChange): Promise<boolean>
  pause(guildId: string, id: string, at: number): Promise<boolean>
  /** Lifts a person's pause and a problem; slots before `next` are not made up for. */
  resume(guildId: string, id: string, next: NextSlot): Promise<boolean>
  /** Also removes one that cannot be read. */
  remove(guildId: string, id: string): Promise<boolean>
  /** Those that `list` leaves out. */
  unreadable(guildId: string): Promise<UnreadableSchedule[]>
}

export const maxDailies = 25

/** A member's follows. */
export interface Follows {
  /** @throws Failure `limit` when the member has `maxFollows` */
  create(follow: Omit<Follow, 'kind' | 'pausedAt' | 'problem' | 'lastDigestAt'>): Promise<void>
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

/** A slot that this process alone may work on until its lease ends. */
export interface Claim {
  readonly slot: Slot
  readonly schedule: Schedule
  /** A token of this claim: every step names it, and does nothing when another claim has taken over. */
  readonly owner: string
  readonly until: number
}

export interface Settlement {
  readonly state: 'posted' | 'none' | 'missed' | 'unknown' | 'failed'
  readonly reason?: SlotReason | undefined
  readonly messageId?: string | undefined
  readonly at: number
}

/** The way of a slot from due to settled. Steps of a claim return false when the claim was lost. */
export interface Slots {
  /** Schedules whose next slot has come, most overdue first. Those that a person paused are not among them. */
  due(now: number, limit: number): Promise<Schedule[]>
  /**
   * Makes the slots and moves the schedule on, unless another process did so first.
   * @param slots those already too late are made settled: `missed`, with the reason
   */
  plan(
    schedule: Schedule,
    slots: readonly { date: string; at: number; expiresAt: number; reason?: SlotReason | undefined }[],
    next: NextSlot,
    now: number,
  ): Promise<boolean>
  /** An extra slot for `post-now`; undefined when the date has `maxExtras` already. */
  extra(
    guildId: string,
    scheduleId: string,
    date: string,
    now: number,
    expiresAt: number,
  ): Promise<string | undefined>
  /** Takes up to `limit` slots that nobody holds and that may be tried now; channels take turns. */
  claim(owner: string, now: number, until: number, limit: number): Promise<Claim[]>
  /**
   * Stores the choice and reserves its papers in the channel.
   * @returns `taken` when a paper was posted, shared or reserved there meanwhile: choose again
   */
  choose(claim: Claim, picks: readonly PaperPick[], now: number): Promise<'stored' | 'taken' | 'lost'>
  /** Drops a choice that was never sent. */
  unchoose(claim: Claim, now: number): Promise<boolean>
  /** The place was read whole and the message is not there: earlier sends did not arrive, and it may be sent again. */
  clear(claim: Claim, now: number): Promise<boolean>
  /**
   * The last step before a send: from here the slot counts as perhaps sent. Renews the claim until `until`.
   * @param since the time by Discord's clock; `now` when not given
   */
  sending(claim: Claim, now: number, until: number, since?: number): Promise<boolean>
  /** Gives the slot back, to be tried again. `unsent`: this send certainly did not arrive. */
  release(claim: Claim, retryAt: number, now: number, options: { unsent: boolean }): Promise<boolean>
  /**
   * Gives the slot back and stops its schedule until the cause is gone. Someone is to be told; of the same problem
   * once, until the schedule posts again.
   */
  stop(claim: Claim, problem: Problem, now: number): Promise<boolean>
  settle(claim: Claim, settlement: Settlement): Promise<boolean>
  /** Settles slots whose window has ended. @returns how many */
  expire(now: number): Promise<number>
  /** Local dates, from `since` on (YYYY-MM-DD), on which the schedule had its slot; extra posts do not count. */
  dates(scheduleId: string, since: string): Promise<Set<string>>
  /** Schedules that nobody paused whose next slot is after that time, latest first. */
  plannedAfter(at: number, limit: number): Promise<Schedule[]>
  /**
   * Takes back what a clock that ran ahead did to slots: those of the future that were never sent are removed (the
   * schedule is to be planned anew), those that were called too late are open again, and leases, retries and times of
   * settlement that lie in the future end now. What was sent, or perhaps sent, stays.
   * @returns how many slots were changed
   */
  repair(now: number): Promise<number>
  /** Deletes slots settled before that time; what places were shown stays known. @returns how many */
  forget(before: number): Promise<number>
  /** Schedules with a problem that may pass without a word of anybody: permissions, a channel that is gone. */
  withProblem(limit: number): Promise<Schedule[]>
  /** The cause is gone: its open slots may go on. */
  clearProblem(scheduleId: string): Promise<void>
  /** When something is next to do: the next slot to plan, to try or to settle. */
  nextAt(): Promise<number | undefined>
  /** The schedule's slots, latest first. */
  history(scheduleId: string, limit: number): Promise<Slot[]>
  /** The latest papers that the schedule posted, newest first. */
  recentPicks(scheduleId: string, limit: number): Promise<string[]>
}

/** Extra posts of one schedule on one date. */
export const maxExtras = 3

/** Something that a person is to learn of, once: by direct message, or at their next command. */
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
  /** Those that no direct message was tried for yet, oldest first; taking one marks it as tried. */
  untried(limit: number): Promise<Notice[]>
  /** It was told. */
  told(id: string): Promise<void>
  /**
   * What this member has not been told, for their next reply; it counts as told. Who manages the server gets the
   * server's too.
   */
  take(member: { userId: string; guildId?: string | undefined; manages: boolean }): Promise<Notice[]>
}

/** When the library's papers came in. */
export interface Arrivals {
  /** Notes the ids that are new. @returns how many were */
  note(paperIds: readonly string[], at: number): Promise<number>
  /** Papers that came in after that time. */
  after(at: number): Promise<ReadonlySet<string>>
}

export interface SchedulePorts {
  readonly dailies: Dailies
  readonly follows: Follows
  readonly slots: Slots
  readonly notices: Notices
  readonly arrivals: Arrivals
}
