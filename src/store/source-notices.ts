import { sql } from 'kysely'
import type { Change, Db, Rows } from './db.ts'
import type { SourceNotice, Sources } from './source-ports.ts'
import { type SourceRow, sourcesIn } from './source-rows.ts'

/** What `sources.notice` says of the notice about `sources.told`. */
const noticeIs = { none: 0, untried: 1, tried: 2 } as const

export const noticesOfSources = (db: Db): Pick<Sources, 'untried' | 'told' | 'pending'> => ({
  untried: limit =>
    db.write(async change => {
      const rows = await change
        .selectFrom('sources')
        .selectAll()
        .where('notice', '=', noticeIs.untried)
        .orderBy('source_id')
        .limit(limit)
        .execute()
      const marked: SourceRow[] = []
      for (const row of rows)
        if (await mark(change, row.source_id, noticeIs.tried, noticeIs.untried)) marked.push(row)
      return noticesIn(db, marked)
    }),

  told: id => db.write(async change => void (await mark(change, id, noticeIs.none))),

  // Runs with every command, and nearly always finds none.
  pending: member =>
    db.read(async rows =>
      (await isAnyWaiting(rows, member)) ? noticesIn(db, await waiting(rows, member)) : [],
    ),
})

/** Written out: building the query costs more than carrying it out. */
async function isAnyWaiting(
  rows: Rows,
  { userId, guildId, manages }: Parameters<Sources['pending']>[0],
): Promise<boolean> {
  const ofGuild = manages && guildId !== undefined ? sql` or collection = ${guildId}` : sql``
  const query = sql`
    select 1 from sources
    where notice != ${noticeIs.none} and (user_id = ${userId}${ofGuild}) limit 1`
  const found = await query.execute(rows)
  return found.rows.length > 0
}

const waiting = (rows: Rows, { userId, guildId, manages }: Parameters<Sources['pending']>[0]) =>
  rows
    .selectFrom('sources')
    .selectAll()
    .where('notice', '!=', noticeIs.none)
    .where(eb =>
      eb.or([
        eb('user_id', '=', userId),
        ...(manages && guildId !== undefined ? [eb('collection', '=', guildId)] : []),
      ]),
    )
    .orderBy('source_id')
    .execute()

/** @param from only where it is that */
async function mark(change: Change, id: string, to: number, from?: number): Promise<boolean> {
  const marked = await change
    .updateTable('sources')
    .set({ notice: to })
    .where('source_id', '=', id)
    .$if(from !== undefined, query => query.where('notice', '=', from ?? 0))
    .executeTakeFirst()
  return marked.numUpdatedRows > 0n
}

function noticesIn(db: Db, rows: readonly SourceRow[]): SourceNotice[] {
  const words = new Map(rows.map(row => [row.source_id, row.told]))
  return sourcesIn(db, rows).flatMap(source => {
    const word = words.get(source.id)
    return word === 'failing' || word === 'stalled' ? [{ source, word }] : []
  })
}
