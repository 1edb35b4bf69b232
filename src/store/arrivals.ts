import type { Db } from './db.ts'
import { inPieces } from './pieces.ts'
import type { Arrivals } from './schedule-ports.ts'

export const arrivalsOf = (db: Db): Arrivals => ({
  async note(paperIds, at) {
    let fresh = 0
    // A transaction for each piece: a first start with a large library must not hold the others up.
    for (const piece of inPieces([...new Set(paperIds)], 2))
      fresh += await db.write(async change => {
        const noted = await change
          .insertInto('arrivals')
          .values(piece.map(paper_id => ({ paper_id, arrived_at: at })))
          .onConflict(conflict => conflict.doNothing())
          .executeTakeFirst()
        return Number(noted.numInsertedOrUpdatedRows ?? 0n)
      })
    return fresh
  },

  after: at =>
    db.read(async rows => {
      const found = await rows
        .selectFrom('arrivals')
        .select('paper_id')
        .where('arrived_at', '>', at)
        .execute()
      return new Set(found.map(row => row.paper_id))
    }),
})
