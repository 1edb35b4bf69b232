import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSqlite } from '../../src/store/open.ts'
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
    const { DatabaseSync } = await import('node:sqlite')
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
    const copy = join(newFolder(), 'lectern.sqlite')
    // The files as a killed process leaves them, its log full.
    for (const end of ['', '-wal']) writeFileSync(copy + end, readFileSync(file + end))
    const again = await open(copy)
    expect(readFileSync(`${copy}-wal`)).toHaveLength(0)
    expect((await again.saves.list(ann)).total).toBe(1)
  })
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
