import type { Change, Db } from './db.ts'
import type { SourceClaim } from './source-ports.ts'
import { sourcesIn } from './source-rows.ts'

interface Taking {
  readonly now: number
  readonly until: number
  readonly only: string | undefined
}

/** Sources looked through for one whose lane is free. */
const most = 200
/** How long a row that cannot be read is left alone, in ms: many of them must not fill what is looked through. */
const setAsideFor = 3_600_000

/** See `Sources.claim`. */
export const claim = (
  db: Db,
  owner: string,
  { now, until, only }: Taking,
): Promise<SourceClaim | undefined> =>
  db.write(async change => {
    const wanted = change.selectFrom('sources').selectAll()
    const due =
      only === undefined
        ? wanted.where('paused_at', 'is', null).where('next_at', '<=', now)
        : wanted.where('source_id', '=', only)
    const rows = await due.orderBy('next_at').orderBy('source_id').limit(most).execute()
    const tried = new Set<string>()
    for (const row of rows) {
      if (tried.has(row.lane)) continue
      const [source] = sourcesIn(db, [row])
      if (source === undefined) {
        await change
          .updateTable('sources')
          .set({ next_at: now + setAsideFor })
          .where('source_id', '=', row.source_id)
          .execute()
        continue
      }
      tried.add(row.lane)
      if (await lease(change, row.lane, owner, now, until)) return { source, lane: row.lane, owner, until }
    }
    return undefined
  })

/** One statement, so that of several processes one gets it; a lease too far in the future is a wrong clock's. */
async function lease(
  change: Change,
  lane: string,
  owner: string,
  now: number,
  until: number,
): Promise<boolean> {
  const leased = await change
    .insertInto('source_lanes')
    .values({ lane, owner, lease_until: until })
    .onConflict(conflict =>
      conflict
        .column('lane')
        .doUpdateSet({ owner, lease_until: until })
        .where(eb =>
          eb.or([
            eb('source_lanes.lease_until', '<=', now),
            eb('source_lanes.lease_until', '>', now + 2 * (until - now)),
          ]),
        ),
    )
    .returning('lane')
    .executeTakeFirst()
  return leased !== undefined
}
