import { expect, it } from 'vitest'
import { createAnswerer } from '../../../src/answer/answer.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { answerText } from '../../../src/view/text.ts'
import { paper } from '../../fixtures/paper.ts'

const about = (id: string, words: string) => paper(id, `${words} in practice`)

it('puts papers on the whole topic first, and says where those on a part of it begin', async () => {
  const papers = [
    about('a', 'Matching of graphs'),
    about('b', 'Stereo matching of image patches'),
    about('c', 'Compression of an image'),
    about('d', 'Matching an image to a map'),
    about('e', 'Bees and their dances'),
  ]
  const answer = createAnswerer(await buildSearch(papers)).ask('list papers on image matching')
  expect(answer.kind).toBe('list')
  const ids = answer.papers.map(({ id }) => id)
  expect(answer.whole).toBe(2)
  expect(new Set(ids.slice(0, 2))).toEqual(new Set(['b', 'd']))
  expect(new Set(ids.slice(2))).toEqual(new Set(['a', 'c']))
  expect(answerText(answer)).toMatch(/^2 papers fit, 2 more in part, best first.+\nOn a part of it:\n3\. /su)
})
