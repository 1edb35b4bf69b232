import { expect, test } from 'vitest'
import { absentIn } from '../../../src/answer/routing/topic-mentions.ts'
import { tokenize } from '../../../src/search/analysis/analyze.ts'

test.each([
  ['It works without the need for careful calibration.', ['need', 'careful', 'calibration']],
  ['The method is label-free.', ['label']],
  ['It does not require labels.', ['labels']],
  ['They use simulations instead of real robots.', ['real', 'robots']],
  ['Children and adults did not differ.', []],
  ['Labels help.', []],
])('%s', (text, expected) => {
  const tokens = tokenize(text)
  const absent = absentIn(tokens)
  expect(tokens.filter((_, i) => absent[i]).map(({ word }) => word)).toEqual(expected)
})
