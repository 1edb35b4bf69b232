import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startSandbox } from 'discord-sandbox'
import { z } from 'zod'
import { openPostgres, openSqlite } from '../../src/store/open.ts'
import { randomOf } from '../fixtures/random.ts'
import { startPostgres } from '../store/postgres.ts'
import type { LogBook } from './bot-process.ts'
import { openFleet } from './fleet.ts'
import { happen, type Scene } from './incidents.ts'
import { type Members, openMembers } from './members.ts'
import { checkLog, checkRefused, checkWrites, logCounts, quantile } from './oracle.ts'
import { type PickPlan, planPicks } from './picks.ts'
import { openWindows, watchStarvation } from './windows.ts'

const usage = `Usage: npm run chaos -- [--minutes N] [--seed S] [--store postgres|sqlite] [--rate R] [--log FILE]

Real processes of the bot in a sandbox of Discord, while everything breaks: the gateway, Discord's answers, the database,
the processes and their clock. Afterwards nothing may be lost, doubled, refused or silent.

  --minutes  of trouble (default 2); after it all that is due gets the time to end
  --seed     draws what happens and when (default: from the clock; it is printed)
  --store    the database (default: Postgres for even seeds, a SQLite file for odd ones)
  --rate     interactions a second at the busiest (default 100)
  --log      a file for all that the processes logged
`

const Options = z.object({
  minutes: z.coerce.number().min(0.5).max(1_440).default(2),
  seed: z.coerce.number().int().min(0).max(4_294_967_295).optional(),
  store: z.enum(['postgres', 'sqlite']).optional(),
  rate: z.coerce.number().min(1).max(500).default(100),
  log: z.string().optional(),
  help: z.boolean().default(false),
})
type Options = z.infer<typeof Options>

/** How long slots may take to be settled once nothing breaks any more: a clock that was set, then a lease. */
const timeout = 240_000

interface Result {
  readonly wrong: string[]
  readonly figures: [string, string | number][]
}

/** A database, and the environment by which the bot finds it. */
async function openDatabase(kind: 'postgres' | 'sqlite', folder: string) {
  const file = join(folder, 'lectern.sqlite')
  if (kind === 'sqlite')
    return { store: await openSqlite(file), file, env: {}, restart: undefined, stop: async () => {} }
  const server = await startPostgres()
  const url = await server.database()
  return {
    store: await openPostgres(url),
    file,
    env: { DATABASE_URL: url },
    restart: server.restart,
    stop: server.stop,
  }
}

async function run(
  { minutes, rate, log: logFile }: Options,
  seed: number,
  kind: 'postgres' | 'sqlite',
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-chaos-'))
  const bugs: string[] = []
  const database = await openDatabase(kind, folder)
  const sandbox = await startSandbox({ onBug: bug => bugs.push(`the sandbox has a bug: ${String(bug)}`) })
  const windows = openWindows()
  const log: LogBook = { lines: [], odd: [] }
  const env = {
    DATA_DIR: folder,
    DISCORD_TOKEN: sandbox.token,
    DISCORD_API_URL: sandbox.apiUrl,
    ...database.env,
  }
  const fleet = await openFleet({ ...env, LOG_LEVEL: 'info' }, log, windows)
  const stopWatching = watchStarvation(windows)
  const end = Date.now() + minutes * 60_000
  const stopped = AbortSignal.timeout(minutes * 60_000)
  const pause = async (ms: number) => wait(Math.max(0, ms), undefined, { signal: stopped }).catch(() => {})
  const picks = planPicks(sandbox, database.store)
  const members = openMembers({ sandbox, windows, random: randomOf(seed + 1), fleet, rate })
  const scene: Scene = {
    ...{ sandbox, fleet, windows, picks, pause, random: randomOf(seed), file: database.file },
    restartDatabase: database.restart,
  }
  try {
    const [happened] = await Promise.all([happen(scene, end), members.run(stopped), picks.run(end, stopped)])
    sandbox.faults.clear()
    const { wrong, states } = await picks.settledProblems(timeout)
    wrong.push(...fleet.samples.check(), ...(await checkWrites(members.ledger, database.store)))
    await fleet.close()
    wrong.push(...fleet.wrong, ...members.ledger.wrong, ...bugs, ...checkRefused(sandbox))
    wrong.push(...checkLog(log.lines, log.odd, happened))
    const incidents = [...happened].map(([name, { count }]): [string, number] => [name, count])
    const processes = Object.entries({ ...fleet.counts, ...fleet.samples.figures() })
    return {
      wrong,
      figures: [
        ...incidents,
        ['requests struck', sandbox.faults.struck],
        ...processes,
        ...traffic(members),
        ...posted(picks, states),
        ...Object.entries(windows.totals()).map(([why, s]): [string, string] => [
          `seconds of ${why}`,
          s.toFixed(1),
        ]),
        ...logCounts(log.lines),
      ],
    }
  } finally {
    stopWatching()
    await fleet.close()
    if (logFile !== undefined)
      writeFileSync(logFile, log.lines.map(({ by, text }) => `${by} ${text}\n`).join(''))
    await sandbox.close()
    await database.store.close()
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function traffic({ ledger: { counts, latencies, saves, votes } }: Members): [string, string | number][] {
  const sum = (all: Iterable<{ sure: number }>) => [...all].reduce((total, { sure }) => total + sure, 0)
  const at = (part: number) => quantile(latencies, part).toFixed()
  return [
    ...Object.entries(counts).map(([what, count]): [string, number] => [`interactions ${what}`, count]),
    ['ms to acknowledgement, p50 / p99 / max', `${at(0.5)} / ${at(0.99)} / ${at(1)}`],
    ['saves confirmed', sum(saves.values())],
    ['votes acknowledged', sum(votes.values())],
  ]
}

const posted = (
  { planned, guilds }: PickPlan,
  states: Record<string, number>,
): [string, string | number][] => [
  ['servers that joined', guilds.length],
  ['picks due', planned.length],
  ...Object.entries(states),
]

async function main(args: string[]): Promise<number> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    options: {
      minutes: text,
      seed: text,
      store: text,
      rate: text,
      log: text,
      help: { type: 'boolean', short: 'h' },
    },
  })
  const options = Options.parse(values)
  if (options.help) {
    process.stdout.write(usage)
    return 0
  }
  const seed = options.seed ?? Date.now() % 1_000_000
  const kind = options.store ?? (seed % 2 === 0 ? 'postgres' : 'sqlite')
  process.stdout.write(`${options.minutes} minutes of trouble on ${kind}, seed ${seed}\n\n`)
  const { wrong, figures } = await run(options, seed, kind)
  for (const [name, figure] of figures) process.stdout.write(`${name.padEnd(64)} ${figure}\n`)
  if (wrong.length === 0) {
    process.stdout.write('\nNothing lost, doubled, refused or silent.\n')
    return 0
  }
  const again = `npm run chaos -- --minutes ${options.minutes} --seed ${seed} --store ${kind} --rate ${options.rate}`
  process.stdout.write(`\n${wrong.length} violations:\n${wrong.slice(0, 60).join('\n')}\n\nAgain: ${again}\n`)
  return 1
}

process.exitCode = await main(process.argv.slice(2))
