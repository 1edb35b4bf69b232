import type { Db } from './db.ts'
import type { Processes } from './schedule-ports.ts'

/** How long a process counts after it was last seen, ms: machines' clocks differ, and a beat may come late. */
export const livesFor = 300_000

export const processesOf = (db: Db): Processes => ({
  beat: (id, now) =>
    db.write(async change => {
      await change
        .deleteFrom('processes')
        .where(eb => eb.or([eb('seen_at', '<', now - livesFor), eb('seen_at', '>', now + livesFor)]))
        .execute()
      await change
        .insertInto('processes')
        .values({ process_id: id, seen_at: now })
        .onConflict(conflict => conflict.column('process_id').doUpdateSet({ seen_at: now }))
        .execute()
      const { alive } = await change
        .selectFrom('processes')
        .select(({ fn }) => fn.countAll<number | string>().as('alive'))
        .executeTakeFirstOrThrow()
      return Number(alive)
    }),
  leave: id =>
    db.write(async change => {
      await change.deleteFrom('processes').where('process_id', '=', id).execute()
    }),
})
