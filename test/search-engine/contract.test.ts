import { afterAll, beforeAll, describe } from 'vitest'
import type { Engine } from '../../src/search-engine/engine.ts'
import { searchContract } from '../search/contract-search.ts'
import { collectionOf, engineAt, searchUrl } from './fixture.ts'

describe.skipIf(searchUrl() === '')('the papers on OpenSearch', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await engineAt(searchUrl())
  })
  afterAll(() => engine.close())

  searchContract(async papers => {
    const collection = await collectionOf(engine, papers)
    return async wanted => {
      const view = collection.view(undefined)
      await view.prepare(wanted)
      return view
    }
  })
})
