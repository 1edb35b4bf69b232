import { createAnswerer } from '../../src/answer/answer.ts'
import type { Answer } from '../../src/answer/port.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { shippedPapers } from '../search/fixture.ts'

export const papers = await shippedPapers()
export const search = await buildSearch(papers)
/** Answers from the papers that ship with the bot. */
export const answerer = createAnswerer(search)

export const said = ({ quotes, shown }: Answer): string =>
  quotes
    .slice(0, shown)
    .map(({ text }) => text)
    .join(' ')
