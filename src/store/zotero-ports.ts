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
}

/** Something to be sent. */
export interface ZoteroEntry {
  readonly id: string
  readonly paperId: string
  readonly tag: string
  readonly note: string
  readonly attempts: number
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

/** Entries of one server that wait at once. */
export const maxZoteroEntries = 1_000

/**
 * What is on its way to Zotero. An entry stays until it is there, also over restarts; sending one twice changes nothing. No
 * backup holds links or entries.
 */
export interface ZoteroOutbox {
  link(guildId: string): Promise<ZoteroLink | undefined>
  /** Sets or replaces the server's link. Entries that wait go to the new one. */
  setLink(link: Omit<ZoteroLink, 'problem'> & { userId: string; at: number }): Promise<void>
  /** Removes the link, and what waits. @returns whether there was one */
  removeLink(guildId: string): Promise<boolean>
  add(entry: NewZoteroEntry): Promise<ZoteroOutcome>
  /** Of entries of one server: how many wait. */
  waiting(guildId: string): Promise<number>
  /** Takes a link that has something to send, for one process until `until`. */
  claim(owner: string, now: number, until: number): Promise<ZoteroLink | undefined>
  /** Oldest first; those that failed least come first. */
  entries(guildId: string, limit: number): Promise<ZoteroEntry[]>
  /** It was sent by whoever holds the link; nothing happens when that is no longer `owner`: it is sent again. */
  done(entryId: string, owner: string): Promise<void>
  failed(entryId: string): Promise<void>
  /** The key of the item that the paper is in the library, where a person had put it there. */
  itemOf(link: Pick<ZoteroLink, 'guildId' | 'library'>, paperId: string): Promise<string | undefined>
  noteItem(link: Pick<ZoteroLink, 'guildId' | 'library'>, paperId: string, itemKey: string): Promise<void>
  /** Gives a link back. */
  release(
    guildId: string,
    owner: string,
    after: { readonly nextAt: number; readonly problem: string | undefined },
  ): Promise<void>
}
