import type { Db } from './db.ts'
import type { Feeds } from './feed-ports.ts'

export const feedsOf = (db: Db): Feeds => ({
  keyOf: guildId =>
    db.read(async rows => {
      const row = await rows
        .selectFrom('feeds')
        .select('feed_key')
        .where('guild_id', '=', guildId)
        .executeTakeFirst()
      return row?.feed_key
    }),

  guildOf: key =>
    db.read(async rows => {
      const row = await rows
        .selectFrom('feeds')
        .select('guild_id')
        .where('feed_key', '=', key)
        .executeTakeFirst()
      return row?.guild_id
    }),

  set: (guildId, key, at) =>
    db.write(async change => {
      const row = { feed_key: key, created_at: at }
      await change
        .insertInto('feeds')
        .values({ guild_id: guildId, ...row })
        .onConflict(conflict => conflict.column('guild_id').doUpdateSet(row))
        .execute()
    }),

  open: (guildId, key, at) =>
    db.write(async change => {
      await change
        .insertInto('feeds')
        .values({ guild_id: guildId, feed_key: key, created_at: at })
        .onConflict(conflict => conflict.column('guild_id').doNothing())
        .execute()
      const row = await change
        .selectFrom('feeds')
        .select('feed_key')
        .where('guild_id', '=', guildId)
        .executeTakeFirstOrThrow()
      return row.feed_key
    }),

  close: guildId =>
    db.write(async change => {
      const closed = await change.deleteFrom('feeds').where('guild_id', '=', guildId).executeTakeFirst()
      return closed.numDeletedRows > 0n
    }),
})
