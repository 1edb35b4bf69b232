import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import type { Paper } from '../../src/corpus/paper.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { openSavingIndexer } from '../../src/indexing/indexer.ts'
import { buildSearch, openSearch } from '../../src/search/build-search.ts'
import type { Search } from '../../src/search/port.ts'
import { library } from './library.ts'

const embedder = await shippedEmbedder()
const folder = await mkdtemp(join(tmpdir(), 'index-'))
afterAll(() => rm(folder, { recursive: true }))
const file = join(folder, 'papers.index')

const lines: string[] = []
const log = pino(
  new Writable({
    write(line, _, done) {
      lines.push(JSON.parse(String(line)).msg)
      done()
    },
  }),
)
const indexer = openSavingIndexer(folder, {
  embedder,
  log,
  open: (papers, arrays) => openSearch(papers, arrays, { embedder }),
})

const papers = library(520)
const queries = [
  'sparse attention',
  'LQ7',
  'causl retrieval',
  'number 17',
  'https://example.org/papers/1/9',
  '"no graph"',
]
const seen = (search: Search) =>
  queries.map(text => ({
    hits: search.search(text).hits.map(({ paper, score }) => [paper.id, score]),
    suggested: search.suggest(text, 8).map(({ paper }) => paper.id),
    related: search.related('p1-3', 5).map(({ paper, score }) => [paper.id, score]),
    ref: search.withRef('p1-5')?.id,
  }))

function withFlippedBit(bytes: Buffer): Buffer {
  bytes.writeUInt8(bytes.readUInt8(90_000) ^ 4, 90_000)
  return bytes
}

describe('an index that is saved', () => {
  test('is not there at first, is built in a thread, and then serves like one built on the spot', async () => {
    expect(await indexer.restore(papers)).toBeUndefined()
    expect(lines.splice(0)).toEqual(['The papers are indexed anew: there is no saved index yet.'])
    const expected = seen(await buildSearch(papers, { embedder }))
    expect(seen(await indexer.build(papers))).toEqual(expected)
    expect(await readdir(folder)).toEqual(['papers.index'])
    const restored = await indexer.restore(papers)
    expect(restored?.changes).toBe(0)
    expect(restored && seen(restored.search)).toEqual(expected)
    expect(lines).toEqual([])
  })

  test('serves on when papers came, changed, moved or went, with just those that are there now', async () => {
    const changed = { ...(papers[7] as Paper), title: 'Zymurgical yeast', url: undefined }
    const added = { ...(papers[8] as Paper), id: 'new', title: 'Whittling spoons', url: undefined }
    const now = [added, ...papers.slice(3, 7), changed, ...papers.slice(8)].reverse()
    const restored = await indexer.restore(now)
    expect(restored?.changes).toBe(2 + 4)
    const search = restored?.search as Search
    expect(new Set(search.papers)).toEqual(new Set(now))
    expect(search.search('zymurgical yeast').hits[0]?.paper).toBe(changed)
    expect(search.search('whittling').hits.map(({ paper }) => paper.id)).toEqual(['new'])
    expect(search.get('p1-0')).toBeUndefined()
    expect(search.withRef('p1-1')).toBeUndefined()
    expect(search.get('p1-7')).toBe(changed)
    expect(search.search(papers[0]?.title ?? '').hits.map(({ paper }) => paper.id)).not.toContain('p1-0')
    for (const text of queries)
      for (const { paper } of [...search.search(text, { limit: 50 }).hits, ...search.suggest(text, 25)])
        expect(now).toContain(paper)
    expect(lines).toEqual([])
  })

  test('is not used for other papers, and says so in one line', async () => {
    expect(await indexer.restore(library(520, 2))).toBeUndefined()
    expect(lines.splice(0)).toEqual(['The papers are indexed anew: 1040 papers have changed since.'])
  })

  test.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
    ['cut', bytes => bytes.subarray(0, bytes.length / 2), /its length is wrong/],
    ['empty', () => Buffer.alloc(0), /it is no index/],
    ['foreign', () => Buffer.from('{"papers": []}'), /it is no index/],
    ['longer', bytes => Buffer.concat([bytes, bytes]), /its length is wrong/],
    ['damaged', withFlippedBit, /its checksum is wrong/],
  ])('is not used when it is %s, and the next build mends it', async (_, change, reason) => {
    await indexer.build(papers)
    await writeFile(file, change(await readFile(file)))
    expect(await indexer.restore(papers)).toBeUndefined()
    expect(lines.splice(0)).toEqual([expect.stringMatching(reason)])
    await indexer.build(papers)
    expect((await indexer.restore(papers))?.changes).toBe(0)
  })

  test('that cannot be written is built all the same', async () => {
    const nowhere = join(file, 'below a file')
    const other = openSavingIndexer(nowhere, {
      embedder,
      log,
      open: (all, arrays) => openSearch(all, arrays, { embedder }),
    })
    expect((await other.build(papers)).search('LQ7').hits.length).toBeGreaterThan(0)
    expect(lines.splice(0)).toEqual(['the index could not be saved'])
  })

  test('is not made for a few papers', async () => {
    const small = await mkdtemp(join(tmpdir(), 'index-'))
    const few = papers.slice(0, 20)
    const other = openSavingIndexer(small, {
      embedder,
      log,
      open: (all, arrays) => openSearch(all, arrays, { embedder }),
    })
    expect((await other.build(few)).papers).toEqual(few)
    expect(await other.restore(few)).toBeUndefined()
    expect(await readdir(small)).toEqual([])
    expect(lines).toEqual([])
    await rm(small, { recursive: true })
  })
})
