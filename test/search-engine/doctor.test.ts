import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine } from '../../src/cli/doctor.ts'
import { parseConfig } from '../../src/config.ts'
import { shippedPapers } from '../search/fixture.ts'
import { collectionOf, engineAt, ownPrefix, searchUrl, silent } from './fixture.ts'
import { freePort } from './node.ts'

describe.skipIf(searchUrl() === '')('doctor', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lectern-doctor-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const finding = async (env: Record<string, string>) => {
    const config = parseConfig({ ...env, DATA_DIR: folder })
    return (await examine(config, [], silent)).find(({ subject }) => subject === 'search engine')
  }

  test('says how the engine is, and what is missing', async () => {
    const prefix = ownPrefix()
    const empty = await finding({ SEARCH_URL: searchUrl(), SEARCH_PREFIX: prefix })
    expect(empty).toMatchObject({ level: 'warning', text: expect.stringContaining('without papers') })
    const engine = await engineAt(searchUrl())
    await collectionOf(engine, (await shippedPapers()).slice(0, 5), { prefix: `${prefix}-sandbox` })
    await engine.close()
    const full = await finding({ SEARCH_URL: searchUrl(), SEARCH_PREFIX: prefix })
    expect(full?.text).toContain('one node')
    expect(full?.text).not.toContain('without papers')
  })

  test('says what to do when it does not answer', async () => {
    const away = await finding({ SEARCH_URL: `http://127.0.0.1:${await freePort()}` })
    expect(away).toMatchObject({ level: 'error', advice: expect.stringContaining('SEARCH_URL') })
  })

  test('says nothing of it without one', async () => {
    expect(await finding({})).toBeUndefined()
  })
})
