import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { RejectedRun } from '../../src/corpus/format.ts'
import { recordPieces } from '../../src/corpus/jsonl.ts'
import { backup } from '../../src/store/backup.ts'
import type { Rows } from '../../src/store/db.ts'
import { migrate } from '../../src/store/migrate.ts'
import { migrations } from '../../src/store/migrations/index.ts'
import { openSqlite } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { maxQueue } from '../../src/store/queue-ports.ts'
import { tables } from '../../src/store/schema.ts'
import { sqliteSource } from '../../src/store/sqlite.ts'
import { ann, bob, channel, claimOne, daily, follow, guild, openSlot, pick, type Setting } from './fixture.ts'

async function live(store: Store) {
  await store.guilds.joined(guild, 1)
  await store.saves.put(ann, {
    paperId: 'p1',
    guildId: guild,
    note: 'ä "quoted"\nline\u2028',
    tags: ['x'],
    at: 1,
  })
  await store.posts.share({
    id: 's1',
    guildId: guild,
    channelId: channel,
    userId: bob,
    paperId: 'p1',
    note: '',
    at: 2,
  })
  await store.votes.cast({ guildId: guild, postId: 's1', paperId: 'p1', userId: ann, useful: true, at: 3 })
  await store.queue.propose({ guildId: guild, paperId: 'p2', userId: ann, note: '', at: 3 })
  await store.dailies.create(daily('d1'))
  await store.follows.create(follow('f1', { topic: { author: 'Ada' } }))
  await store.dislikes.add({ id: 'd1', guildId: guild }, { userId: bob, paperId: 'p1', at: 1 })
  await store.mutes.add({ id: ann, guildId: undefined }, { kind: 'word', key: 'x', said: 'X', at: 1 })
  await store.arrivals.note(['p1', 'p2'], 1)
  await openSlot(store, 'd1')
  const claim = await claimOne(store, 'o1')
  await store.slots.choose(claim, [pick('p3')], 1_000)
  await store.slots.sending(claim, 1_000, 2_000)
}

async function everything(rows: Rows) {
  const all: Record<string, unknown[]> = {}
  for (const table of tables)
    all[table] = (await rows.selectFrom(table).selectAll().execute())
      .map(row => JSON.stringify(row, Object.keys(row).sort()))
      .sort()
  return all
}

let files = 0
const path = (setting: Setting) => join(setting.folder, `backup-${files++}.jsonl`)

export function backupContract(setting: () => Setting) {
  describe('backup and restore', () => {
    it('bring everything back, and settle what was under way as unknown', async () => {
      const { store, rows } = setting()
      await live(store)
      const before = await everything(rows)
      const file = path(setting())
      expect(await store.backup(file, 5_000)).toBeGreaterThan(10)
      await store.saves.remove(ann, 'p1')
      await store.saves.put(bob, { paperId: 'new', at: 9 })
      await store.dailies.remove(guild, 'd1')
      await store.restore(file, 6_000)
      const after = await everything(rows)
      for (const table of tables)
        if (table !== 'slots' && table !== 'settings')
          expect([table, after[table]]).toEqual([table, before[table]])
      expect(await store.slots.history('d1', 5)).toMatchObject([
        { state: 'unknown', reason: 'restored', settledAt: 6_000, picks: [pick('p3')] },
      ])
      expect(await store.settings.get('', 'restored-at')).toBe('6000')
    })

    it('move the data to a database of the other kind', async () => {
      const { store, folder } = setting()
      await live(store)
      const file = path(setting())
      const rows = await store.backup(file, 5_000)
      const elsewhere = await openSqlite(join(folder, `moved-${files++}.db`))
      try {
        expect(await elsewhere.restore(file, 5_000)).toBe(rows)
        expect(await elsewhere.saves.list(ann)).toEqual(await store.saves.list(ann))
        const again = path(setting())
        await elsewhere.backup(again, 5_001)
        await store.restore(again, 5_001)
        expect(await store.saves.list(ann)).toEqual(await elsewhere.saves.list(ann))
        expect(await store.dailies.list(guild)).toEqual(await elsewhere.dailies.list(guild))
      } finally {
        await elsewhere.close()
      }
    })

    it.each(Object.keys(migrations).sort())('bring a backup of version %s up to date', async version => {
      const { store, folder } = setting()
      const old = sqliteSource(join(folder, `old-${files++}.db`))
      const rows = old.connect()
      await migrate(rows, migrations, version)
      const schedule = { missing: '[]', days: '1', zone: 'UTC', hour: 9, minute: 0, count: 1, created_at: 1 }
      await rows
        .insertInto('schedules')
        .values({
          ...schedule,
          schedule_id: 'd1',
          kind: 'daily',
          guild_id: guild,
          channel_id: channel,
          next_at: 5,
          next_offset: 0,
        })
        .execute()
      await rows.destroy()
      const file = path(setting())
      await backup(old, file, 5_000)
      await store.restore(file, 6_000)
      expect(await store.dailies.get(guild, 'd1')).toMatchObject({ timing: { zone: 'UTC', days: [1] } })
    })

    it('do not forget what a channel or a member was shown since', async () => {
      const { store } = setting()
      await live(store)
      const file = path(setting())
      await store.backup(file, 5_000)
      const later = { guildId: guild, channelId: channel, userId: ann, paperId: 'later', note: '', at: 5_500 }
      await store.posts.share({ ...later, id: 's2' })
      await openSlot(store, 'f1')
      await store.slots.choose(await claimOne(store, 'o2', 1_500, 8_000), [pick('digest')], 5_500)
      await store.restore(file, 6_000)
      expect(await store.posts.papersIn(channel)).toEqual(new Set(['p1', 'p3', 'later']))
      expect(await store.follows.seen(ann)).toEqual(new Set(['digest']))
    })

    it('work while others read and write, and see one moment', async () => {
      const { store, other, folder } = setting()
      let stop = false
      let written = 0
      const writing = (async () => {
        while (!stop && written < 15_000) {
          const paperId = `w${written++}`
          await other.saves.put(written % 2 === 0 ? ann : bob, { paperId, tags: [paperId], at: written })
        }
      })()
      const copies: string[] = []
      for (let i = 0; i < 5; i++) {
        const file = path(setting())
        await store.backup(file, 1)
        copies.push(file)
      }
      stop = true
      await writing
      for (const file of copies) {
        const copy = await openSqlite(join(folder, `copy-${files++}.db`))
        await copy.restore(file, 1)
        const { saves } = await copy.saves.list(ann)
        // Every save was written together with its tag: a copy has both or neither.
        expect(saves.filter(save => save.tags.length !== 1)).toEqual([])
        await copy.close()
      }
      const restoring = store.restore(copies[0] ?? '', 2)
      const reads = await Promise.all([other.saves.list(ann), restoring, other.saves.list(ann)])
      expect(reads[0].saves.every(save => save.tags.length === 1)).toBe(true)
    })

    it('wait for whoever is writing', async () => {
      const { store, rows } = setting()
      await live(store)
      const file = path(setting())
      await store.backup(file, 5_000)
      let ended = false
      const locked = Promise.withResolvers<void>()
      const writing = rows.transaction().execute(async change => {
        await change.updateTable('saves').set({ note: 'under way' }).execute()
        locked.resolve()
        await sleep(700)
        ended = true
      })
      await locked.promise
      await store.restore(file, 6_000)
      expect(ended).toBe(true)
      await writing
      expect((await store.saves.get(ann, 'p1'))?.note).toContain('quoted')
    })

    it('refuse a damaged, foreign or newer file, and change nothing', async () => {
      const { store, rows } = setting()
      await live(store)
      const good = path(setting())
      await store.backup(good, 5_000)
      const text = readFileSync(good, 'utf8')
      const lines = text.trimEnd().split('\n')
      const before = await everything(rows)
      const bad: Record<string, string | Buffer> = {
        empty: '',
        'not a backup': 'hello\nworld\n',
        'half of it': text.slice(0, text.length / 2),
        'no end': `${lines.slice(0, -1).join('\n')}\n`,
        'a line lost': lines.toSpliced(4, 1).join('\n'),
        'two lines swapped': lines.toSpliced(2, 2, lines[3] ?? '', lines[2] ?? '').join('\n'),
        'a letter changed': text.replace('quoted', 'quotes'),
        'something after the end': `${text}["saves",{}]\n`,
        'an unknown table': text.replace('["saves",', '["slaves",'),
        'another program': text.replace('"lectern":"backup"', '"lectern":"dump"'),
        newer: text.replace('"migrations":["0001', '"migrations":["9999-later","0001'),
        'binary noise': randomBytes(100_000),
        'one endless line': 'x'.repeat(6_000_000),
      }
      for (const [name, content] of Object.entries(bad)) {
        const file = path(setting())
        writeFileSync(file, content)
        await expect(store.restore(file, 6_000), name).rejects.toMatchObject({ kind: 'input' })
      }
      await expect(store.restore(join('/nowhere', 'file'), 6_000)).rejects.toMatchObject({ kind: 'input' })
      expect(await everything(rows)).toEqual(before)
    })

    it('never write over a file that is no backup, nor leave half of one', async () => {
      const { store, folder } = setting()
      await live(store)
      const thesis = path(setting())
      writeFileSync(thesis, 'my thesis')
      await expect(store.backup(thesis, 1)).rejects.toMatchObject({ kind: 'input' })
      expect(readFileSync(thesis, 'utf8')).toBe('my thesis')
      await expect(store.backup(join(folder, 'no', 'such', 'folder'), 1)).rejects.toMatchObject({
        kind: 'input',
      })
      const file = path(setting())
      await store.backup(file, 1)
      await store.backup(file, 2)
      expect(readFileSync(file, 'utf8')).toContain('"at":2')
      expect(existsSync(`${file}.unfinished`)).toBe(false)
      expect(statSync(file).mode & 0o777).toBe(0o600)
    })

    it('hold the longest papers that readers let in, whatever wrote them', async () => {
      const { store, rows } = setting()
      const long = (length: number) => randomBytes(length).toString('hex').slice(0, length)
      const record = {
        id: long(900),
        title: 'A title that is long enough for all of its records',
        abstract: '"'.repeat(100_000),
        url: `https://openreview.net/forum?id=${long(1_900)}`,
        doi: `10.1234/${long(3_000)}`,
        venue: long(900_000),
        categories: Array.from({ length: 9_000 }, () => long(190)),
      }
      for (let i = 0; i < 60; i++) {
        const given = { ...record, categories: [...record.categories, `${i}`] }
        const pieces = recordPieces(i === 0 ? given : { ...given, abstract: '' }, 1, new RejectedRun())
        const papers = pieces.flatMap(piece => ('paper' in piece ? [piece.paper] : []))
        await store.papers.upsert({ collection: guild, source: `${i}-${long(190)}`, at: 1, papers })
      }
      const before = await everything(rows)
      expect(before['papers']?.length).toBeGreaterThan(0)
      const file = path(setting())
      await store.backup(file, 5)
      await store.restore(file, 6)
      expect((await everything(rows))['papers']).toEqual(before['papers'])
    })

    it('hold what came at once for the last place', async () => {
      const { store, other, rows } = setting()
      const propose = (at: Store, id: string) =>
        at.queue.propose({ guildId: guild, paperId: id, userId: ann, note: '', at: 3 })
      for (let i = 1; i < maxQueue; i++) await propose(store, `p${i}`)
      await Promise.allSettled(
        Array.from({ length: 8 }, (_, i) => propose(i % 2 === 0 ? store : other, `q${i}`)),
      )
      const before = await everything(rows)
      const file = path(setting())
      await store.backup(file, 5)
      await store.restore(file, 6)
      expect((await everything(rows))['queue']).toEqual(before['queue'])
    })

    it('remove what a killed backup left, and nothing else', async () => {
      const { store, folder } = setting()
      await live(store)
      const text = '{"lectern":"backup","format":1,"migrations":["0001-life-in-the-lab"],"at":1}\n'
      const [old, fresh, foreign] = ['old', 'fresh', 'foreign'].map(name =>
        join(folder, `${name}.unfinished`),
      )
      for (const path of [old, fresh]) writeFileSync(path ?? '', text)
      writeFileSync(foreign ?? '', 'my thesis')
      for (const path of [old, foreign]) utimesSync(path ?? '', 1, 1)
      await store.backup(path(setting()), 1)
      expect([old, fresh, foreign].map(one => existsSync(one ?? ''))).toEqual([false, true, true])
    })
  })
}
