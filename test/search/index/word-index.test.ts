import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CompactWordIndex, wordArraysOf } from '../../../src/search/index/compact-word-index.ts'
import { buildIndex } from '../../../src/search/index/index-builder.ts'
import { MiniSearchIndex } from '../../../src/search/index/minisearch-index.ts'
import { paper, shippedPapers } from '../fixture.ts'

const word = fc.constantFrom(
  'alpha',
  'beta',
  'Gamma',
  'key-value',
  'the',
  'x-ray',
  '日',
  'Key Value (KV)',
  'kv',
)
const title = fc.array(word, { maxLength: 8 }).map(words => words.join(' '))
const corpus = fc
  .array(title, { maxLength: 12 })
  .map(titles => titles.map((text, i) => paper(String(i), text)))
const typed = fc.array(
  fc.uniqueArray(fc.constantFrom('alpha', 'beta', 'gamma', 'key', 'keyvalue', 'ray', 'kv', 'none')),
  { maxLength: 3 },
)

test('titles and names rank in typed arrays as MiniSearch ranks them', async () => {
  await fc.assert(
    fc.asyncProperty(corpus, typed, async (papers, words) => {
      const mini = await MiniSearchIndex.over(papers, await buildIndex(papers))
      const compact = new CompactWordIndex(await wordArraysOf(papers))
      expect(compact.find(words, 20)).toEqual(mini.find(words, 20))
      expect(compact.find(words, 2)).toEqual(mini.find(words, 2))
      for (const name of ['kv', 'alpha', '']) expect(compact.namedBy(name)).toEqual(mini.namedBy(name))
    }),
  )
})

test('the shipped papers too, for each word of their titles', async () => {
  const papers = (await shippedPapers()).map(one => ({ ...one, abstract: '' }))
  const mini = await MiniSearchIndex.over(papers, await buildIndex(papers))
  const compact = new CompactWordIndex(await wordArraysOf(papers))
  for (const { title } of papers) {
    const words = title.toLowerCase().match(/[a-z]+/g) ?? []
    for (const [i, one] of words.entries()) {
      const query = [[one], words.slice(i + 1, i + 3)].filter(list => list.length > 0)
      expect(compact.find(query, 25)).toEqual(mini.find(query, 25))
    }
  }
})
