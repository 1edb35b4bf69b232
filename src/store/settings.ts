import type { Db } from './db.ts'
import type { Settings } from './ports.ts'
import { sanitizeText } from './sanitize-text.ts'

export const settingsOf = (db: Db): Settings => ({
  get: (scope, name) =>
    db.read(async rows => {
      const row = await rows
        .selectFrom('settings')
        .select('value')
        .where('scope', '=', scope)
        .where('name', '=', name)
        .executeTakeFirst()
      return row?.value
    }),

  set: (scope, name, value) =>
    db.write(async change => {
      if (value === undefined) {
        await change.deleteFrom('settings').where('scope', '=', scope).where('name', '=', name).execute()
        return
      }
      const row = { value: sanitizeText(value) }
      await change
        .insertInto('settings')
        .values({ scope, name, ...row })
        .onConflict(conflict => conflict.columns(['scope', 'name']).doUpdateSet(row))
        .execute()
    }),
})
