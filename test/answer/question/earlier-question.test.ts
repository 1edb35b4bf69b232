import { expect, test } from 'vitest'
import { withEarlierQuestion } from '../../../src/answer/question/earlier-question.ts'

const earlier = 'does sunlight protect from MS?'

test.each([
  'does it work for children?',
  'how many people took part?',
  'what dose was used?',
  'what about adults?',
  'why?',
  'and the side effects?',
])('%s goes on from the earlier question', text => {
  expect(withEarlierQuestion(text, earlier)).toBe(`${earlier} ${text}`)
})

test.each([
  'is it true that bees dance?',
  'how many hives were filmed?',
  'what is VoxPoser?',
  'papers on statins',
])('%s stands alone', text => {
  expect(withEarlierQuestion(text, earlier)).toBe(text)
})

test('with no earlier question nothing is added', () => {
  expect(withEarlierQuestion('why?', '')).toBe('why?')
})
