import type { ColumnType } from 'kysely'

/** Tables of papers, of where they come from and of where they are sent, as kysely sees them. Times are epoch milliseconds. */
export interface PaperSchema {
  papers: {
    /** A server's id; '' for papers that everybody sees. */
    collection: string
    paper_id: string
    /** JSON; '' once it was removed. */
    paper: string
    /** JSON list of names, sorted. */
    sources: string
    /** JSON list of its keys in `paper_keys`. */
    keys: string
    added_at: number
    removed_at: number | null
    /** The paper that it turned out to be the same as. */
    joined_into: string | null
    /** No two papers have the same. */
    revision: number
  }
  /** Live sources. */
  sources: {
    source_id: string
    /** Where its papers go, as in `papers`. */
    collection: string
    name: string
    /** Who set it up. */
    user_id: string | null
    /** JSON. */
    spec: string
    lane: string
    /** JSON: where its next look goes on. */
    state: string | null
    /** JSON. */
    health: string
    /** 1: its first sync is not complete. */
    first: number
    created_at: number
    paused_at: number | null
    next_at: number
    /** The word that people were told of, until it is well again. */
    told: string | null
    /** 1: they are to be told by direct message; 2: that was tried. */
    notice: number
  }
  /** Which process may read from which kind of sources. */
  source_lanes: { lane: string; owner: string; lease_until: number }
  /** The secret keys of servers' feeds. */
  feeds: { guild_id: string; feed_key: string; created_at: number }
  /** Where a server's papers are sent; the key is a secret. */
  zotero_links: {
    guild_id: string
    /** `groups/123` or `users/123`. */
    library: string
    /** A collection's key; '': none. */
    collection: string
    write_key: string
    /** 1: what members save in the server is sent too. */
    saves: number
    user_id: string | null
    created_at: number
    problem: string | null
    /** When something may be sent again. */
    next_at: number
    owner: string | null
    lease_until: number
    /** Tries in a row that failed, whatever was sent. */
    failures: ColumnType<number, number | undefined, number>
    /** Whoever set it up is to be told of what was given up: 1 by direct message; 2: that was tried. */
    notice: ColumnType<number, number | undefined, number>
  }
  /** Which item of its library a paper is, where a person had put it there. */
  zotero_items: { guild_id: string; library: string; paper_id: string; item_key: string }
  /** What is to be sent, until it is there. */
  zotero_outbox: {
    entry_id: string
    guild_id: string
    paper_id: string
    tag: string
    note: string
    user_id: string | null
    attempts: number
    created_at: number
    /** How often Zotero refused this very entry. */
    refusals: ColumnType<number, number | undefined, number>
    next_at: ColumnType<number, number | undefined, number>
    /** Why it was not taken the last time. */
    reason: string | null
    /** It is not tried any more. */
    given_up_at: number | null
  }
  /** Papers by what they are recognised by: several may have one title. */
  paper_keys: { collection: string; paper_key: string; paper_id: string }
  /** One row, locked by whoever changes papers: revisions become visible in their order. */
  paper_revision: {
    /** Another one after all papers were replaced. */
    epoch: string
    revision: number
  }
}
