/** How much of one kind a server's members did where all of it could see it, on one day. */
export interface ReadingOfDay {
  readonly kind: 'share' | 'pick' | 'vote'
  /** The day's start in UTC. */
  readonly day: number
  /** Papers that were shared or picked; votes. */
  readonly count: number
}

/** A post of one kind as a list of what was shared or picked shows it. */
export interface PublicPost {
  readonly id: string
  /** What a member wrote to it; may be empty. */
  readonly note: string
  readonly paperIds: readonly string[]
  readonly at: number
}

/**
 * What a server read in public: shares, picks and how many votes there were. Private lists are no part of it, not even as
 * numbers: in a small server a number names who it is.
 */
export interface Reading {
  days(guildId: string, since: number): Promise<ReadingOfDay[]>
  /** Posts of one kind that have arrived in those channels, newest first. */
  latest(
    guildId: string,
    kind: 'share' | 'pick',
    channelIds: readonly string[],
    limit: number,
  ): Promise<PublicPost[]>
}
