import type { Paper } from '../corpus/paper.ts'

/** The collection of papers that everybody sees. Any other collection is named by the id of the server that sees it. */
export const sharedCollection = ''

export interface StoredPaper {
  /** `sharedCollection` or a server's id. */
  readonly collection: string
  /** Merged from all records of it. Its id never changes, and is unique within the collection. */
  readonly paper: Paper
  /** Names of the sources that it came from, sorted. */
  readonly sources: readonly string[]
  readonly addedAt: number
  /** The paper's last change: higher than that of every change before it, in whatever collection. */
  readonly revision: number
}

/** A paper that is no longer in its collection. */
export interface RemovedPaper {
  readonly collection: string
  readonly id: string
  /** The paper that it turned out to be the same as, in the same collection; undefined: it was taken out. */
  readonly joinedInto: string | undefined
  readonly revision: number
}

/** All papers of the collection are gone: its server was left long ago. */
export interface EmptiedCollection {
  readonly collection: string
  readonly isEmptied: true
  readonly revision: number
}

export type PaperChange = StoredPaper | RemovedPaper | EmptiedCollection

/**
 * How far a reader has read. Another epoch means that the papers were replaced, by a restored backup for example: all of
 * them are to be read anew.
 */
export interface Cursor {
  readonly epoch: string
  /** 0: from the beginning. */
  readonly revision: number
}

export interface PaperChanges {
  /** What has changed after the cursor, by revision: the last state of each paper only. */
  readonly changed: readonly PaperChange[]
  /** Where to go on. */
  readonly cursor: Cursor
  /** The cursor was of another epoch or undefined: `changed` begins at the beginning, and what was read before is void. */
  readonly anew: boolean
  /** There is more. */
  readonly more: boolean
}

export interface NewPapers {
  readonly collection: string
  /** What the records come from, such as `refs.bib` or `arxiv cs.CL`; at most 200 characters. */
  readonly source: string
  readonly papers: readonly Paper[]
  /** When reading the source began, in epoch milliseconds. */
  readonly at: number
  /** Papers that the collection may hold; new ones beyond are `refused`. */
  readonly most?: number | undefined
  /**
   * The source's own ids are its papers' for good, and what it says now replaces what it said before, where no other
   * source said anything: for sources that are asked again and again. Without it records of one paper are merged.
   */
  readonly isCurrent?: boolean | undefined
  /** Nothing is kept: only what would happen is told. */
  readonly dryRun?: boolean | undefined
}

export interface Upserted {
  /** The paper's id in the collection, which another record of it may have given; empty when it was refused. */
  readonly id: string
  /** `duplicate`: it is of a paper that another record with the same `at` added. */
  readonly outcome: 'added' | 'updated' | 'unchanged' | 'duplicate' | 'refused'
}

/**
 * Papers that were imported or came from live sources, by collection. Identity is decided within a collection: see
 * `isSamePaper` and `mergePapers`. A collection is only reached by its name: what belongs to a server is found with that
 * server's id.
 */
export interface Papers {
  /**
   * Adds the records, or merges them with what is there; in transactions of a few hundred. A record that says that two
   * papers are one joins them: the one that was there first stays. Doing it twice changes nothing.
   * @returns for each record, in order, what became of it
   */
  upsert(papers: NewPapers): Promise<Upserted[]>
  /**
   * What any process has changed after `since`, a page at a time. It is cheap when nothing has changed.
   * @param since undefined: from the beginning
   * @param limit papers in the page; defaults to 1,000
   *
   * @example
   * let cursor: Cursor | undefined
   * for (let more = true; more; ) {
   *   const page = await store.papers.changes(cursor)
   *   if (page.anew) forgetAll()
   *   for (const change of page.changed) apply(change)
   *   ;({ cursor, more } = page)
   * }
   */
  changes(since?: Cursor, limit?: number): Promise<PaperChanges>
  /** @returns the paper with that id, also when it joined another under its own id */
  get(collection: string, id: string): Promise<StoredPaper | undefined>
  /** By id. `after` is the last id of the page before. */
  list(collection: string, page: { limit: number; after?: string | undefined }): Promise<StoredPaper[]>
  count(collection: string): Promise<number>
  /** Ids of all its papers, sorted. */
  ids(collection: string): Promise<string[]>
  /** Ids of the papers that a source brought into the collection after that time, epoch ms. */
  addedBy(collection: string, source: string, after: number): Promise<string[]>
  /** The collection's sources with how many papers each has, by name. */
  sources(collection: string): Promise<{ source: string; papers: number }[]>
  /**
   * Takes papers out: those with these ids, all that came from a source and from no other, or all.
   * A paper that came from other sources too stays, and no longer names the source.
   * @returns how many were taken out
   */
  remove(
    collection: string,
    which: { ids: readonly string[] } | { source: string } | 'all',
    at: number,
  ): Promise<number>
}
