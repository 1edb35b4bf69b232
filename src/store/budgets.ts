import type { Db } from './db.ts'
import type { Budgets } from './ports.ts'

export const budgetsOf = (db: Db): Budgets => ({
  spend: (scope, day, most) =>
    db.write(async change => {
      await change.deleteFrom('request_budgets').where('scope', '=', scope).where('day', '<', day).execute()
      if (most < 1) return false
      // One statement, so that processes on one database never give out the same request twice.
      const spent = await change
        .insertInto('request_budgets')
        .values({ scope, day, requests: 1 })
        .onConflict(conflict =>
          conflict
            .columns(['scope', 'day'])
            .doUpdateSet(({ ref, eb }) => ({ requests: eb(ref('request_budgets.requests'), '+', 1) }))
            .where('request_budgets.requests', '<', most),
        )
        .returning('requests')
        .executeTakeFirst()
      return spent !== undefined
    }),
})
