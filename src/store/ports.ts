import type { Dislikes, Mutes } from './choice-ports.ts'
import type { Feeds } from './feed-ports.ts'
import type { Papers } from './paper-ports.ts'
import type { Erasures, Members } from './privacy-ports.ts'
import type { Queue } from './queue-ports.ts'
import type { Reading } from './reading-ports.ts'
import type { Keyed, Requests } from './request-ports.ts'
import type { SchedulePorts } from './schedule-ports.ts'
import type { Sources } from './source-ports.ts'
import type { Vectors } from './vector-ports.ts'
import type { ZoteroOutbox, ZoteroOutcome } from './zotero-ports.ts'

/*
 * What the bot remembers. Discord ids are snowflakes as strings; papers are named by `Paper.id`; times are epoch
 * milliseconds. Free text loses NUL characters and lone surrogates, which Postgres cannot hold, and nothing else.
 *
 * Every method may throw a Failure of kind `busy` (the database is locked or away: nothing was changed as far as is
 * known, and trying again may help; all writes here can be repeated safely) or `storage` (full, read-only, damaged).
 * What belongs to a server or a member is only found with that server's or member's id: a forged id finds nothing.
 */

export type SaveStatus = 'to-read' | 'reading' | 'read'

/** An entry of a member's private list. */
export interface Save {
  readonly paperId: string
  readonly status: SaveStatus
  /** Empty when there is none. */
  readonly note: string
  /** Lower case, sorted, without repeats. */
  readonly tags: readonly string[]
  readonly savedAt: number
  readonly changedAt: number
}

export interface SaveChange {
  readonly status?: SaveStatus | undefined
  readonly note?: string | undefined
  /** All tags that the entry has from now on, or what makes them of those that it has; it may throw, and run again. */
  readonly tags?: readonly string[] | ((before: readonly string[]) => readonly string[]) | undefined
}

export interface SaveFilter {
  readonly status?: SaveStatus | undefined
  readonly tag?: string | undefined
}

/** A member's private list, the same in every server. */
export interface Saves {
  get(userId: string, paperId: string): Promise<Save | undefined>
  /**
   * Adds the paper, or changes the entry that is there: what `change` leaves out stays as it was.
   * @param save.guildId the server it was saved in, whose trending papers and picks take it into account
   * @param save.zoteroTag the tag with which a paper that is new on the list also goes to that server's Zotero library,
   *   where the server wants that
   * @throws Failure `limit` when the list has `maxSaves` entries already
   */
  put(
    userId: string,
    save: SaveChange & {
      paperId: string
      guildId?: string | undefined
      zoteroTag?: string | undefined
      at: number
    },
  ): Promise<{ save: Save; before: Save | undefined; created: boolean; zotero: ZoteroOutcome }>
  /** @returns whether it was there */
  remove(userId: string, paperId: string): Promise<boolean>
  /** Newest first; `total` counts the whole filtered list. */
  list(
    userId: string,
    filter?: SaveFilter,
    page?: { limit: number; offset: number },
  ): Promise<{ saves: Save[]; total: number }>
  /** The member's tags with how often each is used, most used first. */
  tags(userId: string): Promise<{ tag: string; count: number }[]>
}

/** The most entries a member's list can have. */
export const maxSaves = 10_000

/** A message of the bot that shows papers in a server's channel: a member's share or a pick. */
export interface Post {
  readonly id: string
  readonly kind: 'share' | 'pick'
  readonly guildId: string
  readonly channelId: string
  /** Undefined while it is being sent, or when it is not known whether it arrived. */
  readonly messageId: string | undefined
  readonly threadId: string | undefined
  /** Who shared it; undefined for picks and for members whose data was deleted. */
  readonly userId: string | undefined
  readonly note: string
  readonly paperIds: readonly string[]
  readonly at: number
}

export interface NewShare {
  /** From `newId('s')`: the message's vote buttons carry it. */
  readonly id: string
  readonly guildId: string
  readonly channelId: string
  readonly userId: string
  readonly paperId: string
  readonly note: string
  readonly at: number
}

/** Shares and picks that were posted. A share is recorded before it is sent, so that its first vote finds it. */
export interface Posts {
  share(share: NewShare): Promise<void>
  /** Records the id of the share's message once it has been posted. */
  arrived(id: string, message: { messageId: string; threadId?: string | undefined }): Promise<void>
  /** Removes a share whose message Discord refused, and the record that the channel has had the paper. */
  withdraw(id: string): Promise<void>
  get(guildId: string, id: string): Promise<Post | undefined>
  /** The latest post of the paper in the channel, for the warning of `/share`. */
  latest(channelId: string, paperId: string): Promise<Post | undefined>
  /** The channel's posts, newest first: for its BibTeX and `/daily why`. */
  list(guildId: string, channelId: string, limit: number): Promise<Post[]>
  /** Channels of the server that have posts, those with the latest first. */
  places(guildId: string, limit: number): Promise<string[]>
  /** Papers that members shared in those channels of the server, each once. */
  shared(guildId: string, channelIds: readonly string[]): Promise<string[]>
  /** Every paper that was ever posted or shared in the channel, or is about to be. */
  papersIn(channelId: string): Promise<Set<string>>
}

export interface Tally {
  readonly useful: number
  readonly notForUs: number
}

/** One vote per member, post and paper, which can be changed. */
export interface Votes {
  /**
   * @param vote.useful undefined takes the vote back
   * @returns how often each of the post's papers was voted for, by paper; undefined when this server has no such post
   */
  cast(vote: {
    guildId: string
    postId: string
    paperId: string
    userId: string
    useful: boolean | undefined
    at: number
  }): Promise<ReadonlyMap<string, Tally> | undefined>
  /**
   * A click on a vote button: casts the vote, or takes it back if the member has already cast it.
   * @returns whether the vote is cast now; undefined when this server has no such post
   */
  toggle(
    vote: Keyed & {
      guildId: string
      postId: string
      paperId: string
      userId: string
      useful: boolean
    },
  ): Promise<boolean | undefined>
  mine(postId: string, paperId: string, userId: string): Promise<boolean | undefined>
  tally(guildId: string, postId: string): Promise<ReadonlyMap<string, Tally> | undefined>
}

/** How often members of a server did one kind of thing with a paper within one hour. */
export interface Activity {
  readonly paperId: string
  readonly kind: 'useful' | 'not-for-us' | 'save' | 'share'
  /** The hour's start. */
  readonly hour: number
  readonly count: number
}

/** The server's explicit signs of interest. The picks learn from these alone. */
export interface Interest {
  since(guildId: string, since: number): Promise<Activity[]>
  /** Votes and shares of posts in those channels alone. */
  sinceIn(guildId: string, since: number, channelIds: readonly string[]): Promise<Activity[]>
}

/**
 * Which servers the bot is in; the data of those it left goes after a grace period. That it left is believed only when
 * it was found missing twice, an hour apart at least: one look may have been another bot's, a sandbox's or an outage's.
 */
export interface Guilds {
  /** The bot is there. Also lifts the pause that leaving put on the server's schedules. */
  joined(guildId: string, at: number): Promise<void>
  /** The bot was not found there. The second time, an hour after the first at least, it has left. */
  missing(guildId: string, at: number): Promise<void>
  /** Servers that were found missing an hour ago or more, and were not looked for since. */
  doubtful(now: number): Promise<string[]>
  /** After connecting: those of `present` are joined, other known ones missing. `mine` limits it to a shard's. */
  reconcile(present: readonly string[], at: number, mine?: (guildId: string) => boolean): Promise<void>
  /** Deletes all data of the servers left before that time. @returns their ids */
  purge(leftBefore: number): Promise<string[]>
}

/** Small values that survive a restart, such as a hash of the registered commands. `scope` is a server's id or ''. */
export interface Settings {
  get(scope: string, name: string): Promise<string | undefined>
  set(scope: string, name: string, value: string | undefined): Promise<void>
}

/** How many requests to a model each server may make on a day. */
export interface Budgets {
  /**
   * Counts one request, unless `most` were counted on the day already; days before it are forgotten. Processes on one
   * database share what is left.
   * @param scope a server's id, or any other word without one
   * @param day such as 2026-11-23
   * @returns whether it may be made
   */
  spend(scope: string, day: string, most: number): Promise<boolean>
}

/** The global setting with the time at which a backup was last restored: slots up to then are not posted late. */
export const restoredSetting = 'restored-at'

/**
 * The database behind its ports. Opening it applies the migrations of this version.
 *
 * @example
 * const store = await openSqlite('data/lectern.sqlite')
 * const { save, created } = await store.saves.put(userId, { paperId, status: 'reading', at: Date.now() })
 * const { saves, total } = await store.saves.list(userId, { status: 'reading' }, { limit: 10, offset: 0 })
 * await store.close()
 */
export interface Store extends SchedulePorts {
  readonly saves: Saves
  readonly posts: Posts
  readonly votes: Votes
  readonly interest: Interest
  readonly reading: Reading
  readonly feeds: Feeds
  readonly zotero: ZoteroOutbox
  readonly dislikes: Dislikes
  readonly mutes: Mutes
  readonly queue: Queue
  readonly members: Members
  readonly erasures: Erasures
  readonly guilds: Guilds
  readonly settings: Settings
  readonly budgets: Budgets
  readonly sources: Sources
  readonly requests: Requests
  readonly papers: Papers
  readonly vectors: Vectors
  /**
   * Makes the database this application's, for good, or makes sure that it is: another application is in other
   * servers, and would take this one's for left.
   * @throws Failure `storage` when it is another application's
   */
  belongTo(applicationId: string): Promise<void>
  /** Asks the database whether it is still the one that was opened, and whole. @throws Failure that says what is wrong */
  check(): Promise<void>
  /**
   * Writes all rows, as of one moment, to one file that both databases can restore; others go on reading and writing.
   * @returns the number of rows
   * @throws Failure `input` when the file exists and is not an earlier backup
   */
  backup(file: string, at: number): Promise<number>
  /**
   * Replaces everything by the backup's content, or changes nothing. Slots that fell between the backup and `at` are
   * not posted late: nobody knows which of them were posted.
   * @returns the number of rows
   * @throws Failure `input` when the file is no backup, is damaged, or was made by a newer program
   */
  restore(file: string, at: number): Promise<number>
  close(): Promise<void>
}
