import type { Db } from './db.ts'
import type { Leases, Settings } from './ports.ts'
import { storable } from './text.ts'

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
      const row = { value: storable(value) }
      await change
        .insertInto('settings')
        .values({ scope, name, ...row })
        .onConflict(conflict => conflict.columns(['scope', 'name']).doUpdateSet(row))
        .execute()
    }),
})

export const leasesOf = (db: Db): Leases => ({
  acquire: (name, owner, now, until) =>
    db.write(async change => {
      const row = { owner, lease_until: until }
      const taken = await change
        .insertInto('leases')
        .values({ name, ...row })
        .onConflict(conflict =>
          conflict
            .column('name')
            .doUpdateSet(row)
            .where(free =>
              free.or([free('leases.owner', '=', owner), free('leases.lease_until', '<=', now)]),
            ),
        )
        .returning('name')
        .execute()
      return taken.length > 0
    }),

  release: (name, owner) =>
    db.write(async change => {
      await change.deleteFrom('leases').where('name', '=', name).where('owner', '=', owner).execute()
    }),
})
