import { expect, it } from 'vitest'
import { createAnswerer } from '../../../src/answer/answer.ts'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { answerText } from '../../../src/view/text.ts'
import { paper } from '../../fixtures/paper.ts'
import { answerer } from '../fixture.ts'

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

it('lists few of many papers on a part of a topic', async () => {
  const papers = [
    about('b', 'Stereo matching of image patches'),
    about('d', 'Matching an image to a map'),
    ...Array.from({ length: 4 }, (_, i) => about(`g${i}`, `Matching of graphs ${i}`)),
    ...Array.from({ length: 4 }, (_, i) => about(`c${i}`, `Compression of an image ${i}`)),
    ...Array.from({ length: 40 }, (_, i) => about(`o${i}`, `Dances of bees in meadow ${i}`)),
  ]
  const answer = createAnswerer(await buildSearch(papers)).ask('list papers on image matching')
  expect(answer).toMatchObject({ whole: 2, papers: { length: 7 } })
})

const embedder = await shippedEmbedder()

it.each([
  [
    'code review',
    ['bots', 'scale'],
    [
      paper('bots', 'Bots in code review', {
        abstract:
          'Bots comment on changes before people do. We study bots in code review of 21 open projects. Maintainers find half of the comments noisy. Those on style save time.',
      }),
      paper('scale', 'What makes reviewers fast', {
        abstract:
          'Defects are cheap to mend before release. We follow code reviews in a company with 900 developers. Small changes pass within a day. Large ones wait for a week, however many reviewers are asked.',
      }),
      paper('teaching', 'Teaching the design of information', {
        abstract:
          'Universities teach professional writing as they did long ago. We review one program and its assignments. Students learn to design tables, charts and forms. In the last term they write code for a small page.',
      }),
      paper('law', 'Fifty years of pointing devices', {
        abstract:
          'A law of movement tells how long pointing takes. We review fifty years of experiments with it. Seven recommendations follow for the analysis of errors and of speed. Data and code are available.',
      }),
    ],
  ],
  [
    'lung cancer',
    ['kras', 'asbestos'],
    [
      paper('kras', 'KRAS mutations in advanced lung cancer', {
        abstract: 'Mutations of KRAS tell how lung cancer responds to therapy.',
      }),
      paper('asbestos', 'Asbestos in shipyards', {
        abstract: 'Workers of shipyards were followed. Cancer of the lung was frequent among them.',
      }),
      paper('fibrosis', 'Thyroid hormone in fibrosis of the lung', {
        abstract: 'Fibrosis of the lung was milder in treated mice. Cancer was not studied.',
      }),
      paper('breast', 'Statins and breast cancer', {
        abstract: 'Women who took statins had breast cancer as often as others.',
      }),
    ],
  ],
])('papers that hold the words of “%s” apart are on a part of it', async (topic, whole, papers) => {
  const others = Array.from({ length: 8 }, (_, i) => about(`o${i}`, `Dances of bees in meadow ${i}`))
  const search = await buildSearch([...papers, ...others], { embedder })
  const answer = createAnswerer(search, { embedder }).ask(`list papers on ${topic}`)
  const ids = answer.papers.map(({ id }) => id)
  expect(ids.slice(0, answer.whole).toSorted()).toEqual(whole.toSorted())
})

it('says that no paper is on all of a topic where the closest hold a word of it', () => {
  const answer = answerer.ask('list papers on object detection')
  expect(answer.kind).toBe('list')
  expect(answer.whole).toBe(0)
  expect(answer.papers.length).toBeLessThanOrEqual(5)
  expect(answerText(answer)).toMatch(/^No paper fits, \d in part.+No paper is on all of it/su)
})
