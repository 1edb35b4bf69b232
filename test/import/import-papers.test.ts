import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createAnswerer } from '../../src/answer/answer.ts'
import { openLibraries } from '../../src/bot/libraries.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import { importPapers, type Summary } from '../../src/import/import-papers.ts'
import { openInputs } from '../../src/import/inputs.ts'
import { openLog } from '../../src/log.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { openTemporary } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'

const folder = mkdtempSync(join(tmpdir(), 'lectern-import-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const stores: Store[] = []
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
})
async function open(): Promise<Store> {
  const store = await openTemporary()
  stores.push(store)
  return store
}

let clock = 0
const limits = { bytes: 1e6, time: 1_000 }

async function run(
  store: Store,
  names: readonly string[],
  options: { rehearsal?: Store; stdin?: string; collection?: string; most?: number } = {},
): Promise<Summary & { reasons: string[] }> {
  const inputs = await openInputs(names, { stdin: Readable.from([options.stdin ?? '']), limits })
  const reasons: string[] = []
  const summary = await importPapers(store.papers, inputs.records, {
    collection: options.collection ?? '',
    sourceOf: inputs.sourceOf,
    at: ++clock,
    most: options.most,
    rehearsal: options.rehearsal?.papers,
    onRejected: ({ file, line, reason }) => void reasons.push(`${file.split('/').at(-1)}:${line} ${reason}`),
  })
  expect(inputs.bytes.read()).toBe(inputs.bytes.total)
  await inputs.close()
  return { ...summary, reasons }
}

const none = { added: 0, updated: 0, unchanged: 0, duplicate: 0, rejected: 0, refused: 0, reasons: [] }
const line = (id: string, change: Partial<Paper> = {}): string =>
  JSON.stringify({ id, title: `A paper about the whole subject ${id}`, abstract: `On ${id}.`, ...change })
const file = (name: string, ...lines: string[]): string => {
  const path = join(folder, name)
  writeFileSync(path, lines.join('\n'))
  return path
}
let collections = 900_000_000_000_000_000n
/** An empty one in a store that is there: opening a store takes longer than an import. */
const newCollection = (): string => String(++collections)

const content = async (store: Store, collection = '') => {
  const found = await store.papers.list(collection, { limit: 10_000 })
  return found.map(({ paper, sources }) => ({ paper, sources }))
}

describe('an import', () => {
  it('takes no row’s number for an id: the papers of two tables are all found', async () => {
    const store = await open()
    const table = (name: string, ...titles: string[]) =>
      file(name, 'id,title', ...titles.map((title, at) => `${at + 1},${title}`))
    await run(store, [table('ours.csv', 'Bees and what they see at dusk', 'Wasps and where they go')])
    const rows = table('theirs.csv', 'Moths fly by starlight alone', 'Spiders weave webs by night')
    const server = newCollection()
    expect(await run(store, [rows], { collection: server })).toMatchObject({ added: 2 })
    const libraries = await openLibraries({
      files: [],
      papers: store.papers,
      build: papers => buildSearch(papers),
      answererOf: search => createAnswerer(search),
      arrived: async () => {},
      sleep: async () => {},
      log: openLog({ level: 'silent', secrets: [], pretty: false }),
    })
    expect(libraries.of(server).search.papers).toHaveLength(4)
    expect(await run(store, [rows], { collection: server })).toMatchObject({ added: 0, unchanged: 2 })
  })

  it('tells what became of every record, and where it was', async () => {
    const store = await open()
    const bib = file(
      'refs.bib',
      '@article{x, title={A paper about the whole subject a}, doi={10.1145/1.2}}',
      '@article{y, author={Nobody}}',
    )
    await run(store, [file('first.jsonl', line('a'), line('b'))])
    const name = file('second.jsonl', line('a'), line('c'), 'no JSON', line('c', { venue: 'ICML' }))
    expect(await run(store, [name, bib])).toEqual({
      ...none,
      added: 1,
      updated: 2,
      duplicate: 1,
      rejected: 2,
      reasons: ['second.jsonl:3 is not JSON', expect.stringMatching(/^refs\.bib:2 /)],
    })
    expect(
      (await content(store)).map(({ paper: { id, doi, venue }, sources }) => ({ id, doi, venue, sources })),
    ).toEqual([
      { id: 'a', doi: '10.1145/1.2', venue: undefined, sources: ['first.jsonl', 'refs.bib', 'second.jsonl'] },
      { id: 'b', doi: undefined, venue: undefined, sources: ['first.jsonl'] },
      { id: 'c', doi: undefined, venue: 'ICML', sources: ['second.jsonl'] },
    ])
  })

  it('changes nothing the second time', async () => {
    const store = await open()
    await fc.assert(
      fc.asyncProperty(fc.array(records, { minLength: 1, maxLength: 30 }), async papers => {
        const collection = newCollection()
        const name = file('any.jsonl', ...papers.map(paper => JSON.stringify(paper)))
        const { added, duplicate, rejected } = await run(store, [name], { collection })
        expect(added + duplicate).toBe(papers.length)
        expect(rejected).toBe(0)
        const before = await content(store, collection)
        const { cursor } = await store.papers.changes(undefined, 1_000_000)
        expect(await run(store, [name], { collection })).toMatchObject({
          ...none,
          unchanged: papers.length,
          reasons: expect.anything(),
        })
        expect(await content(store, collection)).toEqual(before)
        expect((await store.papers.changes(cursor)).changed).toEqual([])
      }),
      {
        numRuns: 25,
        // Both papers that the fourth record names have grown, and one takes the other in.
        examples: [
          [
            [
              { id: '1', title: 'One long title of one paper', abstract: 'At length it says more.' },
              { title: 'Another long title of another', authors: ['Ada Lovelace'], arxiv: '2405.19321' },
              { title: 'Another long title of another', venue: 'ICML' },
              {
                title: 'One long title of one paper',
                abstract: 'At length it says more.',
                arxiv: '2405.19321',
              },
              { title: 'Another long title of another', authors: ['Alan Turing'] },
            ],
          ],
        ],
      },
    )
  })

  it('gives the same papers whatever the order of the records', async () => {
    const store = await open()
    await fc.assert(
      fc.asyncProperty(
        fc
          .uniqueArray(identified, { minLength: 1, maxLength: 12, selector: paper => JSON.stringify(paper) })
          .chain(papers =>
            fc.tuple(fc.constant(papers), fc.shuffledSubarray(papers, { minLength: papers.length })),
          ),
        async ([papers, shuffled]) => {
          const results = []
          for (const order of [papers, shuffled]) {
            const collection = newCollection()
            await run(store, [file('order.jsonl', ...order.map(paper => JSON.stringify(paper)))], {
              collection,
            })
            const found = await content(store, collection)
            results.push(found.map(({ paper: { id: _, ...rest } }) => JSON.stringify(rest)).sort())
          }
          expect(results[0]).toEqual(results[1])
        },
      ),
      { numRuns: 25 },
    )
  })

  it('says in a dry run what it would do, and does nothing', async () => {
    const [store, rehearsal] = [await open(), await open()]
    await run(store, [file('old.jsonl', line('a'))])
    const many = Array.from({ length: 450 }, (_, i) => line(`m${i % 400}`))
    const name = file('new.jsonl', line('a'), line('a', { venue: 'ICML' }), ...many)
    const before = await content(store)
    const said = await run(store, [name], { rehearsal })
    expect(await content(store)).toEqual(before)
    expect(await run(store, [name])).toEqual(said)
    expect(said).toMatchObject({ added: 400, duplicate: 50, updated: 2 })
  })

  it('reads folders, archives’ names and the standard input', async () => {
    const store = await open()
    expect(await run(store, ['-'], { stdin: line('in') })).toEqual({ ...none, added: 1 })
    file('.hidden', line('hidden'))
    expect((await run(store, [folder])).added).toBeGreaterThan(0)
    const sources = await store.papers.sources('')
    expect(sources.map(({ source }) => source)).toContain('standard input')
    expect(sources.map(({ source }) => source)).not.toContain('.hidden')
  })

  it('takes no more than the collection may hold', async () => {
    const store = await open()
    const name = file('five.jsonl', ...['a', 'b', 'c', 'd', 'e'].map(id => line(id)))
    expect(await run(store, [name], { most: 3, collection: '900000000000000001' })).toEqual({
      ...none,
      added: 3,
      refused: 2,
    })
  })

  it('stops where it is told to, and keeps what it has', async () => {
    const store = await open()
    const inputs = await openInputs(
      [file('long.jsonl', ...Array.from({ length: 1_000 }, (_, i) => line(`l${i}`)))],
      {
        stdin: Readable.from([]),
        limits,
      },
    )
    const stop = new AbortController()
    const running = importPapers(store.papers, inputs.records, {
      collection: '',
      sourceOf: inputs.sourceOf,
      at: 1,
      signal: stop.signal,
      onProgress: ({ added }) => {
        if (added >= 400) stop.abort(new Error('enough'))
      },
    })
    await expect(running).rejects.toThrow('enough')
    await inputs.close()
    expect(await store.papers.count('')).toBe(400)
  })
})

const identifiers = {
  arxiv: fc.option(fc.constantFrom('2405.19320', '2405.19321', '2405.19322'), { nil: undefined }),
  doi: fc.option(fc.constantFrom('10.1145/1.1', '10.1145/1.2', '10.1101/2024.01.02.123456'), {
    nil: undefined,
  }),
}
const words = fc.constantFrom('One long title of one paper', 'Another long title of another', 'Editorial')

const records = fc.record(
  {
    id: fc.option(fc.constantFrom('1', '2', 'x'), { nil: undefined }),
    title: words,
    abstract: fc.constantFrom('', 'Short.', 'At length it says more.'),
    authors: fc.constantFrom([], ['Ada Lovelace'], ['Alan Turing'], ['李']),
    venue: fc.option(fc.constantFrom('ICML', 'CoRR'), { nil: undefined }),
    ...identifiers,
  },
  { requiredKeys: ['title'] },
)

/** Records whose identifiers alone decide: titles differ, and each identifier belongs to one paper. */
const identified = fc
  .record({
    number: fc.integer({ min: 0, max: 3 }),
    long: fc.boolean(),
    by: fc.constantFrom('arxiv', 'doi', 'both'),
  })
  .map(({ number, long, by }) => ({
    title: `Paper number ${number}${long ? ' with a longer title' : ''}`,
    abstract: long ? '' : `What paper ${number} says at length.`,
    ...(by === 'doi' ? {} : { arxiv: `2405.1932${number}` }),
    ...(by === 'arxiv' ? {} : { doi: `10.1145/1.${number}` }),
  }))
