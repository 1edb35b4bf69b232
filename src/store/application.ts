import { Failure } from '../errors.ts'
import type { Change, Db } from './db.ts'

/** The setting, of no server, that tells which application's servers and members the database holds. */
const name = 'application'

const text =
  'This database belongs to another Discord application. Nothing was changed. Use the token of that application, or another DATABASE_URL or DATA_DIR; a backup restored into an empty database starts anew with any application.'

/** See `Store.belongTo`. */
export const belongTo = (db: Db, applicationId: string): Promise<void> =>
  db.write(async change => {
    await keepApplication(change, applicationId)
    if ((await applicationOf(change)) !== applicationId) throw new Failure('storage', text)
  })

/** @returns undefined: no application has used the database yet */
export async function applicationOf(change: Change): Promise<string | undefined> {
  const row = await change
    .selectFrom('settings')
    .select('value')
    .where('scope', '=', '')
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}

/** Notes whose the database is, unless that is known. */
export async function keepApplication(change: Change, applicationId: string): Promise<void> {
  await change
    .insertInto('settings')
    .values({ scope: '', name, value: applicationId })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export async function forgetApplication(change: Change): Promise<void> {
  await change.deleteFrom('settings').where('scope', '=', '').where('name', '=', name).execute()
}
