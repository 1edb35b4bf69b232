import type { Change, Db, Rows } from './db.ts'
import type { Settings } from './ports.ts'
import { sanitizeText } from './sanitize-text.ts'

export const settingsOf = (db: Db): Settings => ({
  get: (scope, name) => db.read(rows => settingIn(rows, scope, name)),

  set: (scope, name, value) =>
    db.write(async change => {
      if (value === undefined) return removeSetting(change, scope, name)
      const row = { value: sanitizeText(value) }
      await change
        .insertInto('settings')
        .values({ scope, name, ...row })
        .onConflict(conflict => conflict.columns(['scope', 'name']).doUpdateSet(row))
        .execute()
    }),
})

/*
 * The same within a read or a transaction, for the database's own settings, whose scope is ''.
 */

export async function settingIn(
  rows: Rows | Change,
  scope: string,
  name: string,
): Promise<string | undefined> {
  const row = await rows
    .selectFrom('settings')
    .select('value')
    .where('scope', '=', scope)
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}

/** Sets it unless it is set. */
export async function addSetting(change: Change, scope: string, name: string, value: string): Promise<void> {
  await change
    .insertInto('settings')
    .values({ scope, name, value })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export async function removeSetting(change: Change, scope: string, name: string): Promise<void> {
  await change.deleteFrom('settings').where('scope', '=', scope).where('name', '=', name).execute()
}
