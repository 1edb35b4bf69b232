import { belongTo } from './application.ts'
import { arrivalsOf } from './arrivals.ts'
import { backup, restore } from './backup.ts'
import { budgetsOf } from './budgets.ts'
import { dislikesOf, mutesOf } from './choices.ts'
import { explained } from './database-errors.ts'
import { dbOf, type Source, type Unreadable } from './db.ts'
import { erasuresOf } from './erasures.ts'
import { feedsOf } from './feeds.ts'
import { guildsOf } from './guilds.ts'
import { requestsOf } from './idempotency.ts'
import { interestOf } from './interest.ts'
import { membersOf } from './members.ts'
import { checkSchema, migrate } from './migrate.ts'
import { noticesOf } from './notices.ts'
import { papersOf } from './papers.ts'
import type { Store } from './ports.ts'
import { postgresSource } from './postgres.ts'
import { postsOf } from './posts.ts'
import { processesOf } from './processes.ts'
import { queueOf } from './queue.ts'
import { readingOf } from './reading.ts'
import { savesOf } from './saves.ts'
import { dailiesOf, followsOf } from './schedules.ts'
import { openScrubber } from './scrub.ts'
import { settingsOf } from './settings.ts'
import { slotsOf } from './slots.ts'
import { sourcesOf } from './sources.ts'
import { connectTemporary, sqliteSource } from './sqlite.ts'
import { vectorsOf } from './vectors.ts'
import { votesOf } from './votes.ts'
import { zoteroOf } from './zotero.ts'

/**
 * @param unreadable called for each row that cannot be read and is skipped
 * @throws Failure when the file cannot be opened, is damaged, or was made by a newer program
 */
export const openSqlite = (file: string, unreadable?: Unreadable): Promise<Store> =>
  open(sqliteSource(file), unreadable)

/**
 * @param onLost called for each connection that broke; it is replaced
 * @param unreadable called for each row that cannot be read and is skipped
 * @throws Failure when the database does not answer, refuses the login, or was made by a newer program
 */
export const openPostgres = (
  url: string,
  onLost: (error: Error) => void = () => {},
  unreadable?: Unreadable,
): Promise<Store> => open(postgresSource(url, onLost), unreadable)

/** An empty database that is gone when it is closed, however the process ends. */
export const openTemporary = (): Promise<Store> =>
  open({
    kind: 'sqlite',
    connect: connectTemporary,
    inspect: async () => {},
    check() {},
    scrub: async () => true,
  })

async function open(source: Source, unreadable?: Unreadable): Promise<Store> {
  const rows = source.connect()
  try {
    await source.inspect(rows)
    await migrate(rows)
    source.check()
  } catch (error) {
    await rows.destroy().catch(() => {})
    throw explained(error)
  }
  const db = dbOf(source, rows, unreadable)
  const scrubber = openScrubber(db)
  await scrubber.start()
  return {
    saves: savesOf(db),
    posts: postsOf(db),
    votes: votesOf(db),
    interest: interestOf(db),
    reading: readingOf(db),
    feeds: feedsOf(db),
    zotero: zoteroOf(db),
    dislikes: dislikesOf(db),
    mutes: mutesOf(db),
    queue: queueOf(db),
    members: membersOf(db, scrubber),
    erasures: erasuresOf(db),
    guilds: guildsOf(db),
    settings: settingsOf(db),
    budgets: budgetsOf(db),
    requests: requestsOf(db),
    papers: papersOf(db),
    vectors: vectorsOf(db),
    processes: processesOf(db),
    dailies: dailiesOf(db),
    follows: followsOf(db),
    slots: slotsOf(db),
    notices: noticesOf(db),
    arrivals: arrivalsOf(db),
    sources: sourcesOf(db),
    belongTo: applicationId => belongTo(db, applicationId),
    async check() {
      source.check()
      await db.read(checkSchema)
    },
    backup: (file, at) => backup(source, file, at),
    async restore(file, at) {
      const count = await restore(source, file, at)
      await scrubber.run()
      return count
    },
    close: () => rows.destroy(),
  }
}
