import { existsSync, readdirSync } from 'node:fs'
import { appendFile, chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readCorpus } from '../../src/corpus/read.ts'
import { Failure } from '../../src/errors.ts'
import { pageLines } from './bytes.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-corpus-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const line = (id: string, title = id): string => `${JSON.stringify({ id, title })}\n`

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, content)
  return path
}

const idsIn = async (...paths: string[]) => (await readCorpus(paths)).papers.map(paper => paper.id)

describe('files and folders', () => {
  test('the corpus that ships: 107 papers', async () => {
    const { papers, rejected } = await readCorpus([fileURLToPath(new URL('../../corpus', import.meta.url))])
    expect(papers).toHaveLength(107)
    expect(rejected).toEqual([])
  })

  test('a folder with all below it, by name, without READMEs and dotfiles', async () => {
    await file('b.jsonl', line('b'))
    await file('a/z.jsonl', line('z'))
    await file('a/README.md', 'not a corpus')
    await file('readme', 'nor this')
    await file('.hidden.jsonl', line('hidden'))
    await file('.git/x.jsonl', line('git'))
    expect(await idsIn(folder)).toEqual(['z', 'b'])
    expect((await readCorpus([folder])).rejected).toEqual([])
  })

  test('paths in the order given, each file once whatever the links', async () => {
    const b = await file('b.jsonl', line('b'))
    const a = await file('a.jsonl', line('a'))
    await symlink(folder, join(folder, 'loop'))
    await symlink(a, join(folder, 'c.jsonl'))
    expect(await idsIn(b, folder, a)).toEqual(['b', 'a'])
  })

  test('no path at all is an empty corpus', async () => {
    expect(await readCorpus([])).toEqual({ papers: [], rejected: [] })
  })

  test('a path that is not there is a failure that names it', async () => {
    await expect(readCorpus([join(folder, 'nowhere.jsonl')])).rejects.toThrow(
      expect.objectContaining({ kind: 'missing', message: expect.stringContaining('nowhere.jsonl') }),
    )
    await expect(readCorpus([join(folder, 'nowhere.jsonl')])).rejects.toBeInstanceOf(Failure)
  })

  test('a device is a failure, a broken link below a folder a report', async () => {
    await expect(readCorpus(['/dev/null'])).rejects.toMatchObject({ kind: 'input' })
    await symlink(join(folder, 'gone'), join(folder, 'broken.jsonl'))
    const { rejected } = await readCorpus([folder])
    expect(rejected).toEqual([expect.objectContaining({ file: join(folder, 'broken.jsonl'), line: 0 })])
  })

  test.skipIf(process.getuid?.() === 0)(
    'a file that may not be read is a failure, below a folder a report',
    async () => {
      const path = await file('secret.jsonl', line('a'))
      await file('open.jsonl', line('b'))
      await chmod(path, 0)
      await expect(readCorpus([path])).rejects.toMatchObject({ kind: 'input' })
      const { papers, rejected } = await readCorpus([folder])
      expect(papers).toHaveLength(1)
      expect(rejected).toEqual([expect.objectContaining({ file: path, kind: 'damaged' })])
    },
  )

  test.skipIf(!existsSync('/proc/self/fd'))('files that nothing reads do not stay open', async () => {
    const long = 'x'.repeat(200_000)
    for (let i = 0; i < 20; i++) {
      await file(`${i}.pdf`, `%PDF-1.7\n${long}`)
      await file(`${i}.bin`, `nothing known\n${long}`)
      await file(`${i}.csv`, `a,b\n${`${long}\n`.repeat(5)}`)
      await file(`${i}.zip`, zipSync({ 'a.pdf': Buffer.from(`%PDF-1.7\n${long}`) }, { level: 0 }))
    }
    const open = () => readdirSync('/proc/self/fd').length
    const before = open()
    expect((await readCorpus([folder])).papers).toEqual([])
    await vi.waitFor(() => expect(open()).toBeLessThan(before + 10))
  })

  test('a file that nothing reads, or that holds nothing, is reported', async () => {
    const picture = await file('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47]))
    const empty = await file('empty.jsonl', '')
    const { papers, rejected } = await readCorpus([picture, empty])
    expect(papers).toEqual([])
    expect(rejected.map(one => [one.file, one.line])).toEqual([
      [picture, 0],
      [empty, 0],
    ])
    expect(rejected[0]?.reason).toMatch(/^is a picture$/)
    expect(rejected[1]?.reason).toBe('holds no paper')
  })

  test('JSON lines are known by their look, too', async () => {
    expect(await idsIn(await file('export.dat', line('a')))).toEqual(['a'])
  })
})

describe('ids that come twice', () => {
  test('the same paper is one paper, without a word', async () => {
    const { papers, rejected } = await readCorpus([
      await file('a.jsonl', line('a') + line('a')),
      await file('b.jsonl', line('a')),
    ])
    expect(papers).toHaveLength(1)
    expect(rejected).toEqual([])
  })

  test('of two papers the first stays and the second is reported', async () => {
    await file('a.jsonl', line('a', 'First'))
    const second = await file('b.jsonl', line('x') + line('a', 'Second'))
    const { papers, rejected } = await readCorpus([folder])
    expect(papers.map(paper => paper.title)).toEqual(['First', 'x'])
    expect(rejected).toEqual([
      {
        file: second,
        line: 2,
        kind: 'duplicate',
        reason: 'the id “a” belongs to another paper already: “Second”',
      },
    ])
  })
})

test('what is rejected says what that costs', async () => {
  const lines = [
    '{"title": "A", "doi": "none"}',
    '{"title": " "}',
    '{"abstract": "b"}',
    'x',
    '{"title": " ", "id": {}}',
  ]
  const { papers, rejected } = await readCorpus([await file('a.jsonl', lines.join('\n'))])
  expect(papers.map(paper => paper.title)).toEqual(['A'])
  expect(rejected.map(({ line, kind }) => `${line} ${kind}`)).toEqual([
    '1 field',
    '2 untitled',
    '3 damaged',
    '4 damaged',
    '5 damaged',
  ])
})

describe('gzip', () => {
  test('that unfolds without end is left where it does, and told', async () => {
    const bomb = await file(
      'bomb.jsonl.gz',
      gzipSync(Buffer.concat([Buffer.from(line('a')), Buffer.alloc(64 * 1024 ** 2, ' ')])),
    )
    const { papers, rejected } = await readCorpus([bomb])
    expect(papers.map(paper => paper.id)).toEqual(['a'])
    expect(rejected.map(({ reason }) => reason).join()).toContain(
      'expands to more than a hundred times its size',
    )
  })

  test('of ordinary text is read whole, however large', async () => {
    const lines = Array.from(
      { length: 40_000 },
      (_, i) => `{"id":"${i}","title":"${i.toString(36).repeat(99)}"}\n`,
    )
    expect((await readCorpus([await file('a.jsonl.gz', gzipSync(lines.join('')))])).papers).toHaveLength(
      40_000,
    )
  })

  test('by its bytes, whatever the name', async () => {
    const zipped = gzipSync(line('a'))
    expect(await idsIn(await file('a.jsonl.gz', zipped))).toEqual(['a'])
    expect(await idsIn(await file('b.jsonl', zipped))).toEqual(['a'])
    expect(await idsIn(await file('c.JSONL.GZ', Buffer.concat([zipped, gzipSync(line('b'))])))).toEqual([
      'a',
      'b',
    ])
  })

  test('a name that lies is reported', async () => {
    const { rejected } = await readCorpus([await file('a.jsonl.gz', line('a'))])
    expect(rejected).toEqual([
      expect.objectContaining({ line: 0, reason: 'is named .gz but holds no gzip data' }),
    ])
  })

  test('a file cut short yields the papers before the cut', async () => {
    const lines = Array.from({ length: 5000 }, (_, at) => line(`p${at}`, `${at} ${Math.sin(at)}`)).join('')
    const zipped = gzipSync(lines)
    const { papers, rejected } = await readCorpus([
      await file('a.jsonl.gz', zipped.subarray(0, zipped.length / 2)),
    ])
    expect(papers.length).toBeGreaterThan(1000)
    expect(papers.length).toBeLessThan(5000)
    expect(rejected.at(-1)?.reason).toMatch(/^the rest cannot be read: /)
    expect(rejected.at(-1)?.line).toBe(papers.length + 1)
  })

  test('a file that is nothing but its first bytes', async () => {
    const { papers, rejected } = await readCorpus([await file('a.jsonl.gz', Buffer.from([0x1f, 0x8b]))])
    expect(papers).toEqual([])
    expect(rejected).toHaveLength(1)
  })
})

test('of very many reports the first thousand are listed and the others counted', async () => {
  const path = await file('a.jsonl', '')
  for (let at = 0; at < 1500; at++) await appendFile(path, at % 2 ? 'x\n' : '{}\n')
  const { rejected } = await readCorpus([path])
  expect(rejected).toHaveLength(1001)
  expect(rejected.at(-1)).toEqual({
    file: path,
    line: 0,
    kind: 'damaged',
    reason: '500 more pieces are not listed',
  })
})

test('a damaged page yields its sound papers and names file and line', async () => {
  const path = await file('page.txt', pageLines.toSpliced(5, 1).join('\r\n'))
  const { papers, rejected } = await readCorpus([path])
  expect(papers).toHaveLength(106)
  expect(rejected).toEqual([
    {
      file: path,
      line: 5,
      kind: 'damaged',
      reason: 'a title without an abstract: “Value-Incentivized Preference Optimization: A Unified Appro…”',
    },
  ])
})

const scale = fileURLToPath(new URL('../../../shared/eval/public/acmcr/corpus.jsonl.gz', import.meta.url))
if (!existsSync(scale))
  console.warn('SKIPPED: ../shared is not there, the corpus of 108,906 records was not read')
test.skipIf(!existsSync(scale))(
  '108,906 records load while the event loop goes on',
  { timeout: 120_000 },
  async () => {
    const delay = monitorEventLoopDelay({ resolution: 10 })
    delay.enable()
    const { papers, rejected } = await readCorpus([scale])
    delay.disable()
    expect(papers).toHaveLength(108_906)
    expect(rejected).toEqual([])
    // Not a time but a count: whoever waited for the event loop got many turns.
    expect(delay.count).toBeGreaterThan(20)
  },
)
