import { expect, test } from 'vitest'
import { analyzePaper } from '../../src/answer/analyzed-paper.ts'
import { isNotice } from '../../src/answer/ranking/address.ts'
import { sectionsOf } from '../../src/answer/sections.ts'
import { summaryOf } from '../../src/answer/summary.ts'
import { centralSentenceOf } from '../../src/answer/summary-ranker.ts'
import { paper } from '../search/fixture.ts'

const parts = {
  objective: 'To see whether rye bread keeps longer than wheat bread.',
  methods: 'Forty bakers baked both for two weeks.',
  more: 'They kept them in the dark.',
  results: 'Rye bread kept for nine days, wheat bread for three.',
  conclusions: 'Rye bread keeps longer than wheat bread.',
  notice: '© 2012 Crumb Periodicals, Inc.',
}
const outlineOf = (...sentences: string[]) =>
  analyzePaper(paper('p', 'Rye bread and wheat bread', sentences.join(' ')))

test.each([
  ['OBJECTIVE ', 'METHODS ', 'RESULTS ', 'CONCLUSIONS '],
  ['Aims: ', 'Methods: ', 'Results: ', 'Conclusion: '],
  ['BACKGROUND: ', 'DESIGN: ', 'MAIN RESULTS: ', 'INTERPRETATION: '],
])('sections begin at their headings: %s…', (background, methods, results, conclusions) => {
  const outline = outlineOf(
    background + parts.objective,
    methods + parts.methods,
    parts.more,
    results + parts.results,
    conclusions + parts.conclusions,
    parts.notice,
  )
  expect(sectionsOf(outline).slice(0, 5)).toEqual([
    'background',
    'methods',
    'methods',
    'results',
    'conclusions',
  ])
  expect(centralSentenceOf(outline)).toBe(4)
  const { tldr, sentences } = summaryOf(outline)
  expect(tldr).toBe(conclusions + parts.conclusions)
  expect(sentences).not.toContain(parts.notice)
})

test('a word at the beginning of a sentence is no heading', () => {
  const outline = outlineOf('Results of baking differ.', 'Methods of baking do too.', 'RESULTS vary.')
  expect(sectionsOf(outline)).toEqual([undefined, undefined, undefined])
})

test.each([
  ['© 2012 Wiley Periodicals, Inc.', true],
  ['Copyright 2009 The Bakers.', true],
  ['Declaration of interests: none.', true],
  ['Funding: the guild of bakers.', true],
  ['Copyright is what bakers argue about.', false],
  ['We fund bread.', false],
])('%s is a notice: %s', (text, expected) => {
  expect(isNotice(text)).toBe(expected)
})
