import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgres, openSqlite } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { type Server, skipped, startPostgres } from '../store/postgres.ts'

const child = new URL('./put-down-child.ts', import.meta.url)

/** Kills a process at whatever it is doing, several times; then everything that was kept is also put down for Zotero. */
async function killsLoseNothing(database: string, open: () => Promise<Store>) {
  const store = await open()
  await store.zotero.setLink({
    guildId: 'g',
    library: 'groups/1',
    collection: '',
    writeKey: 'k',
    sendsSaves: true,
    userId: '1',
    at: 0,
  })
  for (const [round, wait] of [5, 15, 30, 60, 100].entries()) {
    const running = fork(child, [database, String(round)], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
    await once(running.stdout ?? running, 'data')
    await sleep(wait)
    running.kill('SIGKILL')
    await once(running, 'exit')
  }
  const { saves } = await store.saves.list('1')
  const discussed = await store.queue.list('g', ['discussed'])
  const entries = await store.zotero.entries('g', 1_000, Date.now() + 60_000)
  await store.close()
  expect(saves.length).toBeGreaterThan(0)
  expect(discussed.length).toBeGreaterThan(0)
  expect(entries.map(({ tag, paperId }) => `${tag} ${paperId}`).sort()).toEqual(
    [
      ...saves.map(({ paperId }) => `saved ${paperId}`),
      ...discussed.map(({ paperId }) => `discussed ${paperId}`),
    ].sort(),
  )
}

describe('a process that is killed while it saves and marks papers as discussed', () => {
  it('has put down for Zotero all that it kept, in SQLite', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lectern-zotero-'))
    try {
      const file = join(folder, 'z.sqlite')
      await killsLoseNothing(file, () => openSqlite(file))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }, 60_000)

  describe.skipIf(skipped)('in Postgres', () => {
    let server: Server | undefined
    beforeAll(async () => {
      server = await startPostgres()
    })
    afterAll(() => server?.stop())
    it('has put down for Zotero all that it kept', async () => {
      const url = (await server?.database()) ?? ''
      await killsLoseNothing(url, () => openPostgres(url))
    }, 60_000)
  })
})
