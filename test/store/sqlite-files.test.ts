import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSqlite } from '../../src/store/open.ts'
import { watchStore } from '../../src/store/watch.ts'
import { ann, bob, channel, guild } from './fixture.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-files-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function open(file: string) {
  const store = await openSqlite(file)
  onTestFinished(() => store.close().catch(() => {}))
  return store
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

/** Files of the folder that hold the text. */
const holding = (folder: string, text: string) =>
  readdirSync(folder).filter(name => readFileSync(join(folder, name)).includes(text))

describe('after an erasure', () => {
  it('no file of the database holds a word of the member’s, however much was written and moved about', async () => {
    const folder = newFolder()
    const store = await open(join(folder, 'lectern.sqlite'))
    const other = await open(join(folder, 'lectern.sqlite'))
    const secret = 'xylophone-confession'
    const filler = () => randomBytes(40 + Math.floor(Math.random() * 900)).toString('hex')
    for (let i = 0; i < 400; i++) {
      const note = `${secret} ${i} ${filler()}`
      await store.saves.put(ann, { paperId: `p${i}`, note, tags: [`${secret}-${i}`], at: i })
      await other.saves.put(bob, { paperId: `p${i}`, note: filler(), at: i })
      if (i % 3 === 0) await store.saves.put(ann, { paperId: `p${i}`, note: `${secret} ${filler()}`, at: i })
      if (i % 7 === 0) await store.saves.remove(ann, `p${i}`)
      if (i % 5 === 0) await other.saves.remove(bob, `p${i - 3}`)
      const shared = { id: `s${i}`, guildId: guild, channelId: channel, paperId: `p${i}`, at: i }
      if (i % 4 === 0) await store.posts.share({ ...shared, userId: ann, note })
      if (i % 50 === 0)
        await store.queue.propose({ guildId: guild, paperId: `p${i}`, userId: ann, note, at: i })
    }
    expect(holding(folder, secret)).not.toEqual([])
    await store.members.erase(ann, 1_000)
    expect(holding(folder, secret)).toEqual([])
    expect(holding(folder, ann)).toEqual([])
    expect((await other.saves.list(bob)).total).toBeGreaterThan(200)
  })

  it('what a reader held back is done when it has ended', async () => {
    const folder = newFolder()
    const file = join(folder, 'lectern.sqlite')
    const store = await open(file)
    await store.saves.put(ann, { paperId: 'p1', note: 'xylophone', at: 1 })
    const reader = new DatabaseSync(file)
    reader.exec('begin; select * from saves')
    reader.prepare('select * from saves').all()
    await store.members.erase(ann, 2)
    expect(holding(folder, 'xylophone')).not.toEqual([])
    reader.exec('rollback')
    reader.close()
    await store.members.erase(ann, 3)
    expect(holding(folder, 'xylophone')).toEqual([])
  })

  it('a start does what the last process could not', async () => {
    const folder = newFolder()
    const file = join(folder, 'lectern.sqlite')
    const store = await open(file)
    await store.saves.put(ann, { paperId: 'p1', note: 'xylophone', at: 1 })
    await store.saves.remove(ann, 'p1')
    await store.settings.set('', 'scrub', 'due')
    // The files as a killed process leaves them, its log full.
    const copy = join(newFolder(), 'lectern.sqlite')
    for (const end of ['', '-wal']) writeFileSync(copy + end, readFileSync(file + end))
    expect(holding(dirname(copy), 'xylophone')).not.toEqual([])
    const again = await open(copy)
    expect(holding(dirname(copy), 'xylophone')).toEqual([])
    expect(await again.settings.get('', 'scrub')).toBeUndefined()
  })

  it('nothing is left of what a restore replaced', async () => {
    const folder = newFolder()
    const store = await open(join(folder, 'lectern.sqlite'))
    const file = join(newFolder(), 'backup.jsonl')
    await store.backup(file, 1)
    for (let i = 0; i < 200; i++) await store.saves.put(ann, { paperId: `p${i}`, note: 'xylophone', at: 1 })
    await store.restore(file, 2)
    expect(holding(folder, 'xylophone')).toEqual([])
  })
})

/** Runs a script of this folder until that many milliseconds after it said that it begins. */
async function killAfter(wait: number, script: URL, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [fileURLToPath(script), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  await sleep(wait)
  const exit = once(child, 'exit')
  if (child.exitCode === null && child.kill('SIGKILL')) await exit
}

describe('an erasure that is killed', () => {
  it('happened whole or not at all, and leaves no word in the files once the next process has started', async () => {
    const outcomes = new Set<boolean>()
    for (const wait of [0, 3, 8, 15, 30, 60, 120, 400]) {
      const folder = newFolder()
      const file = join(folder, 'lectern.sqlite')
      const store = await open(file)
      for (let i = 0; i < 60; i++) {
        await store.saves.put(ann, { paperId: `p${i}`, note: `xylophone ${'x'.repeat(900)}`, at: i })
        await store.saves.put(bob, { paperId: `p${i}`, note: 'y'.repeat(500), at: i })
      }
      await store.close()
      await killAfter(wait, new URL('./erase-child.ts', import.meta.url), [file, ann])
      const after = await open(file)
      const { total } = await after.saves.list(ann)
      expect([0, 60]).toContain(total)
      expect(holding(folder, 'xylophone').length > 0).toBe(total > 0)
      expect((await after.saves.list(bob)).total).toBe(60)
      outcomes.add(total > 0)
      await after.close()
    }
    expect(outcomes.has(false)).toBe(true)
  }, 60_000)
})

describe('a restore that is killed', () => {
  it('leaves nothing of the backup in any temporary file, and the database whole', async () => {
    const source = await open(join(newFolder(), 'lectern.sqlite'))
    for (let i = 0; i < 3_000; i++)
      await source.saves.put(ann, { paperId: `p${i}`, note: `xylophone ${'x'.repeat(900)}`, at: i })
    const backup = join(newFolder(), 'backup.jsonl')
    await source.backup(backup, 1)
    const temporary = newFolder()
    const database = join(newFolder(), 'lectern.sqlite')
    for (const wait of [20, 100, 300]) {
      await killAfter(wait, new URL('./restore-child.ts', import.meta.url), [database, backup], {
        TMPDIR: temporary,
        SQLITE_TMPDIR: temporary,
      })
      expect(readdirSync(temporary)).toEqual([])
      const ends = readdirSync(dirname(database)).map(name => name.replace('lectern.sqlite', ''))
      expect(ends.filter(end => !['', '-wal', '-shm'].includes(end))).toEqual([])
      const after = await open(database)
      expect([0, 3_000]).toContain((await after.saves.list(ann)).total)
      await after.close()
    }
  }, 60_000)
})

describe('the files of a database', () => {
  it('are their owner’s alone, and so is their folder', async () => {
    const folder = join(newFolder(), 'a', 'data')
    const store = await open(join(folder, 'lectern.sqlite'))
    await store.saves.put(ann, { paperId: 'p1', at: 1 })
    expect(modeOf(folder)).toBe('700')
    expect(readdirSync(folder).map(name => [name, modeOf(join(folder, name))])).toEqual([
      ['lectern.sqlite', '600'],
      ['lectern.sqlite-shm', '600'],
      ['lectern.sqlite-wal', '600'],
    ])
  })

  it('are closed to others when an earlier version left them open', async () => {
    const folder = join(newFolder(), 'data')
    mkdirSync(folder, { mode: 0o755 })
    const file = join(folder, 'lectern.sqlite')
    writeFileSync(file, '', { mode: 0o644 })
    chmodSync(file, 0o644)
    await open(file)
    expect([modeOf(folder), modeOf(file)]).toEqual(['700', '600'])
  })

  it('leave a folder open that holds other things', async () => {
    const folder = join(newFolder(), 'home')
    mkdirSync(folder)
    chmodSync(folder, 0o755)
    writeFileSync(join(folder, 'thesis.tex'), '')
    await open(join(folder, 'lectern.sqlite'))
    expect(modeOf(folder)).toBe('755')
    expect(existsSync(join(folder, 'thesis.tex'))).toBe(true)
  })
})

describe('a database whose file goes away while it is open', () => {
  const saved = (paperId: string) => ({ paperId, at: 1 })

  /** A store in use, and what its watch says. */
  async function inUse() {
    const file = join(newFolder(), 'lectern.sqlite')
    const store = await open(file)
    const other = await open(file)
    await store.saves.put(ann, saved('p1'))
    const said: string[] = []
    const log = pino({ level: 'info' }, { write: line => said.push(JSON.parse(line).msg) })
    const stop = watchStore(store, log, 5)
    onTestFinished(stop)
    return { file, store, other, said }
  }
  const looks = () => new Promise(resolve => setTimeout(resolve, 60))

  it.each([
    ['deleted', (file: string) => rmSync(file)],
    ['deleted with its log', (file: string) => ['', '-wal', '-shm'].map(end => rmSync(file + end))],
    ['left without its log', (file: string) => rmSync(`${file}-wal`)],
    ['moved away', (file: string) => renameSync(file, `${file}.old`)],
  ])('because it is %s, keeps nothing and says so; the watch says it once, loudly', async (_what, strike) => {
    const { file, store, other, said } = await inUse()
    strike(file)
    for (const one of [store, other])
      await expect(one.saves.put(ann, saved('p2'))).rejects.toMatchObject({
        kind: 'storage',
        message: expect.stringContaining('is gone. Nothing was written'),
      })
    await expect(store.check()).rejects.toMatchObject({ kind: 'storage' })
    await looks()
    expect(said).toEqual([expect.stringMatching(/^THE DATABASE CANNOT BE USED: The database file is gone/u)])
  })

  it('because another one took its place, writes into neither, and goes on when it is back', async () => {
    const { file, store, said } = await inUse()
    const elsewhere = join(newFolder(), 'other.sqlite')
    const fresh = await open(elsewhere)
    await fresh.close()
    renameSync(file, `${file}.old`)
    copyFileSync(elsewhere, file)
    await expect(store.saves.put(ann, saved('p2'))).rejects.toMatchObject({
      kind: 'storage',
      message: expect.stringContaining('was replaced'),
    })
    await looks()
    renameSync(`${file}.old`, file)
    await looks()
    expect((await store.saves.put(ann, saved('p2'))).created).toBe(true)
    expect((await store.saves.list(ann)).total).toBe(2)
    expect(said).toEqual([
      expect.stringContaining('was replaced while the bot was running'),
      'the database is in order again',
    ])
  })

  it('because its tables were dropped, says so in words', async () => {
    const { file, store, said } = await inUse()
    const stranger = new DatabaseSync(file)
    stranger.exec('drop table save_tags; drop table saves')
    stranger.close()
    await expect(store.saves.put(ann, saved('p2'))).rejects.toMatchObject({
      kind: 'storage',
      message: expect.stringContaining('lacks tables'),
    })
    await looks()
    expect(said).toEqual([expect.stringContaining('lacks tables')])
  })
})
