import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { enrichPapers } from '../../src/cli/enrich.ts'
import { parseConfig } from '../../src/config.ts'
import type { Engine } from '../../src/search-engine/engine.ts'
import { openSqlite } from '../../src/store/open.ts'
import { sharedCollection } from '../../src/store/paper-ports.ts'
import { papersFrom } from '../fixtures/members.ts'
import { unpaced } from '../fixtures/unpaced.ts'
import { shippedPapers } from '../search/fixture.ts'
import { collectionOf, engineAt, ownPrefix, searchUrl } from './fixture.ts'
import { freePort } from './node.ts'

const root = resolve(import.meta.dirname, '../..')
const secret = papersFrom([{ id: 'own-1', title: 'Zorblax: catapults for penguins' }])
const lab = '900000000000000001'

describe.skipIf(searchUrl() === '')('the terminal', () => {
  const prefix = ownPrefix()
  let folder: string
  let engine: Engine
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lectern-terminal-'))
    engine = await engineAt(searchUrl())
    const store = await openSqlite(join(folder, 'papers.sqlite'))
    await store.papers.upsert({ collection: lab, source: 'test', papers: secret, at: 1 })
    await store.papers.upsert({
      collection: sharedCollection,
      source: 'test',
      papers: papersFrom([{ id: 'stored-1', title: 'Quibblefrost in polar nests' }]),
      at: 2,
    })
    const options = { papers: store.papers, prefix: `${prefix}-sandbox` }
    await collectionOf(engine, await shippedPapers(), options)
    await store.close()
  })
  afterAll(async () => {
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const settings = () => ({
    DATA_DIR: join(folder, 'data'),
    SEARCH_URL: searchUrl(),
    SEARCH_PREFIX: prefix,
    SEARCH_TIMEOUT: '30000',
    // There are no papers but those of the engine.
    CORPUS: join(folder, 'nowhere.jsonl'),
    LOG_LEVEL: 'silent',
  })
  const lectern = (args: readonly string[], env: Record<string, string> = {}) =>
    new Promise<{ status: number; out: string; err: string }>(done => {
      const all = { PATH: process.env['PATH'], ...settings(), ...env }
      execFile(process.execPath, ['src/cli.ts', ...args], { cwd: root, env: all }, (error, out, err) =>
        done({ status: error === null ? 0 : Number(error.code), out, err }),
      )
    })

  test('finds, answers and compares what the engine has', async () => {
    const found = await lectern(['paper', 'cross layer attenion KV cahce', '--json'])
    expect(found.err).toBe('')
    const { paper, related } = JSON.parse(found.out)
    expect(paper.title).toContain('Cross-Layer Attention')
    expect(related.length).toBeGreaterThan(0)
    expect((await lectern(['paper', 'quibblefrost'])).out).toContain('polar nests')
    expect((await lectern(['ask', 'How is the KV cache made smaller?'])).out).toMatch(/cache/iu)
    expect((await lectern(['related', 'cross-layer attention'])).out).toMatch(/cache/iu)
  })

  test('finds no server’s own papers', async () => {
    const found = await lectern(['paper', secret[0]?.title ?? '', '--json'])
    expect(found.out).not.toContain('catapults for penguins')
  })

  test('says in one line what is wrong', async () => {
    const down = await lectern(['paper', 'kv cache'], { SEARCH_URL: `http://127.0.0.1:${await freePort()}` })
    expect(down).toMatchObject({ status: 2, out: '' })
    expect(down.err).toMatch(/^The search engine does not answer[^\n]*\n$/u)
    const empty = await lectern(['ask', 'kv cache?'], { SEARCH_PREFIX: ownPrefix() })
    expect(empty).toMatchObject({ status: 2, out: '' })
    expect(empty.err).toMatch(/^The search engine has no papers of this bot yet[^\n]*\n$/u)
  })

  test('looks up what each paper of the engine lacks, once', async () => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end('[]')
    })
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const config = parseConfig({
      ...settings(),
      HUGGINGFACE_URL: base,
      ARXIV_API_URL: base,
      CROSSREF_URL: base,
    })
    const some = { dryRun: true, limit: 2, notes: join(folder, 'notes.jsonl') }
    const outcome = await enrichPapers(config, some, { limits: unpaced, firstPause: 1 })
    server.closeAllConnections()
    server.close()
    const papers = await shippedPapers()
    const lacking = papers.filter(
      ({ arxiv, doi, authors, published }) =>
        (arxiv === undefined && doi === undefined) || authors.length === 0 || published === undefined,
    ).length
    expect(asked.length).toBeGreaterThan(0)
    // The stored one lacks authors; two are looked up, and the others are counted.
    expect(outcome.known).toBe(lacking + 1 - 2)
  })
})
