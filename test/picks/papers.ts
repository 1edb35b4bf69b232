import { fileURLToPath } from 'node:url'
import { readCorpus } from '../../src/corpus/read.ts'
import { buildSearch } from '../../src/search/build.ts'
import type { Search } from '../../src/search/port.ts'

let seed: Promise<Search> | undefined

/** A real search over the papers that ship with the bot. */
export const seedSearch = (): Promise<Search> => {
  seed ??= (async () => {
    const { papers } = await readCorpus([fileURLToPath(new URL('../../corpus', import.meta.url))])
    return buildSearch(papers)
  })()
  return seed
}
