/** Everything stored about a member. */
export interface Members {
  /** Plain data, ready for JSON: one list for each kind of thing. */
  export(userId: string): Promise<Record<string, readonly Record<string, unknown>[]>>
  /**
   * Deletes what belongs to the member, removes their name from what belongs to the server (shares, proposals, schedules),
   * and notes in `Erasures` every message that still shows a name, a note or a vote of theirs. In SQLite nothing of it
   * is left in the file's free pages or in its write-ahead log. Restoring an older backup does not bring it back.
   * @returns how many rows were deleted or changed
   */
  erase(userId: string, at: number): Promise<number>
}

/** A message of the bot that still shows what a member had erased. It names no member. */
export interface Erasure {
  /** One of the message's custom ids carries it. For shares and picks it is the post's id. */
  readonly mark: string
  readonly kind: 'share' | 'pick' | 'proposal' | 'next'
  readonly guildId: string
  readonly channelId: string
  /** Undefined: the message has to be looked for. */
  readonly messageId: string | undefined
  /** Of messages about a paper of the queue. */
  readonly paperId: string | undefined
  /** Whether a name or a note is to come off; else the counts of votes alone are wrong. */
  readonly unnamed: boolean
  /** When it was about to be sent. */
  readonly postedAt: number
  /** How often it was taken, this time included. */
  readonly attempts: number
  readonly createdAt: number
  /** Until when nobody else takes it; `done` and `later` do nothing when it was noted anew meanwhile. */
  readonly until: number
}

/** What is still to be erased from messages, worked off by whichever process runs. */
export interface Erasures {
  /** Takes those that are due, oldest first. Others leave them alone until `until`. */
  take(now: number, until: number, limit: number): Promise<Erasure[]>
  done(erasure: Erasure): Promise<void>
  later(erasure: Erasure, retryAt: number): Promise<void>
  /** When there is next something to take. */
  nextAt(): Promise<number | undefined>
}
