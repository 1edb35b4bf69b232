import { execFile } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { Failure } from '../../src/errors.ts'
import { dbOf } from '../../src/store/db.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres, openSqlite } from '../../src/store/open.ts'
import { savesOf } from '../../src/store/saves.ts'
import { sqliteSource } from '../../src/store/sqlite.ts'
import { ann } from './fixture.ts'
import { type Server, skipped, startPostgres } from './postgres.ts'
import { proxyTo } from './proxy.ts'

const folder = mkdtempSync(join(tmpdir(), 'lectern-faults-'))
chmodSync(folder, 0o755)
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const newFile = () => join(folder, String(files++), 'lectern.db')

const caught = async (work: Promise<unknown>): Promise<Failure> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Failure)) throw error ?? new Error('Nothing failed')
  // Written for people: nothing of the machine or the query is in it.
  expect(error.message).not.toMatch(/\/|sql|insert|127\.0/i)
  return error
}

describe('a SQLite file', () => {
  it('that another process locks is waited for, then said to be busy, then used again', async () => {
    const file = newFile()
    const store = await openSqlite(file)
    onTestFinished(() => store.close())
    const holder = new DatabaseSync(file)
    holder.exec('begin immediate')
    const waiting = store.saves.put(ann, { paperId: 'p1', at: 1 })
    await sleep(300)
    holder.exec('rollback')
    expect((await waiting).created).toBe(true)

    holder.exec('begin immediate')
    expect((await caught(store.saves.put(ann, { paperId: 'p2', at: 2 }))).kind).toBe('busy')
    expect((await store.saves.list(ann)).total).toBe(1)
    holder.exec('rollback')
    holder.close()
    expect((await store.saves.put(ann, { paperId: 'p2', at: 2 })).created).toBe(true)
  })

  it('that cannot grow says so, keeps what it has, and goes on when there is room', async () => {
    const source = sqliteSource(newFile())
    const rows = source.connect()
    onTestFinished(() => rows.destroy())
    await migrate(rows)
    const saves = savesOf(dbOf(source, rows))
    await saves.put(ann, { paperId: 'p0', at: 1 })
    const pages = await sql<{ page_count: number }>`pragma page_count`.execute(rows)
    await sql.raw(`pragma max_page_count = ${pages.rows[0]?.page_count}`).execute(rows)
    const fill = async () => {
      for (let i = 1; i < 500; i++) await saves.put(ann, { paperId: `p${i}`, note: 'x'.repeat(900), at: i })
    }
    const failure = await caught(fill())
    expect([failure.kind, failure.message]).toEqual(['storage', expect.stringContaining('full')])
    expect(await saves.get(ann, 'p0')).toBeDefined()
    await sql.raw('pragma max_page_count = 100000').execute(rows)
    await fill()
    expect((await saves.list(ann)).total).toBe(500)
  })

  it('that may not be written says so', async () => {
    const file = newFile()
    const store = await openSqlite(file)
    await store.saves.put(ann, { paperId: 'p1', at: 1 })
    await store.close()
    chmodSync(file, 0o444)
    chmodSync(dirname(file), 0o555)
    // Root may write anywhere: become nobody for a moment.
    const isRoot = process.getuid?.() === 0
    if (isRoot) process.seteuid?.(65534)
    try {
      const failure = await caught(openSqlite(file))
      expect([failure.kind, failure.message]).toEqual(['storage', expect.stringMatching(/read-only|opened/)])
      expect((await caught(openSqlite(join(dirname(file), 'new.db')))).kind).toBe('storage')
      expect((await caught(openSqlite(join(dirname(file), 'no', 'folder', 'new.db')))).kind).toBe('storage')
    } finally {
      if (isRoot) process.seteuid?.(0)
      chmodSync(dirname(file), 0o755)
      chmodSync(file, 0o644)
    }
    const again = await openSqlite(file)
    expect((await again.saves.list(ann)).total).toBe(1)
    await again.close()
  })

  it('that is damaged is refused at the start, and not touched', async () => {
    const file = newFile()
    const store = await openSqlite(file)
    for (let i = 0; i < 300; i++)
      await store.saves.put(ann, { paperId: `p${i}`, note: 'n'.repeat(500), at: i })
    await store.close()
    const { size } = statSync(file)
    const handle = openSync(file, 'r+')
    for (let at = 4_096; at < size; at += 4_096) writeSync(handle, Buffer.alloc(2_000, 0xa5), 0, 2_000, at)
    closeSync(handle)
    const failure = await caught(openSqlite(file))
    expect([failure.kind, failure.message]).toEqual(['storage', expect.stringContaining('damaged')])
    expect(statSync(file).size).toBe(size)

    const noise = join(folder, 'noise.db')
    writeFileSync(noise, 'This is no database, whatever its name says. '.repeat(100))
    expect((await caught(openSqlite(noise))).kind).toBe('storage')
  })

  it('that vanished is noticed when asked', async () => {
    const file = newFile()
    const store = await openSqlite(file)
    onTestFinished(() => store.close())
    await store.check()
    rmSync(file)
    expect((await caught(store.check())).kind).toBe('storage')
  })

  it('is brought up to date once when several processes start at once', async () => {
    const file = newFile()
    const program = `
      const { openSqlite } = await import(${JSON.stringify(new URL('../../src/store/open.ts', import.meta.url).href)})
      const store = await openSqlite(${JSON.stringify(file)})
      await store.saves.put(String(process.pid), { paperId: 'p', at: 1 })
      await store.close()`
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program])
    await Promise.all([run(), run(), run(), run()])
    const rows = sqliteSource(file).connect()
    onTestFinished(() => rows.destroy())
    expect(await rows.selectFrom('saves').selectAll().execute()).toHaveLength(4)
  })
})

describe.skipIf(skipped)('a Postgres', () => {
  let server: Server | undefined
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.stop())

  it('that is gone for a while is said to be away, and used again when it is back', async () => {
    const proxy = await proxyTo((await server?.database()) ?? '')
    const lost: Error[] = []
    const store = await openPostgres(proxy.url, error => lost.push(error))
    onTestFinished(async () => {
      await store.close()
      await proxy.close()
    })
    await store.saves.put(ann, { paperId: 'p1', at: 1 })
    await proxy.cut()
    expect((await caught(store.saves.put(ann, { paperId: 'p2', at: 2 }))).kind).toBe('busy')
    expect((await caught(store.check())).kind).toBe('busy')
    expect((await caught(openPostgres(proxy.url))).kind).toBe('busy')
    await proxy.mend()
    await store.check()
    expect((await store.saves.put(ann, { paperId: 'p2', at: 2 })).created).toBe(true)
    expect(lost.length).toBeGreaterThan(0)
  })

  it('whose answer to a change is lost gives an error, and the change can be repeated', async () => {
    const proxy = await proxyTo((await server?.database()) ?? '')
    const store = await openPostgres(proxy.url)
    onTestFinished(async () => {
      await store.close()
      await proxy.close()
    })
    for (let i = 0; i < 20; i++) {
      const change = store.saves.put(ann, { paperId: `p${i}`, at: i })
      await sleep(i % 5)
      await proxy.cut()
      await change.catch(error => expect(error).toMatchObject({ kind: 'busy' }))
      await proxy.mend()
      await store.saves.put(ann, { paperId: `p${i}`, at: i })
    }
    expect((await store.saves.list(ann)).total).toBe(20)
  })

  it('that refuses the login or does not have the database is a matter of settings, not of waiting', async () => {
    const url = new URL((await server?.database()) ?? '')
    url.pathname = '/no_such_database'
    expect((await caught(openPostgres(url.href))).kind).toBe('storage')
  })
})
