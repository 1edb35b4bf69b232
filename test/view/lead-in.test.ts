import { expect, it } from 'vitest'
import type { Answer } from '../../src/answer/port.ts'
import { answerCard } from '../../src/view/answer-card.ts'
import { answerText } from '../../src/view/text.ts'
import { paper as paperOf } from '../fixtures/paper.ts'
import { search } from './arbitrary.ts'
import { expectToFit } from './fits.ts'

const fields = paperOf('p', 'Fields', { abstract: 'Soils *dry*. However, salt stays. This harms roots.' })
const answer: Answer = {
  kind: 'single',
  answered: true,
  confidence: 1,
  quotes: [
    { paper: fields, text: 'However, salt stays.', start: 13, score: 1, before: 'Soils *dry*.' },
    { paper: fields, text: 'This harms roots.', start: 34, score: 1, before: 'However, salt stays.' },
    { paper: fields, text: 'They wilt.', start: 52, score: 1, before: `Roots ${'long '.repeat(200)}` },
  ],
  shown: 3,
  papers: [fields],
  query: search.parse('salt'),
  lacks: { attributes: [], words: [], nowhere: [] },
}
const descriptionOf = (kind: Answer['kind']): string => {
  const card = answerCard({
    question: 'what of salt?',
    answer: { ...answer, kind },
    owner: '1',
    spansIn: () => [],
  })
  expectToFit(card)
  return card.embeds?.[0]?.description ?? ''
}

it('a sentence that leans on the one before is led in by it, once and shortened', () => {
  const [first, second, third] = descriptionOf('single').split('\n\n')
  expect(first).toMatch(/^> \*Soils \\\*dry\\\*\.\* However, salt stays\. /u)
  expect(second).toMatch(/^> This harms roots\. /u)
  expect(third).toMatch(/^> \*Roots .{100,240}…\* They wilt\. /u)
})

it('also where each paper has one', () => {
  expect(descriptionOf('survey')).toMatch(/\n> \*Soils \\\*dry\\\*\.\* However, salt stays\./u)
})

it('and in the terminal', () => {
  const [first, second] = answerText(answer).split('\n')
  expect(first).toBe('> (Soils *dry*.) However, salt stays. [1]')
  expect(second).toBe('> This harms roots. [1]')
})
