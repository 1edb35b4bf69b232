import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyzePaper } from '../../src/answer/analyzed-paper.ts'
import { summaryOf } from '../../src/answer/summary.ts'
import { paper } from '../search/fixture.ts'
import { answerer, papers } from './fixture.ts'

test('every paper that ships has two or three sentences in its own words and order, and one that tells its idea', () => {
  for (const one of papers) {
    const { tldr, sentences } = answerer.summarize(one)
    expect(one.abstract).toContain(tldr)
    expect(tldr).not.toBe('')
    expect(sentences.length).toBeGreaterThanOrEqual(2)
    expect(sentences.length).toBeLessThanOrEqual(3)
    const places = sentences.map(sentence => one.abstract.indexOf(sentence))
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  }
})

test('any abstract is summarised in its own words, an empty one in none', () => {
  expect(summaryOf(analyzePaper(paper('p', 'T', '')))).toEqual({ tldr: '', sentences: [] })
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), abstract => {
      const { tldr, sentences } = summaryOf(analyzePaper(paper('p', 'T', abstract)))
      for (const sentence of [tldr, ...sentences]) expect(abstract).toContain(sentence)
      expect(tldr === '').toBe(abstract.trim() === '')
    }),
  )
})

test('a summary begins with a sentence that can be read alone', () => {
  const abstract = [
    'Attention caches grow with the length of the text.',
    'However, these methods drop tokens that are needed later.',
    'Multi-Query Attention (MQA) shares the keys of all heads.',
    'MQA and others lose accuracy because of this.',
    'We propose Layer Sharing, a cache that neighbouring layers read together.',
    'It is trained from scratch on three corpora of text.',
    'Our experiments show that the cache shrinks by half without a loss.',
  ].join(' ')
  const { sentences } = summaryOf(analyzePaper(paper('p1', 'Layer sharing for attention caches', abstract)))
  expect(sentences[0]).not.toMatch(/^(?:However|MQA|It)\b/u)
  expect(sentences).toContain('We propose Layer Sharing, a cache that neighbouring layers read together.')
})

test('a summary does not end with a sentence that points to one which it leaves out', () => {
  const abstract = [
    'Bread grows stale within a day.',
    'We propose Ryefold, a bread that is baked with steam.',
    'It is sliced while it is warm.',
    'Forty bakers tasted it blind.',
    'Experiments show that bread keeps nine days longer than the best loaf of before.',
    'Then we froze some of the bread.',
    'These results show significant improvements of bread, with gains of 40% over all others.',
  ].join(' ')
  const { sentences } = summaryOf(analyzePaper(paper('p1', 'Ryefold: bread baked with steam', abstract)))
  expect(sentences.at(-1)).toBe(
    'Experiments show that bread keeps nine days longer than the best loaf of before.',
  )
})
