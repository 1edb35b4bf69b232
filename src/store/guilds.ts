import { chunked } from './chunk.ts'
import type { Change, Db } from './db.ts'
import type { Guilds } from './ports.ts'

export const guildsOf = (db: Db): Guilds => ({
  joined: (guildId, at) => db.write(change => join(change, guildId, at)),
  left: (guildId, at) => db.write(change => leave(change, guildId, at)),

  reconcile: (present, at, mine = () => true) =>
    db.write(async change => {
      const known = await change.selectFrom('guilds').selectAll().execute()
      const here = new Set(present)
      const there = new Set(known.filter(row => row.left_at === null).map(row => row.guild_id))
      for (const guildId of here) if (!there.has(guildId)) await join(change, guildId, at)
      for (const guildId of there) if (!here.has(guildId) && mine(guildId)) await leave(change, guildId, at)
    }),

  purge: leftBefore =>
    db.write(async change => {
      const gone = await change
        .selectFrom('guilds')
        .select('guild_id')
        .where('left_at', '<', leftBefore)
        .execute()
      const ids = gone.map(row => row.guild_id)
      for (const chunk of chunked(ids, 1)) await forget(change, chunk)
      return ids
    }),
})

async function join(change: Change, guildId: string, at: number) {
  await change
    .insertInto('guilds')
    .values({ guild_id: guildId, joined_at: at, left_at: null })
    .onConflict(conflict => conflict.column('guild_id').doUpdateSet({ left_at: null }))
    .execute()
  await change
    .updateTable('schedules')
    .set({ problem: null, missing: '[]', problem_at: null })
    .where('guild_id', '=', guildId)
    .where('problem', '=', 'removed')
    .execute()
}

async function leave(change: Change, guildId: string, at: number) {
  await change
    .insertInto('guilds')
    .values({ guild_id: guildId, joined_at: at, left_at: at })
    .onConflict(conflict =>
      conflict.column('guild_id').doUpdateSet({ left_at: at }).where('guilds.left_at', 'is', null),
    )
    .execute()
  await change
    .updateTable('schedules')
    .set({ problem: 'removed', missing: '[]', problem_at: at })
    .where('guild_id', '=', guildId)
    .execute()
}

/** What members saved there stays theirs; only where it was saved is forgotten. */
async function forget(change: Change, guildIds: readonly string[]) {
  await change.updateTable('saves').set({ guild_id: null }).where('guild_id', 'in', guildIds).execute()
  await change.deleteFrom('settings').where('scope', 'in', guildIds).execute()
  for (const table of ['shown', 'posts', 'queue', 'schedules', 'notices', 'guilds'] as const)
    await change.deleteFrom(table).where('guild_id', 'in', guildIds).execute()
}
