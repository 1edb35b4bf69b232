import type { Change, Db } from './db.ts'
import type { Requests } from './request-ports.ts'

export const requestsOf = (db: Db): Requests => ({
  forget: (before, after) =>
    db.write(async change => {
      const { numDeletedRows } = await change
        .deleteFrom('requests')
        .where(eb => eb.or([eb('done_at', '<', before), eb('done_at', '>', after)]))
        .executeTakeFirst()
      return Number(numDeletedRows)
    }),
})

/** What a request did the first time, as JSON keeps it. */
type Plain = string | number | boolean | undefined | { readonly [name: string]: Plain }

/**
 * Carries out one request once, within its transaction: a repetition, in another process at the same time too, changes
 * nothing and gets what the first one got. A request that failed has left no trace, and is tried anew.
 * @param key idempotency key, the interaction's id; undefined: nothing repeats it
 * @param at epoch ms
 */
export async function oncePer<T extends Plain>(
  change: Change,
  key: string | undefined,
  at: number,
  work: () => Promise<T>,
): Promise<T> {
  if (key === undefined) return work()
  // Postgres waits here for another process's transaction on the same key, SQLite has one writer at a time anyway.
  const { numInsertedOrUpdatedRows } = await change
    .insertInto('requests')
    .values({ request_key: key, result: '{}', done_at: at })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  if ((numInsertedOrUpdatedRows ?? 0n) === 0n) return resultOf<T>(change, key)
  const result = await work()
  await change
    .updateTable('requests')
    .set({ result: JSON.stringify({ result }) })
    .where('request_key', '=', key)
    .execute()
  return result
}

async function resultOf<T>(change: Change, key: string): Promise<T> {
  const { result } = await change
    .selectFrom('requests')
    .select('result')
    .where('request_key', '=', key)
    .executeTakeFirstOrThrow()
  return (JSON.parse(result) as { result: T }).result
}
