import type { PaperSchema } from './paper-schema.ts'

/** The tables as kysely sees them; `migrations.ts` makes them. Times are epoch milliseconds. */
export interface Schema extends PaperSchema {
  guilds: {
    guild_id: string
    joined_at: number
    /** It was found missing then, and not seen since. */
    missing_at: number | null
    /** It was found missing again, an hour later at least. */
    left_at: number | null
  }
  saves: {
    user_id: string
    paper_id: string
    /** The server it was saved in, for that server's interest; null: in direct messages. */
    guild_id: string | null
    status: string
    note: string
    saved_at: number
    changed_at: number
  }
  save_tags: { user_id: string; paper_id: string; tag: string }
  posts: {
    post_id: string
    kind: string
    guild_id: string
    channel_id: string
    message_id: string | null
    thread_id: string | null
    user_id: string | null
    note: string
    posted_at: number
  }
  post_papers: { post_id: string; paper_id: string; position: number }
  /** Papers that a channel, or a member's direct messages, has been shown or is about to be shown: never again. */
  shown: { place: string; paper_id: string; guild_id: string | null; post_id: string; shown_at: number }
  /** value: 1 useful, -1 not for us. */
  votes: {
    post_id: string
    paper_id: string
    user_id: string
    guild_id: string
    value: number
    voted_at: number
  }
  queue: {
    guild_id: string
    paper_id: string
    state: string
    user_id: string | null
    note: string
    proposed_at: number
    changed_at: number
  }
  queue_votes: { guild_id: string; paper_id: string; user_id: string; voted_at: number }
  /** Messages about a paper of the queue; `user_id`: whose name or note it shows. */
  queue_messages: {
    /** Its buttons' custom ids carry it. */
    mark: string
    kind: string
    guild_id: string
    channel_id: string
    paper_id: string
    user_id: string | null
    posted_at: number
  }
  /** Messages that still show what was erased. Names no member. */
  erasures: {
    mark: string
    kind: string
    guild_id: string
    channel_id: string
    /** Null: it has to be looked for. */
    message_id: string | null
    paper_id: string | null
    /** 1: a name and a note are to be removed; 0: only the counts are wrong. */
    unnamed: number
    posted_at: number
    attempts: number
    retry_at: number
    created_at: number
  }
  /** Members whose data a restored backup must not bring back. */
  erased_members: { member_hash: string; erased_at: number }
  schedules: {
    schedule_id: string
    kind: string
    /** With channel_id in a daily pick, null in a follow. */
    guild_id: string | null
    channel_id: string | null
    /** Whose follow it is, or who set the daily pick. */
    user_id: string | null
    hour: number
    minute: number
    zone: string
    /** ISO weekdays as digits, such as 12345. */
    days: string
    topic_query: string | null
    topic_paper: string | null
    topic_author: string | null
    topic_venue: string | null
    /** The live source, by its name, from whose newest papers a daily pick chooses. */
    source: string | null
    /** Minutes after its time until which a pick waits for its source. */
    hold_minutes: number | null
    /** `thread`: one on each message; `forum`: the channel is a forum, and each message a post there. */
    thread: string | null
    /** The server whose own papers a follow sees beside the shared ones. */
    library_guild: string | null
    count: number
    created_at: number
    paused_at: number | null
    problem: string | null
    /** JSON list of permission names. */
    missing: string
    problem_at: number | null
    /** The problem that people were last notified of, until the schedule posts again. */
    told: string | null
    exhausted_at: number | null
    last_posted_at: number | null
    next_at: number
    next_offset: number
  }
  slots: {
    schedule_id: string
    date: string
    slot_at: number
    expires_at: number
    state: string
    /** JSON list of picks. */
    picks: string
    reason: string | null
    message_id: string | null
    attempts: number
    retry_at: number
    sending_since: number | null
    owner: string | null
    lease_until: number
    settled_at: number | null
  }
  /** Papers that a member wants fewer like. */
  dislikes: {
    /** A daily pick's id, or the member's own: of all their digests. */
    place: string
    user_id: string
    paper_id: string
    guild_id: string | null
    disliked_at: number
  }
  /** Words and authors that a daily pick, or a member's digests, leave out. */
  mutes: {
    /** As in `dislikes`. */
    place: string
    kind: string
    /** `said`, as it is compared. */
    mute_key: string
    said: string
    guild_id: string | null
    muted_at: number
  }
  notices: {
    notice_id: string
    kind: string
    schedule_id: string
    user_id: string | null
    guild_id: string | null
    date: string | null
    /** 1: a direct message was tried. */
    tried: number
    created_at: number
  }
  arrivals: { paper_id: string; arrived_at: number }
  settings: { scope: string; name: string; value: string }
  processes: { process_id: string; seen_at: number }
  /** Requests to a model; `scope`: a server's id, or `direct` for all direct messages. `day`: 2026-11-23, UTC. */
  request_budgets: { scope: string; day: string; requests: number }
  /** Vectors of texts by a model, named by hashes of both; `used_on`: 2026-11-23, UTC, when they were last asked for. */
  vectors: { model: string; content_hash: string; vector: Uint8Array; used_on: string }
  /** Requests of the last hours, each with what it did, in JSON. */
  requests: { request_key: string; result: string; done_at: number }
}

/**
 * Tables that no backup holds: they describe running processes, today or the last hours only, can be computed anew, or hold
 * secrets of other services and what is on its way there.
 */
type Transient =
  | 'processes'
  | 'requests'
  | 'request_budgets'
  | 'paper_revision'
  | 'source_lanes'
  | 'vectors'
  | 'feeds'
  | 'zotero_links'
  | 'zotero_items'
  | 'zotero_outbox'

/** All other tables with their keys, each after those it refers to: the order in which rows can be inserted. */
export const keys = {
  guilds: ['guild_id'],
  settings: ['scope', 'name'],
  arrivals: ['paper_id'],
  saves: ['user_id', 'paper_id'],
  save_tags: ['user_id', 'paper_id', 'tag'],
  posts: ['post_id'],
  post_papers: ['post_id', 'paper_id'],
  votes: ['post_id', 'paper_id', 'user_id'],
  shown: ['place', 'paper_id'],
  queue: ['guild_id', 'paper_id'],
  queue_votes: ['guild_id', 'paper_id', 'user_id'],
  queue_messages: ['mark'],
  erasures: ['mark'],
  erased_members: ['member_hash'],
  schedules: ['schedule_id'],
  slots: ['schedule_id', 'date'],
  notices: ['notice_id'],
  dislikes: ['place', 'user_id', 'paper_id'],
  mutes: ['place', 'kind', 'mute_key'],
  papers: ['collection', 'paper_id'],
  paper_keys: ['collection', 'paper_key', 'paper_id'],
  sources: ['source_id'],
} as const satisfies {
  readonly [Table in Exclude<keyof Schema, Transient>]: readonly (keyof Schema[Table])[]
}

export const tables = Object.keys(keys) as (keyof typeof keys)[]
