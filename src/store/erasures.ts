import type { Selectable } from 'kysely'
import type { Change, Db } from './db.ts'
import type { Erasure, Erasures } from './privacy-ports.ts'
import type { Schema } from './schema.ts'

/** The longest time between two tries at one message. */
export const longestPause = 24 * 3_600_000

export const erasuresOf = (db: Db): Erasures => ({
  take: (now, until, limit) => db.write(change => take(change, now, until, limit)),

  done: ({ mark, until }) =>
    db.write(async change => {
      await change.deleteFrom('erasures').where('mark', '=', mark).where('retry_at', '=', until).execute()
    }),

  later: ({ mark, until }, retryAt) =>
    db.write(async change => {
      await change
        .updateTable('erasures')
        .set({ retry_at: retryAt })
        .where('mark', '=', mark)
        .where('retry_at', '=', until)
        .execute()
    }),

  nextAt: () =>
    db.read(async rows => {
      const next = await rows
        .selectFrom('erasures')
        .select(({ fn }) => fn.min('retry_at').as('at'))
        .executeTakeFirst()
      return next?.at ?? undefined
    }),
})

async function take(change: Change, now: number, until: number, limit: number): Promise<Erasure[]> {
  const due = await change
    .selectFrom('erasures')
    .selectAll()
    // Later than any pause: a clock that ran ahead wrote it.
    .where(eb => eb.or([eb('retry_at', '<=', now), eb('retry_at', '>', now + longestPause)]))
    .orderBy('created_at')
    .orderBy('mark')
    .limit(limit)
    .execute()
  const taken: Erasure[] = []
  for (const row of due) {
    const { numUpdatedRows } = await change
      .updateTable('erasures')
      .set({ retry_at: until, attempts: row.attempts + 1 })
      .where('mark', '=', row.mark)
      .where('retry_at', '=', row.retry_at)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) taken.push(erasureOf(row, until))
  }
  return taken
}

const erasureOf = (row: Selectable<Schema['erasures']>, until: number): Erasure => ({
  mark: row.mark,
  kind: row.kind as Erasure['kind'],
  guildId: row.guild_id,
  channelId: row.channel_id,
  messageId: row.message_id ?? undefined,
  paperId: row.paper_id ?? undefined,
  unnamed: row.unnamed > 0,
  postedAt: row.posted_at,
  attempts: row.attempts + 1,
  createdAt: row.created_at,
  until,
})
