import type { Keyed } from './request-ports.ts'
import type { ZoteroOutcome } from './zotero-ports.ts'

export interface QueueEntry {
  readonly paperId: string
  readonly state: 'proposed' | 'picked' | 'discussed'
  readonly proposedBy: string | undefined
  readonly note: string
  readonly votes: number
  readonly proposedAt: number
  readonly changedAt: number
}

/** A message about a paper of the queue, recorded before it is sent: it shows a member's name or note. */
export interface QueueMessage {
  /** From `newId('q')`: its buttons carry it. */
  readonly mark: string
  readonly channelId: string
}

/** A server's journal-club queue. */
export interface Queue {
  /**
   * Adds the paper. One that was discussed before comes back with its votes cleared.
   * @param entry.message the message that will show it, with the member's name and note
   * @returns `already-queued` when it is already in the queue: nothing is changed
   * @throws Failure `limit` when the queue has `maxQueue` papers already
   */
  propose(
    entry: Keyed & {
      guildId: string
      paperId: string
      userId: string
      note: string
      message?: QueueMessage | undefined
    },
  ): Promise<'added' | 'again' | 'already-queued'>
  /** @returns the entry's votes; undefined when the paper is not in the queue or was discussed */
  vote(vote: {
    guildId: string
    paperId: string
    userId: string
    wanted: boolean
    at: number
  }): Promise<number | undefined>
  /**
   * Votes for the paper, or takes the vote back if the member has already voted.
   * @returns the entry's votes and whether the member's is among them; undefined as for `vote`
   */
  toggle(
    vote: Keyed & {
      guildId: string
      paperId: string
      userId: string
    },
  ): Promise<{ votes: number; wanted: boolean } | undefined>
  /** Proposed papers, most votes first, then the oldest; after them the picked, then the discussed, newest first. */
  list(guildId: string, states?: readonly QueueEntry['state'][]): Promise<QueueEntry[]>
  get(guildId: string, paperId: string): Promise<QueueEntry | undefined>
  /**
   * Makes the paper, or the first of the proposed, the next one; the earlier one goes back among the proposed.
   * @param request.paperId the first of the proposed when left out
   * @param request.message the message that will show it, with the proposer's note
   */
  pick(
    request: Keyed & { guildId: string; paperId?: string | undefined; message?: QueueMessage | undefined },
  ): Promise<QueueEntry | undefined>
  /**
   * @param request.zotero with what tag it goes to the server's Zotero library, and whose doing that is; undefined: it does not
   * @returns what became of that; undefined when the paper is not in the queue, or was discussed already
   */
  discussed(
    request: Keyed & {
      guildId: string
      paperId: string
      zotero?: { readonly tag: string; readonly userId: string }
    },
  ): Promise<ZoteroOutcome | undefined>
  remove(guildId: string, paperId: string): Promise<boolean>
}

/** Papers, not yet discussed, that a server's queue can have. */
export const maxQueue = 200
