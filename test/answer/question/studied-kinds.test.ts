import { expect, test } from 'vitest'
import { studiedIn, wordingsOf } from '../../../src/answer/question/studied-kinds.ts'

test.each([
  ['people', 'We followed 900 women for nine years.', 1],
  ['humans', 'Participants chose a drink.', 1],
  ['people', 'Human cells and patient samples were frozen.', 0],
  ['people', 'Users choose a drink.', 0.6],
  ['kids', 'Paediatric wards were compared.', 1],
  ['old people', 'Older adults tried the app.', 1],
  ['old people', 'The oldest recording is a year old.', 0],
  ['animals', 'Murine vessels had fewer plaques.', 1],
  ['mice', 'A mouse model was used.', 1],
  ['mice', 'Cells grew on mouse fibroblasts.', 0.6],
])('%s in “%s”', (asked, text, share) => {
  expect(studiedIn(asked)?.(text)).toBe(share)
})

test('other words are no kind of those studied', () => {
  expect(studiedIn('software')).toBeUndefined()
})

test.each([
  ['old people and phones', ['older adults and phones', 'elderly and phones']],
  ['the elderly', ['older adults', 'elderly']],
  ['elderly patients', ['elderly patients']],
  ['kids at school', ['children at school']],
  ['rice', ['rice']],
])('%s in the words of abstracts', (topic, expected) => {
  expect(wordingsOf(topic)).toEqual(expected)
})
