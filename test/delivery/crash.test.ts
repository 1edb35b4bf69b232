import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Server, skipped, startPostgres } from '../store/postgres.ts'
import { crashPoints } from './crash/options.ts'
import { crashRun, type Plan } from './crash/run.ts'

/** Runs beside the fixed ones, over both databases; LECTERN_CRASH_RUNS=200 is what a release has to pass. */
const runs = Number(process.env['LECTERN_CRASH_RUNS'] ?? 4)
const firstSeed = Number(process.env['LECTERN_CRASH_SEED'] ?? 1)

const folder = mkdtempSync(join(tmpdir(), 'lectern-crash-'))
let server: Server | undefined
beforeAll(async () => {
  if (!skipped) server = await startPostgres()
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function clean(plan: Omit<Plan, 'database'>) {
  const name = `${plan.seed}-${plan.crashAt ?? 'any'}.db`.replaceAll(' ', '-')
  const database = plan.postgres ? ((await server?.database()) ?? '') : join(folder, name)
  const report = await crashRun({ ...plan, database })
  if (process.env['LECTERN_CRASH_RUNS'] !== undefined)
    console.log(plan.postgres ? 'postgres' : 'sqlite', plan.seed, JSON.stringify(report))
  expect(report.wrong, `seed ${plan.seed}`).toEqual([])
  return report
}

describe('a process that is killed', () => {
  it.concurrent.each(crashPoints)(
    '%s leaves a SQLite file from which the next posts once',
    { timeout: 240_000 },
    async crashAt => {
      expect(
        (
          await clean({
            seed: 100 + crashPoints.indexOf(crashAt),
            postgres: false,
            crashAt,
            forgetsNonces: true,
          })
        ).crashes,
      ).toBeGreaterThan(0)
    },
  )

  const onPostgres = skipped ? it.skip : it.concurrent
  onPostgres.each(crashPoints)(
    '%s leaves a Postgres on which another posts once',
    { timeout: 240_000 },
    async crashAt => {
      expect(
        (
          await clean({
            seed: 200 + crashPoints.indexOf(crashAt),
            postgres: true,
            crashAt,
            forgetsNonces: true,
          })
        ).crashes,
      ).toBeGreaterThan(0)
    },
  )
})

describe('bad days, drawn', () => {
  const seeds = Array.from({ length: runs }, (_, i) => firstSeed + i)
  it.concurrent.each(seeds)('number %i', { timeout: 240_000 }, async seed => {
    await clean({ seed, postgres: !skipped && seed % 2 === 0 })
  })
})
