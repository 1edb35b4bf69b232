import { chunked } from './chunk.ts'
import type { Change, Db } from './db.ts'
import { forgetPapers } from './paper-removal.ts'
import type { Guilds } from './ports.ts'

/** Time between two checks that find a server missing, in milliseconds, before it counts as left. */
export const confirmAfter = 3_600_000

export const guildsOf = (db: Db): Guilds => ({
  joined: (guildId, at) => db.write(change => join(change, guildId, at)),
  missing: (guildId, at) => db.write(change => miss(change, guildId, at)),

  doubtful: now =>
    db.read(async rows => {
      const found = await rows
        .selectFrom('guilds')
        .select('guild_id')
        .where('left_at', 'is', null)
        .where('missing_at', '<=', now - confirmAfter)
        .orderBy('missing_at')
        .execute()
      return found.map(row => row.guild_id)
    }),

  reconcile: (present, at, mine = () => true) =>
    db.write(async change => {
      const { there, sure } = await knownGuilds(change)
      const here = new Set(present)
      for (const guildId of here.difference(sure)) await join(change, guildId, at)
      for (const guildId of there.difference(here)) if (mine(guildId)) await miss(change, guildId, at)
    }),

  purge: leftBefore =>
    db.write(async change => {
      const gone = await change
        .selectFrom('guilds')
        .select('guild_id')
        .where('left_at', '<', leftBefore)
        .execute()
      const ids = gone.map(row => row.guild_id)
      for (const chunk of chunked(ids, 1)) {
        await forget(change, chunk)
        await forgetPapers(change, db.kind, chunk, leftBefore)
      }
      return ids
    }),
})

/** Servers that the bot did not leave, and those of them that were not found missing. */
async function knownGuilds(change: Change) {
  const rows = await change.selectFrom('guilds').selectAll().where('left_at', 'is', null).execute()
  const sure = rows.filter(row => row.missing_at === null)
  return {
    there: new Set(rows.map(row => row.guild_id)),
    sure: new Set(sure.map(row => row.guild_id)),
  }
}

async function join(change: Change, guildId: string, at: number) {
  await change
    .insertInto('guilds')
    .values({ guild_id: guildId, joined_at: at, missing_at: null, left_at: null })
    .onConflict(conflict => conflict.column('guild_id').doUpdateSet({ missing_at: null, left_at: null }))
    .execute()
  await change
    .updateTable('schedules')
    .set({ problem: null, missing: '[]', problem_at: null })
    .where('guild_id', '=', guildId)
    .where('problem', '=', 'removed')
    .execute()
}

async function miss(change: Change, guildId: string, at: number) {
  const row = await change.selectFrom('guilds').selectAll().where('guild_id', '=', guildId).executeTakeFirst()
  if (row !== undefined && row.left_at !== null) return
  const since = row?.missing_at ?? undefined
  const isConfirmed = since !== undefined && since <= at - confirmAfter
  // A first check in the future was made by a wrong clock.
  const missing_at = since === undefined || since > at ? at : since
  const found = { missing_at, left_at: isConfirmed ? at : null }
  await change
    .insertInto('guilds')
    .values({ guild_id: guildId, joined_at: at, ...found })
    .onConflict(conflict => conflict.column('guild_id').doUpdateSet(found))
    .execute()
  if (!isConfirmed) return
  await change
    .updateTable('schedules')
    .set({ problem: 'removed', missing: '[]', problem_at: at })
    .where('guild_id', '=', guildId)
    .execute()
}

const perGuild = [
  'shown',
  'posts',
  'queue',
  'queue_messages',
  'erasures',
  'dislikes',
  'mutes',
  'schedules',
  'notices',
  'feeds',
  'zotero_links',
  'zotero_items',
  'zotero_outbox',
  'guilds',
] as const

/** What members saved there stays theirs; only where it was saved is forgotten. */
async function forget(change: Change, guildIds: readonly string[]) {
  await change.updateTable('saves').set({ guild_id: null }).where('guild_id', 'in', guildIds).execute()
  for (const table of ['settings', 'request_budgets'] as const)
    await change.deleteFrom(table).where('scope', 'in', guildIds).execute()
  await change
    .updateTable('schedules')
    .set({ library_guild: null })
    .where('library_guild', 'in', guildIds)
    .execute()
  await change.deleteFrom('sources').where('collection', 'in', guildIds).execute()
  for (const table of perGuild) await change.deleteFrom(table).where('guild_id', 'in', guildIds).execute()
}
