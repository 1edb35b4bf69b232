import { LRUCache } from 'lru-cache'
import { chunked } from './chunk.ts'
import type { Db, Rows } from './db.ts'
import type { Arrivals } from './schedule-ports.ts'

/** Entries of the cache. */
const cacheSize = 4

export function arrivalsOf(db: Db): Arrivals {
  const cache = new LRUCache<string, Set<string>>({ max: cacheSize })
  return {
    async note(paperIds, at) {
      let fresh = 0
      // One transaction per chunk: a first start with a large library must not block other writers.
      for (const chunk of chunked([...new Set(paperIds)], 2))
        fresh += await db.write(async change => {
          const noted = await change
            .insertInto('arrivals')
            .values(chunk.map(paper_id => ({ paper_id, arrived_at: at })))
            .onConflict(conflict => conflict.doNothing())
            .executeTakeFirst()
          return Number(noted.numInsertedOrUpdatedRows ?? 0n)
        })
      return fresh
    },

    async announce(paperIds, at) {
      let fresh = 0
      for (const chunk of chunked([...new Set(paperIds)], 2))
        fresh += await db.write(async change => {
          const announced = await change
            .insertInto('arrivals')
            .values(chunk.map(paper_id => ({ paper_id, arrived_at: at })))
            .onConflict(conflict =>
              conflict
                .column('paper_id')
                .doUpdateSet({ arrived_at: at })
                .where('arrivals.arrived_at', '=', 0),
            )
            .returning('paper_id')
            .execute()
          return announced.length
        })
      return fresh
    },

    // Thousands of digests ask the same question in one morning, and papers arrive in bulk: few answers differ.
    after: at =>
      db.read(async rows => {
        const key = await stateAt(rows, at)
        const known = cache.get(key) ?? (await readAfter(rows, at))
        cache.set(key, known)
        return known
      }),
  }
}

/** What the answer depends on: the last arrivals up to then, and how many there are at all. */
async function stateAt(rows: Rows, at: number): Promise<string> {
  const before = await rows
    .selectFrom('arrivals')
    .select(({ fn }) => fn.max('arrived_at').as('last'))
    .where('arrived_at', '<=', at)
    .executeTakeFirst()
  const all = await rows
    .selectFrom('arrivals')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('arrived_at').as('last')])
    .executeTakeFirst()
  return `${before?.last} ${all?.count} ${all?.last}`
}

async function readAfter(rows: Rows, at: number): Promise<Set<string>> {
  const found = await rows.selectFrom('arrivals').select('paper_id').where('arrived_at', '>', at).execute()
  return new Set(found.map(row => row.paper_id))
}
