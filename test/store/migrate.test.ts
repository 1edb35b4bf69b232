import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Rows, Source } from '../../src/store/db.ts'
import { migrate, versionOf } from '../../src/store/migrate.ts'
import { migrations } from '../../src/store/migrations/index.ts'
import { postgresSource } from '../../src/store/postgres.ts'
import { keys, tables } from '../../src/store/schema.ts'
import { sqliteSource } from '../../src/store/sqlite.ts'
import { type Server, skipped, startPostgres } from './postgres.ts'

const names = Object.keys(migrations).sort()
const folder = mkdtempSync(join(tmpdir(), 'lectern-migrate-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Tables and columns as they are, without the migrator's own. */
async function shape(rows: Rows) {
  const found = await rows.introspection.getTables()
  return Object.fromEntries(
    found.map(table => [
      table.name,
      table.columns.map(({ name, dataType, isNullable }) => [name, dataType, isNullable]).sort(),
    ]),
  )
}

const later: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('saves').addColumn('mood', 'text').execute()
  },
}
const broken: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('saves').addColumn('colour', 'text').execute()
    await sql`select no_such_function()`.execute(db)
  },
}

function suite(fresh: () => Promise<Source>) {
  const withRows = async (work: (rows: Rows, source: Source) => Promise<void>) => {
    const source = await fresh()
    const rows = source.connect()
    await work(rows, source).finally(() => rows.destroy())
  }

  it.each(['', ...names])('from version "%s" comes to the same tables as from nothing', async name => {
    let wanted: unknown
    await withRows(async rows => {
      await migrate(rows)
      wanted = await shape(rows)
    })
    await withRows(async rows => {
      if (name !== '') await migrate(rows, migrations, name)
      await migrate(rows)
      expect(await shape(rows)).toEqual(wanted)
      expect(await versionOf(rows)).toEqual(names)
      await migrate(rows)
    })
  })

  it('makes exactly the tables and keys that the program knows', () =>
    withRows(async rows => {
      await migrate(rows)
      const made = await shape(rows)
      expect(Object.keys(made).sort()).toEqual(
        [
          ...tables,
          'paper_revision',
          'source_lanes',
          'processes',
          'requests',
          'request_budgets',
          'vectors',
          'feeds',
          'zotero_links',
          'zotero_outbox',
          'zotero_items',
        ].sort(),
      )
      for (const table of tables)
        for (const key of keys[table])
          expect(
            made[table]?.map(([name]) => name),
            table,
          ).toContain(key)
    }))

  it('keeps the rows that are there', () =>
    withRows(async rows => {
      await migrate(rows)
      await rows.insertInto('settings').values({ scope: '', name: 'a', value: 'b' }).execute()
      await migrate(rows, { ...migrations, '9998-later': later })
      expect(await rows.selectFrom('settings').selectAll().execute()).toHaveLength(1)
    }))

  it('keeps all of its steps or none', () =>
    withRows(async rows => {
      await migrate(rows)
      const before = await shape(rows)
      const list = { ...migrations, '9998-later': later, '9999-broken': broken }
      await expect(migrate(rows, list)).rejects.toThrow()
      expect(await shape(rows)).toEqual(before)
      expect(await versionOf(rows)).toEqual(names)
      await migrate(rows)
    }))

  it('refuses a database that is newer than the program, and leaves it as it is', () =>
    withRows(async rows => {
      await migrate(rows, { ...migrations, '9998-later': later })
      const before = await shape(rows)
      await expect(migrate(rows)).rejects.toMatchObject({
        kind: 'storage',
        message: expect.stringContaining('newer version'),
      })
      expect(await shape(rows)).toEqual(before)
    }))

  it('is done once when several start at once', () =>
    withRows(async (_, source) => {
      const all = Array.from({ length: 4 }, () => source.connect())
      await Promise.all(all.map(rows => migrate(rows)))
      expect(await Promise.all(all.map(versionOf))).toEqual(all.map(() => names))
      await Promise.all(all.map(rows => rows.destroy()))
    }))
}

describe('migrating SQLite', () => {
  let files = 0
  suite(async () => sqliteSource(join(folder, `${files++}.db`)))
})

describe.skipIf(skipped)('migrating Postgres', () => {
  let server: Server | undefined
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.stop())
  suite(async () => postgresSource((await server?.database()) ?? '', () => {}))
})
