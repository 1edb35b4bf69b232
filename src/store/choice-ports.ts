/** Whose picks a choice is about: a server's daily pick by its id, or all digests of a member by the member's. */
export interface Place {
  readonly id: string
  /** The server of a daily pick; undefined: a member's own. */
  readonly guildId: string | undefined
}

/** A paper that there is to be less like. */
export interface Dislike {
  readonly paperId: string
  /** How many members said so. */
  readonly members: number
  /** When the latest of them did. */
  readonly at: number
}

/** Papers that members want fewer like, for a daily pick or for their own digests. */
export interface Dislikes {
  /**
   * @returns `there` when the member said so before; `gone` when the server has no such daily pick
   * @throws Failure `limit` when the member has said so of `maxDislikes` papers there
   */
  add(
    place: Place,
    dislike: { userId: string; paperId: string; at: number },
  ): Promise<'added' | 'there' | 'gone'>
  /** @param of whose; undefined: everybody's. @returns how many were taken back */
  remove(place: Place, paperId: string, of?: string): Promise<number>
  /** Those of most members first, then the latest. */
  list(place: Place): Promise<Dislike[]>
  /** The papers that this member named there, latest first. */
  of(place: Place, userId: string): Promise<string[]>
}

/** By one member: for a daily pick that is everybody's few, so that nobody alone decides what all others get. */
export const maxDislikes = { daily: 5, own: 25 } as const

/** A word or an author that is left out. */
export interface Mute {
  readonly kind: 'word' | 'author'
  /** `said` as it is compared: equal for what means the same. */
  readonly key: string
  /** As somebody wrote it, at most 100 UTF-16 units. */
  readonly said: string
}

/** What a daily pick, or a member's digests, leave out. */
export interface Mutes {
  /**
   * @returns `there` when it is muted; `gone` when the server has no such daily pick
   * @throws Failure `limit` when there are `maxMutes`
   */
  add(place: Place, mute: Mute & { at: number }): Promise<'added' | 'there' | 'gone'>
  remove(place: Place, mute: Pick<Mute, 'kind' | 'key'>): Promise<boolean>
  /** The latest first. */
  list(place: Place): Promise<Mute[]>
}

export const maxMutes = 25
