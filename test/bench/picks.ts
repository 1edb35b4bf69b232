import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../../src/delivery/clock.ts'
import { openRateLimiter } from '../../src/delivery/rate-limiter.ts'
import { openScheduler } from '../../src/delivery/scheduler.ts'
import { openPostgres, openSqlite } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { openChannels } from '../fixtures/channels.ts'
import { httpPoster } from '../fixtures/http-poster.ts'
import { seedSearch } from '../fixtures/papers.ts'
import { dailyAt, schedulerFixture, weekdays } from '../fixtures/scheduler.ts'
import { skipped, startPostgres } from '../store/postgres.ts'
import { table } from './table.ts'

const due = 1_000
const voters = 2_000
/** Discord's limit for a bot, requests a second. */
const limit = 50

interface Database {
  readonly name: string
  open(): Promise<Store>
}

/** Daily picks and votes on both databases, and what a large database costs in memory. */
export async function benchPicks(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-bench-'))
  const server = skipped ? undefined : await startPostgres()
  const databases: Database[] = [
    { name: 'SQLite', open: () => openSqlite(join(folder, `${performance.now()}.db`)) },
  ]
  if (server !== undefined)
    databases.push({ name: 'Postgres', open: async () => openPostgres(await server.database()) })
  try {
    return [await duePicks(databases), await storedVotes(databases), memory(folder)].join('\n\n')
  } finally {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function duePicks(databases: readonly Database[]): Promise<string> {
  const rows: string[][] = []
  for (const database of databases)
    for (const perSecond of [40, 100_000])
      rows.push([database.name, ...(await deliverDue(database, perSecond))])
  return table(
    [
      `${due} picks due at once`,
      'pace, a second',
      'posted',
      'seconds',
      `a second (Discord allows ${limit})`,
      'busiest second',
      'event loop p99, max ms',
    ],
    rows,
  )
}

async function deliverDue(database: Database, perSecond: number): Promise<string[]> {
  const store = await database.open()
  const channels = await openChannels()
  const now = Date.now()
  const at = new Date(now)
  const timing = { hour: at.getUTCHours(), minute: at.getUTCMinutes(), zone: 'UTC', days: weekdays }
  const next = { at: Math.floor(now / 60_000) * 60_000, offset: 0 }
  for (let i = 0; i < due; i++)
    await store.dailies.create({
      ...dailyAt(`d${i}`, timing, now, { guildId: `g${i}`, channelId: `c${i}`, topic: { query: 'value' } }),
      next,
    })
  const { delivery } = schedulerFixture(
    store,
    await seedSearch(),
    httpPoster(channels.url, systemClock.now),
    systemClock,
  )
  const rateLimiter = openRateLimiter({ perSecond, channelGap: 1_100 })
  const runner = openScheduler({ ...delivery, rateLimiter }, { renderNotice: () => ({}) })
  const loop = monitorEventLoopDelay({ resolution: 5 })
  const stop = new AbortController()
  loop.enable()
  const start = performance.now()
  const running = runner.run(stop.signal)
  while (channels.messages.length < due) await systemClock.sleep(20)
  const seconds = (performance.now() - start) / 1_000
  loop.disable()
  stop.abort()
  await running
  const times = channels.messages.map(kept => kept.at).sort((a, b) => a - b)
  const busiest = Math.max(...times.map((from, i) => times.findLastIndex(to => to < from + 1_000) - i + 1))
  await channels.close()
  await store.close()
  return [
    perSecond > 1_000 ? 'none' : String(perSecond),
    String(new Set(channels.messages.map(kept => kept.nonce)).size),
    seconds.toFixed(1),
    (due / seconds).toFixed(0),
    String(busiest),
    `${(loop.percentile(99) / 1e6).toFixed(0)}, ${(loop.max / 1e6).toFixed(0)}`,
  ]
}

async function storedVotes(databases: readonly Database[]): Promise<string> {
  const rows: string[][] = []
  for (const database of databases) {
    const store = await database.open()
    const share = { id: 's1', guildId: 'g', channelId: 'c', userId: 'u', paperId: 'p', note: '', at: 1 }
    await store.posts.share(share)
    const vote = (i: number, useful: boolean) =>
      store.votes.cast({ guildId: 'g', postId: 's1', paperId: 'p', userId: `u${i}`, useful, at: i })
    const start = performance.now()
    for (let i = 0; i < voters; i += 50)
      await Promise.all(Array.from({ length: 50 }, (_, j) => vote(i + j, j % 2 === 0)))
    const seconds = (performance.now() - start) / 1_000
    const tally = (await store.votes.tally('g', 's1'))?.get('p')
    rows.push([database.name, (voters / seconds).toFixed(0), `${tally?.useful} + ${tally?.notForUs}`])
    await store.close()
  }
  return table([`${voters} votes on one message, stored durably and counted`, 'a second', 'counted'], rows)
}

/** Resident memory of a process of its own, with garbage collected. */
function memory(folder: string): string {
  const rows = [
    ['nothing stored', 0, 0],
    ['10,000 schedules and 100,000 saved papers', 10_000, 100_000],
  ] as const
  const program = fileURLToPath(new URL('./bots/memory.ts', import.meta.url))
  return table(
    ['resident memory of a process that runs the schedules', 'MiB', 'database MiB'],
    rows.map(([name, schedules, saves]) => {
      const file = join(folder, `memory-${schedules}.db`)
      const output = execFileSync(
        process.execPath,
        ['--expose-gc', program, file, String(schedules), String(saves)],
        { encoding: 'utf8' },
      )
      const { rss, size } = JSON.parse(output) as { rss: number; size: number }
      return [name, rss.toFixed(0), size.toFixed(0)]
    }),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await benchPicks())
