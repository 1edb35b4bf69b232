import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createAnswerer } from '../../src/answer/answer.ts'
import { openLibraries } from '../../src/bot/libraries.ts'
import { paperId, paperRef } from '../../src/corpus/ids.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import type { Library } from '../../src/library/library.ts'
import { openLog } from '../../src/log.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { openSqlite } from '../../src/store/open.ts'
import { sharedCollection } from '../../src/store/paper-ports.ts'
import { papersFrom } from '../fixtures/members.ts'

const lab = '200000000000000001'
const other = '200000000000000002'

async function open(files: readonly Paper[]) {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-libraries-'))
  const store = await openSqlite(join(folder, 'store.sqlite'))
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const arrived: string[] = []
  const libraries = await openLibraries({
    files,
    papers: store.papers,
    build: papers => buildSearch(papers),
    answererOf: search => createAnswerer(search),
    arrived: async ids => arrived.push(...ids),
    sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
    log: openLog({ level: 'silent', secrets: [], pretty: false }),
  })
  const add = (collection: string, papers: readonly Paper[]) =>
    store.papers.upsert({ collection, source: 'test', papers, at: 1_000 })
  const seen = (guildId: string | undefined) =>
    libraries
      .of(guildId)
      .search.papers.map(({ id }) => id)
      .sort()
  return { store, libraries, add, seen, arrived }
}

const files = papersFrom([
  { title: 'Lantern light in caves', arxiv: '2401.00001' },
  { title: 'Moths at night', doi: '10.1234/moths' },
])
const named = (id: string, title: string, rest: Partial<Paper> = {}): Paper[] =>
  papersFrom([{ id, title, ...rest }])

it('finds what was stored, for everybody or for one server alone', async () => {
  const { libraries, add, seen } = await open(files)
  expect(seen(lab)).toEqual(['p1', 'p2'])
  await add(sharedCollection, named('s1', 'Zebrafish and their stripes'))
  await add(lab, named('l1', 'An unpublished draft on octopuses'))
  await libraries.refresh()
  expect(seen(undefined)).toEqual(['p1', 'p2', 's1'])
  expect(seen(other)).toEqual(['p1', 'p2', 's1'])
  expect(seen(lab)).toEqual(['l1', 'p1', 'p2', 's1'])
  const hits = (guildId: string | undefined) =>
    libraries
      .of(guildId)
      .search.search('octopuses draft')
      .hits.map(({ paper }) => paper.id)
  expect(hits(lab)[0]).toBe('l1')
  expect(hits(other)).not.toContain('l1')
  expect(libraries.of(other).paper(paperRef('l1'))).toBeUndefined()
  expect(libraries.of(undefined).paper(paperRef('l1'))).toBeUndefined()
})

it('shows a paper once, whoever else has it', async () => {
  const { libraries, add, seen } = await open(files)
  await add(sharedCollection, named('again', 'Lantern light in caves', { arxiv: '2401.00001' }))
  await add(lab, named('moth', 'MOTHS at night!', { doi: '10.1234/moths' }))
  await libraries.refresh()
  expect(seen(undefined)).toEqual(['p1', 'p2'])
  expect(seen(lab)).toEqual(['p1', 'p2'])
})

it('forgets what was taken out, and a server’s papers with the server', async () => {
  const { store, libraries, add, seen } = await open(files)
  await add(lab, [...named('l1', 'Octopuses'), ...named('l2', 'Squids')])
  await add(sharedCollection, named('s1', 'Zebrafish'))
  await libraries.refresh()
  await store.papers.remove(lab, { ids: ['l1'] }, 2_000)
  await libraries.refresh()
  expect(seen(lab)).toEqual(['l2', 'p1', 'p2', 's1'])
  await store.papers.remove(lab, 'all', 3_000)
  await store.papers.remove(sharedCollection, 'all', 3_000)
  await libraries.refresh()
  expect(seen(lab)).toEqual(['p1', 'p2'])
})

it('shows a paper once whose id another paper of the files has, however its text changes', async () => {
  const { store, libraries, add } = await open(files)
  const titles = () =>
    libraries
      .of(undefined)
      .search.papers.map(({ title }) => title)
      .sort()
  const [lantern = '', moths = ''] = titles()
  for (const text of ['Swim.', 'Swim with stripes.', 'Swim with stripes and with others.']) {
    await add(sharedCollection, named('p1', 'Zebrafish and their stripes', { abstract: text }))
    await libraries.refresh()
    expect(titles()).toEqual([lantern, moths, 'Zebrafish and their stripes'])
  }
  await store.papers.remove(sharedCollection, 'all', 3_000)
  await libraries.refresh()
  expect(titles()).toEqual([lantern, moths])
})

const byTitle = (library: Library, title: string): Paper | undefined =>
  library.search.search(title).hits.find(({ paper }) => paper.title === title)?.paper

it.each([
  ['was there before', true],
  ['comes later', false],
])('shows a server its own paper where another with its id, which all have, %s', async (_, isBefore) => {
  const { store, libraries, add, seen } = await open(files)
  const [octopuses, squids] = [named('key', 'Octopuses that dream'), named('key', 'Squids that sleep')]
  if (isBefore) await add(sharedCollection, squids)
  await add(lab, octopuses)
  await libraries.refresh()
  if (!isBefore) await add(sharedCollection, squids)
  await libraries.refresh()
  const own = byTitle(libraries.of(lab), 'Octopuses that dream')
  expect(own?.id).toBe(paperId('Octopuses that dream', octopuses[0]?.abstract ?? ''))
  expect(libraries.of(lab).paper(paperRef(own?.id ?? ''))).toEqual(own)
  expect(libraries.of(lab).search.get('key')?.title).toBe('Squids that sleep')
  expect(byTitle(libraries.of(lab), 'Squids that sleep')?.id).toBe('key')
  expect(seen(lab)).toHaveLength(4)
  expect(byTitle(libraries.of(other), 'Octopuses that dream')).toBeUndefined()
  await add(lab, named('key', 'Octopuses that dream', { venue: 'Cephalopods' }))
  await libraries.refresh()
  expect(seen(lab)).toHaveLength(4)
  await store.papers.remove(sharedCollection, 'all', 3_000)
  await libraries.refresh()
  expect(seen(lab)).toEqual(['key', 'p1', 'p2'])
  expect(byTitle(libraries.of(lab), 'Octopuses that dream')?.id).toBe('key')
})

it('notes each paper as arrived before it can be found', async () => {
  const { libraries, add, arrived } = await open(files)
  expect(arrived).toEqual(['p1', 'p2'])
  await add(sharedCollection, named('s1', 'Zebrafish'))
  await Promise.all([libraries.refresh(), libraries.refresh()])
  expect(arrived).toEqual(['p1', 'p2', 's1'])
})

it('keeps a library as it was for who holds it', async () => {
  const { libraries, add } = await open(files)
  const before = libraries.of(lab)
  await add(lab, named('l1', 'Octopuses'))
  await libraries.refresh()
  expect(before.search.papers).toHaveLength(2)
  expect(libraries.of(lab)).not.toBe(before)
})
