import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openSqlite } from '../../src/store/open.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'lectern-command-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let folders = 0
const newFolder = (): string => mkdtempSync(join(folder, `${folders++}-`))
const launch = (args: readonly string[], command = 'import'): string[] => [
  'src/launch.js',
  'src/cli.ts',
  command,
  ...args,
]
const env = (dataDir: string) => ({ ...process.env, DATA_DIR: dataDir, DISCORD_TOKEN: '', DATABASE_URL: '' })

interface Ran {
  readonly status: number
  readonly out: string
  readonly err: string
}

const run = (dataDir: string, ...args: string[]): Promise<Ran> => call(dataDir, launch(args))

const call = (dataDir: string, args: readonly string[]): Promise<Ran> =>
  new Promise(done => {
    const options = { cwd: root, env: env(dataDir) }
    execFile(process.execPath, args, options, (error, out, err) => {
      done({ status: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })

const papersIn = async (dataDir: string, collection = '') => {
  const store = await openSqlite(join(dataDir, 'sandbox.sqlite'))
  try {
    const found = []
    for (let after: string | undefined; ; after = found.at(-1)?.paper.id) {
      const page = await store.papers.list(collection, { limit: 1_000, after })
      if (page.length === 0) return found.map(({ paper }) => paper)
      found.push(...page)
    }
  } finally {
    await store.close()
  }
}

const many = join(folder, 'many.jsonl')
writeFileSync(
  many,
  Array.from({ length: 2_400 }, (_, i) =>
    JSON.stringify({
      id: `m${i}`,
      title: `The paper of number ${i} of many`,
      abstract: `On ${i}.`,
      doi: `10.1145/${i}`,
    }),
  ).join('\n'),
)

describe('lectern import', () => {
  it('is finished by the same command after it was killed', async () => {
    const [whole, killed] = [newFolder(), newFolder()]
    expect((await run(whole, many)).out).toContain(
      '2400 added, 0 updated, 0 unchanged, 0 duplicate, 0 rejected.',
    )
    const child = spawn(process.execPath, launch([many]), { cwd: root, env: env(killed), stdio: 'ignore' })
    const ended = new Promise(done => {
      child.once('exit', done)
    })
    for (let there = 0; there === 0; ) {
      await new Promise(done => {
        setTimeout(done, 20)
      })
      there = await papersIn(killed).then(
        papers => papers.length,
        () => 0,
      )
    }
    child.kill('SIGKILL')
    await ended
    const before = (await papersIn(killed)).length
    expect(before % 200).toBe(0)
    const { out } = await run(killed, many)
    expect(out).toContain(`${2_400 - before} added, 0 updated, ${before} unchanged, 0 duplicate, 0 rejected.`)
    expect(await papersIn(killed)).toEqual(await papersIn(whole))
  })

  it.each([
    ['/nonexistent/rejected.jsonl', 'ENOENT'],
    ['.', 'EISDIR'],
    ['/dev/full', 'ENOSPC'],
  ])('says in one line that rejected records cannot be written to %s', async (file, code) => {
    const name = join(newFolder(), 'damaged.jsonl')
    writeFileSync(name, '{"title": 3}\n')
    const { status, err } = await run(newFolder(), '--rejected', file, name)
    expect({ status, err }).toEqual({
      status: 2,
      err: `Rejected records cannot be written to ${file} (${code}). Name another file with --rejected.\n`,
    })
  })

  it('says what it would do, and where rejected records are', async () => {
    const data = newFolder()
    const name = join(folder, 'some.jsonl')
    writeFileSync(name, '{"title":"A paper"}\n{"abstract":"no title"}\n')
    const rejected = join(folder, 'rejected.jsonl')
    const dry = await run(data, '--dry-run', '--rejected', rejected, name)
    expect(dry.out).toContain('This would be: 1 added, 0 updated, 0 unchanged, 0 duplicate, 1 rejected.')
    expect(dry.err).toBe('')
    expect(readFileSync(rejected, 'utf8').trim()).toBe(
      JSON.stringify({ file: name, line: 2, kind: 'damaged', reason: 'title is missing or not text' }),
    )
    expect(await papersIn(data)).toEqual([])
    const server = '900000000000000001'
    const json = await run(data, '--json', '--server', server, name)
    expect(JSON.parse(json.out)).toMatchObject({ added: 1, rejected: 1 })
    expect(await papersIn(data)).toEqual([])
    expect(await papersIn(data, server)).toHaveLength(1)
  })

  it('lets the terminal find what was read for everybody', async () => {
    const data = newFolder()
    const name = join(folder, 'found.jsonl')
    writeFileSync(name, '{"title":"Zorblax catapults","abstract":"We propose Zorblax, a catapult."}\n')
    const find = async () => call(data, launch(['zorblax'], 'paper'))
    expect((await find()).status).toBe(1)
    await run(data, '--server', '900000000000000001', name)
    expect((await find()).status).toBe(1)
    await run(data, name)
    const { status, out } = await find()
    expect(status).toBe(0)
    expect(out).toContain('Zorblax catapults')
  })

  it.each([
    [['--server', 'mine', many], '17 to 20 digits'],
    [[join(folder, 'absent.bib')], 'There is no file or folder'],
    [['http://127.0.0.1:9/refs.bib'], 'private network'],
    [[], 'missing required argument'],
  ])('says what is wrong with %j', async (args, text) => {
    const { status, err } = await run(newFolder(), ...args)
    expect(err).toContain(text)
    expect(status).toBe(2)
  })
})
