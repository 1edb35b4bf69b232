import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { parseConfig } from '../../src/config.ts'
import { syncTask } from '../../src/features/sources/tasks.ts'
import { openHttp } from '../../src/sources/http/client.ts'
import { openSource } from '../../src/sources/open.ts'
import { mannersOf, parseSpec, sourceName } from '../../src/sources/spec.ts'
import { newId } from '../../src/store/ids.ts'
import { openSqlite } from '../../src/store/open.ts'
import { unpaced } from '../fixtures/unpaced.ts'
import { startLoopback } from './loopback.ts'

const laneOf = (kind: string, words: string) => mannersOf(parseSpec(kind, [words])).lane

it('feeds of one host share a lane, and others do not wait for them', () => {
  expect(laneOf('rss', 'https://example.org/a')).toBe(laneOf('rss', 'http://example.org:8080/b'))
  const hosts = Array.from({ length: 40 }, (_, i) => laneOf('rss', `https://host${i}.example/feed`))
  expect(new Set(hosts).size).toBeGreaterThan(2)
  expect(hosts).not.toContain(laneOf('folder', '/papers'))
})

it('feeds that never answer do not hold up those of other hosts', async () => {
  const server = await startLoopback(({ url }) =>
    url.pathname === '/never'
      ? new Promise(() => {})
      : { body: '<rss><channel><item><title>Bees & honey</title><guid>1</guid></item></channel></rss>' },
  )
  onTestFinished(server.close)
  const folder = mkdtempSync(join(tmpdir(), 'lectern-feeds-'))
  const store = await openSqlite(join(folder, 'lectern.db'))
  const limits = { clock: { now: Date.now, sleep: () => sleep(1) }, limits: unpaced, firstPause: 1 }
  const http = openHttp({ ...limits, timeout: 2_000 })
  onTestFinished(async () => {
    await http.close()
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const add = async (address: string, at: number) => {
    const spec = parseSpec('rss', [address])
    const { lane } = mannersOf(spec)
    const more = { id: newId('l'), collection: '', createdBy: undefined, name: sourceName(spec) }
    await store.sources.add({ ...more, spec, lane, at })
  }
  for (let i = 0; i < 3; i++) await add(`${server.url}/never?${i}`, 1_000 + i)
  await add(`${server.url.replace('127.0.0.1', 'localhost')}/feed`, 2_000)
  const { sources: addresses } = parseConfig({})
  const task = syncTask({
    store,
    open: (spec, publicOnly) => openSource(spec, { http, addresses }, publicOnly),
    now: Date.now,
    log: pino({ level: 'silent' }),
  })
  const stopping = new AbortController()
  const running = task.run(stopping.signal)
  await expect.poll(async () => await store.papers.count(''), { timeout: 1_500 }).toBe(1)
  expect(server.heard.filter(one => one.url.pathname === '/never').length).toBe(1)
  stopping.abort()
  await running
})
