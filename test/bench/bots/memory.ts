import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { systemClock } from '../../../src/delivery/clock.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { openSqlite } from '../../../src/store/open.ts'
import { sqliteSource } from '../../../src/store/sqlite.ts'
import { httpPoster } from '../../fixtures/http-poster.ts'
import { schedulerFixture } from '../../fixtures/scheduler.ts'

/** `memory.ts FILE SCHEDULES SAVES [measure]`: fills the file, then measures in a process that did not fill it. */
const [file = '', schedules = '0', saves = '0', step] = process.argv.slice(2)

async function fill() {
  const store = await openSqlite(file)
  await store.close()
  const rows = sqliteSource(file).connect()
  const day = 86_400_000
  await rows.transaction().execute(async change => {
    for (let i = 0; i < Number(saves); i++)
      await change
        .insertInto('saves')
        .values({
          user_id: `7000000000000${String(i % 5_000).padStart(5, '0')}`,
          paper_id: `2405.${i}`,
          guild_id: `9000000000000${String(i % 200).padStart(5, '0')}`,
          status: 'to-read',
          note: 'a note of the usual length, about what to look at',
          saved_at: i,
          changed_at: i,
        })
        .execute()
    for (let i = 0; i < Number(schedules); i++)
      await change
        .insertInto('schedules')
        .values({
          schedule_id: `d${i}`,
          kind: 'daily',
          guild_id: `9000000000000${String(i % 2_000).padStart(5, '0')}`,
          channel_id: `c${i}`,
          topic_query: 'value alignment',
          hour: i % 24,
          minute: i % 60,
          zone: 'Europe/Berlin',
          days: '1234567',
          count: 1,
          missing: '[]',
          created_at: 1,
          next_at: Date.now() + day,
          next_offset: 60,
        })
        .execute()
  })
  await rows.destroy()
}

async function measure() {
  const store = await openSqlite(file)
  const poster = httpPoster('http://127.0.0.1:9', systemClock.now)
  const { runner } = schedulerFixture(store, await buildSearch([]), poster, systemClock)
  for (let i = 0; i < 20; i++) await runner.round()
  await store.saves.list('700000000000000001', {}, { limit: 10, offset: 0 })
  globalThis.gc?.()
  await systemClock.sleep(200)
  globalThis.gc?.()
  const { rss } = process.memoryUsage()
  console.log(JSON.stringify({ rss: rss / 2 ** 20, size: statSync(file).size / 2 ** 20 }))
  await store.close()
}

if (step === 'measure') await measure()
else {
  await fill()
  const again = [...process.execArgv, process.argv[1] ?? '', file, schedules, saves, 'measure']
  console.log(execFileSync(process.execPath, again, { encoding: 'utf8' }).trim())
}
