import { openSqlite } from '../../src/store/open.ts'

/** Erases a member from a database, and is killed meanwhile. */
const [database = '', userId = ''] = process.argv.slice(2)
const store = await openSqlite(database)
process.stdout.write('open\n')
await store.members.erase(userId, Date.now())
process.stdout.write('erased\n')
