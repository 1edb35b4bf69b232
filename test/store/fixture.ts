import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Daily, Follow, NextSlot } from '../../src/schedule/schedule.ts'
import type { Rows, Source } from '../../src/store/db.ts'
import { openPostgres, openSqlite } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { postgresSource } from '../../src/store/postgres.ts'
import { tables } from '../../src/store/schema.ts'
import { sqliteSource } from '../../src/store/sqlite.ts'
import { type Server, startPostgres } from './postgres.ts'

/** What a contract test works with: two stores on one database, as two processes would have, and its bare rows. */
export interface Setting {
  readonly source: Source
  readonly store: Store
  readonly other: Store
  readonly rows: Rows
  /** A folder of its own. */
  readonly folder: string
}

export type Kind = 'sqlite' | 'postgres'

/** Calls in a `describe`: opens the database once and empties it before each test. */
export function useStore(kind: Kind): () => Setting {
  let setting: Setting | undefined
  let server: Server | undefined
  const folder = mkdtempSync(join(tmpdir(), 'lectern-store-'))

  beforeAll(async () => {
    if (kind === 'postgres') server = await startPostgres()
    const where = server === undefined ? join(folder, 'lectern.db') : await server.database()
    const open = () => (kind === 'sqlite' ? openSqlite(where) : openPostgres(where))
    const source = kind === 'sqlite' ? sqliteSource(where) : postgresSource(where, () => {})
    setting = { source, store: await open(), other: await open(), rows: source.connect(), folder }
  })
  beforeEach(async () => {
    for (const table of tables.toReversed()) await setting?.rows.deleteFrom(table).execute()
    await setting?.rows.deleteFrom('source_lanes').execute()
  })
  afterAll(async () => {
    await setting?.store.close()
    await setting?.other.close()
    await setting?.rows.destroy()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return () => {
    if (setting === undefined) throw new Error('The database is not open')
    return setting
  }
}

export const guild = '900000000000000001'
export const otherGuild = '900000000000000002'
export const channel = '800000000000000001'
export const ann = '700000000000000001'
export const bob = '700000000000000002'

type NewDaily = Omit<Daily, 'kind' | 'pausedAt' | 'problem' | 'exhaustedAt'>
type NewFollow = Omit<Follow, 'kind' | 'pausedAt' | 'problem' | 'lastDigestAt'>

const next: NextSlot = { at: 1_000, offset: 0 }

export const daily = (id: string, change: Partial<NewDaily> = {}): NewDaily => ({
  id,
  guildId: guild,
  channelId: channel,
  count: 1,
  createdBy: ann,
  timing: { hour: 9, minute: 0, zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5] },
  topic: { query: 'kv cache' },
  createdAt: 1,
  next,
  ...change,
})

export const follow = (id: string, change: Partial<NewFollow> = {}): NewFollow => ({
  id,
  userId: ann,
  timing: { hour: 8, minute: 0, zone: 'Asia/Kolkata', days: [1, 2, 3, 4, 5, 6, 7] },
  topic: { query: 'kv cache' },
  createdAt: 1,
  next,
  ...change,
})

/** Puts a schedule's slot of that date up for work: due at 1000, its window ending at 10000. */
export async function openSlot(
  store: Store,
  id: string,
  date = '2026-11-23',
  at = 1_000,
  expiresAt = 10_000,
) {
  const schedule = (await store.slots.due(at, 1_000)).find(found => found.id === id)
  if (schedule === undefined) throw new Error(`No due schedule ${id}`)
  await store.slots.plan(schedule, [{ date, at, expiresAt }], { at: at + 100_000, offset: 0 }, at)
}

/** Claims the one slot that can be claimed. */
export async function claimOne(store: Store, owner: string, now = 1_000, until = now + 1_000) {
  const [claim, ...more] = await store.slots.claim(owner, now, until, 10)
  if (claim === undefined || more.length > 0) throw new Error(`Expected one claim, got ${more.length + 1}`)
  return claim
}

export const pick = (paperId: string) => ({ paperId, reasons: [{ kind: 'drawn' as const }] })
