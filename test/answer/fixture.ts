import { createAnswerer } from '../../src/answer/answer.ts'
import type { Answer } from '../../src/answer/port.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { shippedPapers } from '../search/fixture.ts'

export const papers = await shippedPapers()
const embedder = await shippedEmbedder()
export const search = await buildSearch(papers, { embedder })
/** Answers from the papers that ship with the bot. */
export const answerer = createAnswerer(search, { embedder })

export const said = ({ quotes, shown }: Answer): string =>
  quotes
    .slice(0, shown)
    .map(({ text }) => text)
    .join(' ')
