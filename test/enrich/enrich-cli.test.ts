import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { enrichPapers } from '../../src/cli/enrich.ts'
import { parseConfig } from '../../src/config.ts'
import { openSqlite } from '../../src/store/open.ts'
import { unpaced } from '../fixtures/unpaced.ts'

const titles = [
  'Sharing caches of keys across the layers of a network',
  'A study of things that nobody has ever written about',
  'Two papers that go by one and the same long title',
]
const abstract = (title: string) =>
  `${title}: we study it in depth, measure what it costs, and show where it helps and where it does not.`

let folder: string
let server: Server
let base: string
/** Paths that were asked for. */
let heard: string[]
/** Answers with this status instead; 0: as usual. */
let failing = 0

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lectern-enrich-'))
  writeFileSync(
    join(folder, 'corpus.jsonl'),
    titles.map(title => JSON.stringify({ title, abstract: abstract(title) })).join('\n'),
  )
  heard = []
  failing = 0
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x')
    heard.push(url.pathname)
    if (failing > 0) return response.writeHead(failing).end()
    const query = `${url.searchParams.get('q')}${url.searchParams.get('search_query')}${url.searchParams.get('query.bibliographic')}`
    return response.end(answers(url.pathname, query))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

/** In the services' shapes: the first title is known to all, the third to two as different papers. */
function answers(path: string, query: string): string {
  const [first = '', , third = ''] = titles
  const isFirst = query.includes('Sharing caches')
  const isThird = query.includes('Two papers')
  if (path === '/hf/api/papers/search')
    return JSON.stringify(
      isFirst
        ? [
            {
              paper: {
                id: '2405.12345',
                title: first,
                summary: abstract(first),
                authors: [{ name: 'Ada Lovelace' }],
                publishedAt: '2024-05-20T00:00:00Z',
                githubRepo: 'https://github.com/lovelace/caches',
              },
            },
          ]
        : isThird
          ? [{ id: '2301.00001', title: third, summary: abstract(third) }]
          : [],
    )
  if (path === '/arxiv') {
    const entry = isThird
      ? `<entry><id>http://arxiv.org/abs/2302.00002v1</id><title>${third}</title><summary>${abstract(third)}</summary><published>2023-02-01T00:00:00Z</published></entry>`
      : ''
    return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">${entry}</feed>`
  }
  const items = isFirst
    ? [
        {
          DOI: '10.1234/caches',
          title: [first],
          author: [{ given: 'Ada', family: 'Lovelace' }],
          'container-title': ['Journal of Caches'],
        },
      ]
    : [{ DOI: '10.1234/other', title: ['Something else entirely that was published'] }]
  return JSON.stringify({ status: 'ok', message: { items } })
}

const run = (more: Partial<Parameters<typeof enrichPapers>[1]> = {}) =>
  enrichPapers(
    parseConfig({
      DATA_DIR: folder,
      CORPUS: join(folder, 'corpus.jsonl'),
      HUGGINGFACE_URL: `${base}/hf`,
      ARXIV_API_URL: `${base}/arxiv`,
      CROSSREF_URL: `${base}/crossref`,
      LOG_LEVEL: 'silent',
    }),
    { dryRun: false, limit: 100, notes: undefined, ...more },
    { limits: unpaced, firstPause: 1 },
  )

async function stored() {
  const store = await openSqlite(join(folder, 'sandbox.sqlite'))
  const all = await store.papers.list('', { limit: 10 })
  await store.close()
  return all.map(({ paper }) => paper)
}

it('fills what is surely the same, leaves what is ambiguous, and does not ask again', async () => {
  expect(await run()).toMatchObject({ found: 1, none: 1, ambiguous: 1, later: 0, known: 0 })
  const [paper, ...more] = await stored()
  expect(more).toEqual([])
  expect(paper).toMatchObject({
    title: titles[0],
    abstract: abstract(titles[0] ?? ''),
    authors: ['Ada Lovelace'],
    arxiv: '2405.12345',
    doi: '10.1234/caches',
    venue: 'Journal of Caches',
  })
  const notes = readFileSync(join(folder, 'enriched.jsonl'), 'utf8').trim().split('\n')
  expect(notes.map(line => JSON.parse(line).outcome)).toEqual(['found', 'none', 'ambiguous'])
  expect(JSON.parse(notes[0] ?? '').code).toBe('https://github.com/lovelace/caches')
  const before = heard.length
  expect(await run()).toMatchObject({ found: 0, none: 0, ambiguous: 0 })
  expect(heard.length).toBe(before)
  expect(await stored()).toEqual([paper])
})

it('goes on where an earlier run ended', async () => {
  expect(await run({ limit: 1 })).toMatchObject({ found: 1, none: 0 })
  writeFileSync(join(folder, 'enriched.jsonl'), '{"id":"half a li', { flag: 'a' })
  expect(await run()).toMatchObject({ found: 0, none: 1, ambiguous: 1 })
})

it('changes nothing in a dry run', async () => {
  expect(await run({ dryRun: true })).toMatchObject({ found: 1 })
  expect(await stored()).toEqual([])
  expect(await run()).toMatchObject({ found: 1 })
})

it('leaves for later what nobody answers for now', async () => {
  failing = 503
  expect(await run()).toMatchObject({ found: 0, none: 0, later: 3, refused: [] })
  failing = 0
  expect(await run()).toMatchObject({ found: 1, none: 1, ambiguous: 1, later: 0 })
})

it('asks a service that refuses no more, and takes its silence for no answer', async () => {
  failing = 403
  const refused = await run()
  expect(refused).toMatchObject({ found: 0, none: 0, later: 3 })
  expect(refused.refused).toHaveLength(3)
  expect(heard).toHaveLength(3)
  failing = 0
  expect(await run()).toMatchObject({ found: 1, none: 1, ambiguous: 1 })
})
