import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
let folder = ''
const file = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-eval-'))
  const lines = (values: readonly object[]) => values.map(value => `${JSON.stringify(value)}\n`).join('')
  await writeFile(
    file('corpus.jsonl'),
    lines([
      { id: 'p1', title: 'Caching keys', abstract: 'We cache keys. It is fast. It saves memory by 20%.' },
      { id: 'p2', title: 'Caching values', abstract: 'We cache values. It is slow.' },
      { id: 'p3', title: 'Galaxies', abstract: 'Stars are far away.' },
    ]),
  )
  await writeFile(
    file('texts.jsonl'),
    `\n${lines([
      { id: 'q1', text: 'cahce keys', gold: ['x'] },
      { id: 2, text: '' },
    ])}`,
  )
  await writeFile(file('papers.jsonl'), lines([{ id: 'r1', paper: 'p1', targets: [] }]))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const run = (...args: string[]): Promise<Ended> =>
  new Promise(done => {
    execFile(
      process.execPath,
      ['src/launch.js', 'src/eval.ts', ...args],
      { cwd: root },
      (error, stdout, stderr) => {
        done({ code: error === null ? 0 : Number(error.code), stdout, stderr })
      },
    )
  })

const evaluate = (task: string, queries: string, corpus = 'corpus.jsonl') =>
  run(task, '--corpus', file(corpus), '--queries', file(queries), '--out', file('out'))

describe('tasks', () => {
  test.each(['search', 'suggest'])('%s writes a TREC run', async task => {
    const { code, stdout } = await evaluate(task, 'texts.jsonl')
    expect(code).toBe(0)
    const lines = (await readFile(file('out'), 'utf8')).trim().split('\n')
    expect(lines[0]).toMatch(/^q1 Q0 p1 1 \d+ lectern$/)
    expect(Object.keys(JSON.parse(stdout))).toEqual([
      'queries',
      'papers',
      'index_ms',
      'p50_ms',
      'p95_ms',
      'rss_mib',
    ])
    expect(JSON.parse(stdout)).toMatchObject({ queries: 2, papers: 3 })
  })

  test('related leaves the paper itself out', async () => {
    await evaluate('related', 'papers.jsonl')
    const lines = (await readFile(file('out'), 'utf8')).trim().split('\n')
    expect(lines[0]).toMatch(/^r1 Q0 p2 1 \d+ lectern$/)
    expect(lines.join('\n')).not.toContain(' p1 ')
  })

  test('ask and summarize quote the abstracts', async () => {
    await evaluate('ask', 'texts.jsonl')
    const [answer] = (await readFile(file('out'), 'utf8'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(answer).toMatchObject({ id: 'q1', answered: expect.any(Boolean), confidence: expect.any(Number) })
    expect(answer.papers[0]).toBe('p1')
    expect(answer.sentences.length).toBeGreaterThanOrEqual(3)
    await evaluate('summarize', 'papers.jsonl')
    const [summary] = (await readFile(file('out'), 'utf8'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect('We cache keys. It is fast. It saves memory by 20%.').toContain(summary.tldr)
  })
})

describe('bad input: place and reason on stderr, status 2', () => {
  const bad = async (name: string, text: string) => {
    await writeFile(file(name), text)
    return name
  }

  test('a missing file', async () => {
    const { code, stderr } = await evaluate('search', 'nowhere.jsonl')
    expect({ code, named: stderr.includes('nowhere.jsonl') }).toEqual({ code: 2, named: true })
    const other = await evaluate('search', 'texts.jsonl', 'no-corpus.jsonl')
    expect({ code: other.code, named: other.stderr.includes('no-corpus.jsonl') }).toEqual({
      code: 2,
      named: true,
    })
  })

  test.each([
    ['{"id":"a","text":"x"}\nnot json\n', /bad\.jsonl:2: is not JSON/],
    ['{"id":"a"}\n', /bad\.jsonl:1: text: /],
    ['[]\n', /bad\.jsonl:1: /],
  ])('a malformed query %j', async (text, reason) => {
    const { code, stderr } = await evaluate('search', await bad('bad.jsonl', text))
    expect(stderr).toMatch(reason)
    expect(code).toBe(2)
  })

  test('a malformed record', async () => {
    const corpus = await bad('broken.jsonl', '{"id":"a","title":"A","abstract":"b"}\n{"id":\n')
    const { code, stderr } = await evaluate('search', 'texts.jsonl', corpus)
    expect(stderr).toMatch(/broken\.jsonl:2: /)
    expect(code).toBe(2)
  })

  test('but a sound record that makes no paper, or lacks a field, is no error', async () => {
    const corpus = await bad(
      'odd.jsonl',
      '{"id":"a","title":"A","doi":"none"}\n{"title":""}\n{"id":"a","title":"B"}\n',
    )
    const { code, stdout } = await evaluate('search', 'texts.jsonl', corpus)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ papers: 1 })
  })

  test('a paper that the corpus lacks', async () => {
    const { code, stderr } = await evaluate('related', await bad('lost.jsonl', '{"id":"r","paper":"p9"}\n'))
    expect(stderr).toContain('p9')
    expect(code).toBe(2)
  })

  test('a task or an option that there is not', async () => {
    expect((await evaluate('guess', 'texts.jsonl')).code).toBe(2)
    expect((await run('search', '--depth', '3')).code).toBe(2)
    expect((await run()).stderr).toContain('usage')
  })
})

test('well-formed records without a title are passed over', async () => {
  await writeFile(
    file('gaps.jsonl'),
    '{"id":"a","title":"Keys","abstract":"b"}\n{"id":"b","title":"","abstract":""}\n',
  )
  const { code, stdout } = await evaluate('search', 'texts.jsonl', 'gaps.jsonl')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ papers: 1 })
})
