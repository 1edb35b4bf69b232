import { openSqlite } from '../../src/store/open.ts'

/** Restores a backup into a database again and again until it is killed. */
const [database = '', backup = ''] = process.argv.slice(2)
const store = await openSqlite(database)
process.stdout.write('open\n')
for (;;) await store.restore(backup, Date.now())
