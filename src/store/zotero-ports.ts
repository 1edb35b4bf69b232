/** Where a server's papers are sent. */
export interface ZoteroLink {
  readonly guildId: string
  /** `groups/123` or `users/123`. */
  readonly library: string
  /** A collection's key; '': none. */
  readonly collection: string
  /** A secret: shown masked, in no log and in no backup. */
  readonly writeKey: string
  /** What members save in the server is sent too. */
  readonly sendsSaves: boolean
  /** Why the last try failed, for people; undefined: it did not. */
  readonly problem: string | undefined
  /** Tries in a row that failed, whatever was sent. */
  readonly failures: number
}

/** Something to be sent. */
export interface ZoteroEntry {
  readonly id: string
  readonly paperId: string
  readonly tag: string
  readonly note: string
  readonly attempts: number
  /** How often Zotero refused this very entry. */
  readonly refusals: number
  /** Epoch ms. */
  readonly createdAt: number
}

/** What Zotero did not take and is not tried any more, until somebody wants that. */
export interface ZoteroGivenUp {
  readonly paperId: string
  readonly hasNote: boolean
  /** For people. */
  readonly reason: string
  /** Epoch ms. */
  readonly at: number
}

export interface ZoteroNotice {
  readonly guildId: string
  /** Who set the link up; undefined when that member's data was deleted. */
  readonly userId: string | undefined
  readonly total: number
  /** Why the last of them was not taken. */
  readonly reason: string
}

export interface NewZoteroEntry {
  readonly guildId: string
  readonly paperId: string
  /** Empty: none. */
  readonly tag: string
  /** Empty: none. */
  readonly note: string
  /** Whose note it is: it goes when that member's data is deleted, unless it was sent. */
  readonly userId: string
  /** A member saved it: it is sent only where the server wants that. */
  readonly isSave: boolean
  readonly at: number
}

/**
 * What became of something that is to be sent: `added` to the outbox; `unwanted` where the server has no link or does not
 * send this; `full` where too much waits already.
 */
export type ZoteroOutcome = 'added' | 'unwanted' | 'full'

/** Entries of one server that wait, or were not taken and not discarded. */
export const maxZoteroEntries = 1_000

/**
 * What is on its way to Zotero. An entry stays until it is there, also over restarts; sending one twice changes nothing. No
 * backup holds links or entries.
 */
export interface ZoteroOutbox {
  link(guildId: string): Promise<ZoteroLink | undefined>
  /** Sets or replaces the server's link. Entries that wait, and those that the last one did not take, go to the new one. */
  setLink(link: Omit<ZoteroLink, 'problem' | 'failures'> & { userId: string; at: number }): Promise<void>
  /** Removes the link, and what waits. @returns whether there was one */
  removeLink(guildId: string): Promise<boolean>
  add(entry: NewZoteroEntry): Promise<ZoteroOutcome>
  /** Of entries of one server: how many wait. */
  waiting(guildId: string): Promise<number>
  /** Takes a link that has something to send, for one process until `until`. */
  claim(owner: string, now: number, until: number): Promise<ZoteroLink | undefined>
  /** Those that are due: oldest first, of them those that failed least. */
  entries(guildId: string, limit: number, now: number): Promise<ZoteroEntry[]>
  /** It was sent by whoever holds the link; nothing happens when that is no longer `owner`: it is sent again. */
  done(entryId: string, owner: string): Promise<void>
  /** It did not get there. @param after.isRefused Zotero does not take this very entry */
  failed(
    entryId: string,
    after: { readonly isRefused: boolean; readonly nextAt: number; readonly reason: string },
  ): Promise<void>
  /**
   * Tries these no more. Whoever set the link up is told once, until somebody has seen to what was given up.
   * @param which entries by id, or all that were put down by a time
   */
  giveUp(
    guildId: string,
    which: { readonly entryId: string } | { readonly until: number; readonly reason: string },
    at: number,
  ): Promise<void>
  /** What was given up, the newest first. */
  givenUp(guildId: string, limit: number): Promise<{ total: number; entries: ZoteroGivenUp[] }>
  /** Everything that was given up waits again. @returns how many */
  tryAgain(guildId: string, at: number): Promise<number>
  /** Deletes what was given up. @returns how many */
  discard(guildId: string): Promise<number>
  /** Notices that no direct message was tried for; marks them as tried. */
  untried(limit: number): Promise<ZoteroNotice[]>
  /** A notice was delivered. */
  told(guildId: string): Promise<void>
  /** Notices for a member, of servers they manage or links they set up. */
  pending(member: {
    readonly userId: string
    readonly guildId?: string | undefined
    readonly manages: boolean
  }): Promise<ZoteroNotice[]>
  /** The key of the item that the paper is in the library, where a person had put it there. */
  itemOf(link: Pick<ZoteroLink, 'guildId' | 'library'>, paperId: string): Promise<string | undefined>
  noteItem(link: Pick<ZoteroLink, 'guildId' | 'library'>, paperId: string, itemKey: string): Promise<void>
  /** Gives a link back. */
  release(
    guildId: string,
    owner: string,
    after: {
      readonly nextAt: number
      readonly problem: string | undefined
      /** See `ZoteroLink.failures`. */
      readonly failures: number
    },
  ): Promise<void>
}
