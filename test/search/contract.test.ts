import { describe } from 'vitest'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { searchContract } from './contract-search.ts'

describe.each(['minisearch', 'compact'] as const)('the papers in memory, %s', retriever => {
  searchContract(async papers => {
    const search = await buildSearch(papers, { embedder: await shippedEmbedder(), retriever })
    return async wanted => {
      await search.prepare(wanted)
      return search
    }
  })
})
