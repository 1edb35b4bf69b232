import { type Kysely, sql } from 'kysely'
import { z } from 'zod'
import { Failure } from '../errors.ts'
import { schedule, slot } from './backup-schedules.ts'
import {
  between,
  collection,
  count,
  date,
  endOfTime,
  flag,
  id,
  isJson,
  isNames,
  isPaper,
  longestId,
  longestKeys,
  paper,
  snowflake,
  text,
  time,
  token,
  word,
} from './backup-values.ts'
import type { Rows } from './db.ts'
import { maxSaves } from './ports.ts'
import { maxQueue } from './queue-ports.ts'
import { maxDailies, maxFollows } from './schedule-ports.ts'
import type { tables } from './schema.ts'
import { isHealth, isSpec } from './source-rows.ts'

/*
 * Validates the meaning of a backup's rows. A value that no version can have written is refused. What a later version may
 * have written (another state, reason or kind of schedule) is kept: readers set it aside, and the version that wrote it
 * finds it again.
 */

const queueKey = { guild_id: snowflake, paper_id: paper }
const rules: { readonly [Table in (typeof tables)[number]]: z.ZodType } = {
  guilds: z.object({
    guild_id: snowflake,
    joined_at: time,
    missing_at: time.nullable(),
    left_at: time.nullable(),
  }),
  settings: z.object({
    scope: z.string().regex(/^\d{0,20}$/, 'is not a Discord id'),
    name: z.string().min(1, 'is empty').max(200, 'is too long'),
    value: text,
  }),
  arrivals: z.object({ paper_id: paper, arrived_at: time }),
  saves: z.object({
    user_id: snowflake,
    paper_id: paper,
    guild_id: snowflake.nullable(),
    status: word('to-read', 'reading', 'read'),
    note: text,
    saved_at: time,
    changed_at: time,
  }),
  save_tags: z.object({ user_id: snowflake, paper_id: paper, tag: z.string().min(1, 'is empty').max(200) }),
  posts: z.object({
    post_id: id,
    kind: word('share', 'pick'),
    guild_id: snowflake,
    channel_id: snowflake,
    message_id: snowflake.nullable(),
    thread_id: snowflake.nullable(),
    user_id: snowflake.nullable(),
    note: text,
    posted_at: time,
  }),
  post_papers: z.object({ post_id: id, paper_id: paper, position: count }),
  votes: z.object({
    post_id: id,
    paper_id: paper,
    user_id: snowflake,
    guild_id: snowflake,
    value: z.union([z.literal(1), z.literal(-1)], { error: 'is neither 1 nor -1' }),
    voted_at: time,
  }),
  shown: z.object({
    place: snowflake,
    paper_id: paper,
    guild_id: snowflake.nullable(),
    post_id: id,
    shown_at: time,
  }),
  queue: z.object({
    ...queueKey,
    state: word('proposed', 'picked', 'discussed'),
    user_id: snowflake.nullable(),
    note: text,
    proposed_at: time,
    changed_at: time,
  }),
  queue_votes: z.object({ ...queueKey, user_id: snowflake, voted_at: time }),
  queue_messages: z.object({
    ...queueKey,
    mark: id,
    kind: word('proposal', 'next'),
    channel_id: snowflake,
    user_id: snowflake.nullable(),
    posted_at: time,
  }),
  erasures: z.object({
    mark: id,
    kind: word('share', 'pick', 'proposal', 'next'),
    guild_id: snowflake,
    channel_id: snowflake,
    message_id: snowflake.nullable(),
    paper_id: paper.nullable(),
    unnamed: flag,
    posted_at: time,
    attempts: count,
    retry_at: time,
    created_at: time,
  }),
  erased_members: z.object({
    member_hash: z.string().regex(/^[0-9a-f]{64}$/, 'is not a fingerprint'),
    erased_at: time,
  }),
  schedules: schedule,
  slots: slot,
  notices: z.object({
    notice_id: id,
    kind: word('stopped', 'unknown'),
    schedule_id: id,
    user_id: snowflake.nullable(),
    guild_id: snowflake.nullable(),
    date: date.nullable(),
    tried: flag,
    created_at: time,
  }),
  dislikes: z
    .object({
      place: id,
      user_id: snowflake,
      paper_id: paper,
      guild_id: snowflake.nullable(),
      disliked_at: time,
    })
    .refine(row => row.guild_id !== null || row.place === row.user_id, {
      path: ['place'],
      error: 'belongs to another member',
    }),
  mutes: z
    .object({
      place: id,
      kind: token,
      mute_key: z.string().min(1, 'is empty').max(400, 'is too long'),
      said: z.string().min(1, 'is empty').max(200, 'is too long'),
      guild_id: snowflake.nullable(),
      muted_at: time,
    })
    .refine(row => row.guild_id !== null || snowflake.safeParse(row.place).success, {
      path: ['place'],
      error: 'is not a Discord id',
    }),
  papers: z.object({
    collection,
    // Empty: says that the collection was emptied.
    paper_id: z.string().max(longestId, 'is too long'),
    paper: z.string().max(1_000_000, 'is too long').refine(isPaper, 'is not a paper'),
    sources: z.string().max(longestKeys, 'is too long').refine(isNames, 'is not a list of names'),
    keys: z.string().max(longestKeys, 'is too long').refine(isNames, 'is not a list of keys'),
    added_at: time,
    removed_at: time.nullable(),
    joined_into: paper.nullable(),
    revision: z.int('is not a revision').min(0, 'is not a revision').max(endOfTime, 'is not a revision'),
  }),
  paper_keys: z.object({
    collection,
    paper_key: z.string().min(1, 'is empty').max(longestId, 'is too long'),
    paper_id: paper,
  }),
  sources: z.object({
    source_id: id,
    collection,
    name: z.string().min(1, 'is empty').max(200, 'is too long'),
    user_id: snowflake.nullable(),
    spec: text.refine(isSpec, 'is not a source'),
    lane: token,
    state: z
      .string()
      .max(10_000_000, 'is too long')
      .refine(value => isJson(value, z.unknown()), 'is not JSON')
      .nullable(),
    health: text.refine(isHealth, 'is not a state'),
    first: flag,
    created_at: time,
    paused_at: time.nullable(),
    next_at: time,
    told: token.nullable(),
    notice: between(0, 2),
  }),
}

const damaged = (what: string) => new Failure('input', `The backup is damaged: ${what}. Nothing was changed.`)

/**
 * @param number the row's place among those of its table, from 1
 * @throws Failure `input` that names table, row and column, and never the value
 */
export function checkRow(table: (typeof tables)[number], row: unknown, number: number): void {
  const issue = rules[table].safeParse(row).error?.issues[0]
  if (issue === undefined) return
  throw damaged(`row ${number} of ${table}, ${String(issue.path[0])} ${issue.message}`)
}

/** Checks across rows: references between them, and limits on how many there may be. @throws Failure `input` */
export async function checkTogether(rows: Rows): Promise<void> {
  const strays = await rows
    .selectFrom('votes')
    .innerJoin('posts', 'posts.post_id', 'votes.post_id')
    .whereRef('votes.guild_id', '!=', 'posts.guild_id')
    .select('votes.post_id')
    .executeTakeFirst()
  if (strays !== undefined) throw damaged('a vote belongs to another server than its post')
  const open = ['proposed', 'picked']
  for (const [table, owner, max, where] of [
    ['saves', 'user_id', maxSaves, sql`true`],
    ['queue', 'guild_id', maxQueue, sql`state in (${sql.join(open)})`],
    ['schedules', 'guild_id', maxDailies, sql`guild_id is not null`],
    ['schedules', 'user_id', maxFollows, sql`guild_id is null`],
  ] as const) {
    const most = await mostRows(rows, table, owner, where)
    // Those that came at the same moment may each have found room for one more.
    if (most > 2 * max)
      throw damaged(`${table} holds ${most} rows of one ${owner}, ${max} at most may be there`)
  }
}

async function mostRows(
  rows: Rows,
  table: (typeof tables)[number],
  owner: string,
  where: ReturnType<typeof sql>,
): Promise<number> {
  const anyTable = rows as unknown as Kysely<Record<string, Record<string, unknown>>>
  const found = await anyTable
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(sql<boolean>`${where}`)
    .groupBy(owner)
    .orderBy('count', 'desc')
    .limit(1)
    .executeTakeFirst()
  return Number(found?.count ?? 0)
}
