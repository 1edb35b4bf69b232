import type { Batch } from '../sources/port.ts'
import type { SourceSpec } from '../sources/spec.ts'
import type { SourceFailure, SourceHealth, SourceWord } from '../sources/word.ts'

/** A live source, as it was set up and as far as it was read. */
export interface StoredSource {
  readonly id: string
  /** Where its papers go: `sharedCollection` or a server's id. Only who manages that collection finds it. */
  readonly collection: string
  /** As `sourceName` has it: unique within the collection. */
  readonly name: string
  readonly spec: SourceSpec
  /** Who set it up; undefined: the operator, or a member whose data was deleted. */
  readonly createdBy: string | undefined
  readonly createdAt: number
  readonly pausedAt: number | undefined
  /** What its last look left for the next; undefined before the first. */
  readonly state: unknown
  readonly health: SourceHealth
  /** Nothing that it has shown so far counts as new: its first sync is not complete. */
  readonly isFirst: boolean
  readonly nextAt: number
}

/** A lease on all sources of a lane: until it ends, this process alone may read from them. */
export interface SourceClaim {
  readonly source: StoredSource
  readonly lane: string
  /** The fencing token. */
  readonly owner: string
  readonly until: number
}

/** How a look ended. */
export interface SourceLook {
  readonly state: unknown
  readonly health: {
    batches: readonly Batch[]
    readAt: number | undefined
    failure: SourceFailure | undefined
  }
  readonly isFirst: boolean
  readonly nextAt: number
  /** The word that people are to be told of, once until it is well again. */
  readonly tell: SourceWord | undefined
  /** It is well: the next time that it is not, people are told anew. */
  readonly isWell: boolean
}

/** What a source's owner is told, once: by direct message, or with the reply to their next command. */
export interface SourceNotice {
  readonly source: StoredSource
  readonly word: SourceWord
}

export interface Sources {
  /**
   * @returns `exists` when the collection has one of that name: nothing is changed
   * @throws Failure `limit` when it has `maxSources`
   */
  add(
    source: Pick<StoredSource, 'id' | 'collection' | 'name' | 'spec' | 'createdBy'> & {
      lane: string
      at: number
    },
  ): Promise<'added' | 'exists'>
  /** By name. */
  list(collection: string): Promise<StoredSource[]>
  /** Those of all collections. */
  all(): Promise<StoredSource[]>
  get(collection: string, id: string): Promise<StoredSource | undefined>
  remove(collection: string, id: string): Promise<boolean>
  pause(collection: string, id: string, at: number): Promise<boolean>
  /** Also makes it due. */
  resume(collection: string, id: string, at: number): Promise<boolean>
  /** Makes it due, unless it is paused. */
  wake(collection: string, id: string, at: number): Promise<boolean>
  /**
   * Leases the lane of the most overdue source whose lane is free.
   * @param only the source that is wanted, whether it is due or not
   */
  claim(owner: string, now: number, until: number, only?: string): Promise<SourceClaim | undefined>
  /** Records a look. @returns false, and nothing is changed, when the lease was lost or the source is gone */
  settle(claim: SourceClaim, look: SourceLook, now: number): Promise<boolean>
  /** Ends the lease early. */
  release(claim: SourceClaim): Promise<void>
  /** When the next source is due. */
  nextAt(): Promise<number | undefined>
  /** Notices for which no direct message has been tried; reading one marks it as tried. */
  untried(limit: number): Promise<SourceNotice[]>
  /** A notice was delivered. */
  told(id: string): Promise<void>
  /** Notices for this member's next reply, and those of the server for members who manage it. */
  pending(member: { userId: string; guildId?: string | undefined; manages: boolean }): Promise<SourceNotice[]>
}

/** Sources that one collection can have. */
export const maxSources = 25
