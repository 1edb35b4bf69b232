import { openPostgres, openSqlite } from '../../src/store/open.ts'

/** Saves papers and marks others as discussed, which both go to Zotero, until it is killed. */
const [database = '', round = ''] = process.argv.slice(2)
const store = await (database.startsWith('postgres') ? openPostgres(database) : openSqlite(database))
// Few enough that the outbox has room for all of them.
for (let i = 0; i < 80; i++) {
  const at = Date.now()
  await store.saves.put('1', { paperId: `s${round}-${i}`, guildId: 'g', zoteroTag: 'saved', at })
  const paperId = `d${round}-${i}`
  await store.queue.propose({ guildId: 'g', paperId, userId: '1', note: '', at })
  const zotero = { tag: 'discussed', userId: '1' }
  await store.queue.discussed({ guildId: 'g', paperId, at, zotero })
  if (i === 0) process.stdout.write('begun\n')
}
// Whoever waits for the kill must not take an end for one.
setInterval(() => {}, 1_000)
