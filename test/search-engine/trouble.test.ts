import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Paper } from '../../src/corpus/paper.ts'
import type { Engine } from '../../src/search-engine/engine.ts'
import type { EngineCollection } from '../../src/search-engine/engine-collection.ts'
import { EngineError } from '../../src/search-engine/engine-error.ts'
import { schemaVersion } from '../../src/search-engine/mapping.ts'
import { openSqlite } from '../../src/store/open.ts'
import { sharedCollection } from '../../src/store/paper-ports.ts'
import type { Store } from '../../src/store/ports.ts'
import { papersFrom } from '../fixtures/members.ts'
import { collectionOf, engineAt, ownPrefix, searchUrl } from './fixture.ts'

const lab = '900000000000000001'
const files = papersFrom([
  { id: 'f1', title: 'Caching keys and values', abstract: 'We cache keys and values of attention.' },
  { id: 'f2', title: 'Shapley values for features', abstract: 'Features get Shapley values.' },
])

/** Ids of what a text finds. */
async function found(collection: EngineCollection, text: string, guildId?: string): Promise<string[]> {
  const view = collection.view(guildId)
  await view.prepare(text)
  return view.search(text).hits.map(({ paper }) => paper.id)
}

describe.skipIf(searchUrl() === '')('an index whose engine', () => {
  let engine: Engine
  let store: Store
  beforeAll(async () => {
    engine = await engineAt(searchUrl())
  })
  beforeEach(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lectern-engine-'))
    store = await openSqlite(join(folder, 'lectern.sqlite'))
    return async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })
  afterAll(() => engine.close())
  const add = (collection: string, papers: readonly Paper[]) =>
    store.papers.upsert({ collection, source: 'test', papers, at: 1 })
  const open = (prefix = ownPrefix()) => collectionOf(engine, files, { papers: store.papers, prefix })

  test.each([
    ['is made searchable', '_refresh'],
    ['is counted', '_search'],
  ])('is busy when what was written %s counts it after all', async (_, path) => {
    const collection = await open()
    await add(lab, papersFrom([{ id: 'o1', title: 'Zorblax in the lab' }]))
    const call = engine.call.bind(engine)
    engine.call = async (kind, asked) => {
      if (asked.path.endsWith(path)) throw new EngineError('busy')
      return call(kind, asked)
    }
    await expect(collection.update()).rejects.toThrow(EngineError)
    engine.call = call
    await collection.update()
    expect(collection.hasOwn(lab)).toBe(true)
    expect(await found(collection, 'zorblax', lab)).toEqual(['o1'])
  })

  test.each([
    ['', []],
    [' while papers come', papersFrom([{ id: 's1', title: 'Zorblax at sea' }])],
  ])('has lost it%s builds it again', async (_, more) => {
    const prefix = ownPrefix()
    await add(lab, papersFrom([{ id: 'o1', title: 'Zorblax in the lab' }]))
    const both = [await open(prefix), await open(prefix)]
    const names = `${prefix}-state-s${schemaVersion},${prefix}-papers-s${schemaVersion}-v1`
    await fetch(`${searchUrl()}/${names}`, { method: 'DELETE' })
    if (more.length > 0) await add(sharedCollection, more)
    for (let updates = 0; updates < 60; updates++) for (const one of both) await one.update().catch(() => {})
    for (const one of both) {
      expect(await found(one, 'zorblax', lab)).toHaveLength(1 + more.length)
      expect(one.count).toBe(2 + more.length)
      await one.update()
    }
  })

  test('has lost it says that it is made again, until it is', async () => {
    const prefix = ownPrefix()
    const collection = await open(prefix)
    const names = `${prefix}-state-s${schemaVersion},${prefix}-papers-s${schemaVersion}-v1`
    await fetch(`${searchUrl()}/${names}`, { method: 'DELETE' })
    const lost = await found(collection, 'caching').catch((error: unknown) => error)
    expect(lost).toBeInstanceOf(EngineError)
    expect(lost).toMatchObject({ problem: 'missing', message: expect.stringMatching(/made again.*minutes/u) })
    for (let updates = 0; updates < 60; updates++) await collection.update().catch(() => {})
    expect(await found(collection, 'caching')).toEqual(['f1'])
  })

  test('has no vectors, as without its k-NN plugin, is searched by words', async () => {
    const prefix = ownPrefix()
    await collectionOf(engine, files, { papers: store.papers, prefix, hasVectors: false })
    const collection = await open(prefix)
    await add(sharedCollection, papersFrom([{ id: 's1', title: 'Zorblax in winter' }]))
    await collection.update()
    expect(await found(collection, 'zorblax')).toEqual(['s1'])
    const view = collection.view(undefined)
    await view.prepare({ related: ['f1', 's1'] })
    expect(view.papers).toHaveLength(3)
  })
})
