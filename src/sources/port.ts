import type { Paper } from '../corpus/paper.ts'

/**
 * What a source has told of one of its days, or of its whole list where it has no days. A day is named by the source
 * itself, and settled once as many of its papers were taken as the source says it has: no clock of ours takes part.
 */
export interface Batch {
  /** A part of the source that has days of its own, such as the category `cs.CL`; '' where there is one part only. */
  readonly part: string
  /** The source's own date, YYYY-MM-DD; undefined where it has no days. */
  readonly day: string | undefined
  /** How many papers there are by the source's own count. */
  readonly announced: number
  /** How many of them were read. */
  readonly taken: number
}

export const isSettled = ({ announced, taken }: Batch): boolean => taken >= announced

/** What one look at a source gives. `State` is plain JSON: it is kept between two looks, over restarts too. */
export interface Fetched<State = unknown> {
  /** Papers that were not handed over by an earlier look, as far as the source's state knows; oldest first. */
  readonly papers: readonly Paper[]
  /** What was there already when a part was read for the first time, after others: it is no news. */
  readonly backlog?: readonly Paper[] | undefined
  /** The latest batch of each part. */
  readonly batches: readonly Batch[]
  readonly state: State
  /** There is more to read at once: the rest of a long list, or further days that were missed. */
  readonly more: boolean
  /** What could not be read although something was: the papers count, and so does the failure. */
  readonly failure?: { readonly kind: SourceErrorKind; readonly reason: string } | undefined
  /** The source asks not to be called again before that time, epoch ms. */
  readonly notBefore?: number | undefined
}

export interface FetchContext {
  /** Epoch milliseconds. */
  readonly now: number
  readonly signal?: AbortSignal | undefined
}

/**
 * A place that papers come from again and again.
 *
 * @example
 * let state: unknown
 * const { papers, batches, state: next } = await source.fetch(state, { now: Date.now() })
 */
export interface Source {
  /**
   * @param state what the last look returned; undefined for the first, which takes what is current and no history.
   * One that it cannot read, because another version wrote it, counts as none
   * @throws SourceError when nothing could be read
   */
  fetch(state: unknown, context: FetchContext): Promise<Fetched>
}

/**
 * - `unreachable`: no answer, or one that says to try again later
 * - `refused`: the source does not let us in, or does not know what was asked for
 * - `unreadable`: it answered with something that is not in its known shape, or that contradicts its own count
 */
export type SourceErrorKind = 'unreachable' | 'refused' | 'unreadable'

/** Why a look at a source gave nothing. The message is one line without secrets, fit to be shown. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
  readonly kind: SourceErrorKind
  /** The source asks not to be called again before that time, epoch ms. */
  readonly notBefore: number | undefined

  constructor(
    kind: SourceErrorKind,
    message: string,
    options: { cause?: unknown; notBefore?: number | undefined } = {},
  ) {
    super(message, options)
    this.kind = kind
    this.notBefore = options.notBefore
  }
}
