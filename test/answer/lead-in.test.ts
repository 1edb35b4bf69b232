import { expect, test } from 'vitest'
import { createAnswerer } from '../../src/answer/answer.ts'
import { pointsAtSentenceBefore } from '../../src/answer/discourse-cues.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { paper } from '../fixtures/paper.ts'

const abstract =
  'Loaves keep for nine days in a stone box. However, mould grows on loaves in a wooden box. Bakers use stone boxes.'
const search = await buildSearch([paper('box', 'Bread boxes', { abstract })])

test.each([
  ['However, mould grows.', true],
  ['These loaves keep longer.', true],
  ['Specifically, we bake twice.', true],
  ['Only such loaves are kept.', true],
  ['The latter bake twice.', true],
  ['Finally, we bake twice.', false],
  ['Loaves keep longer.', false],
  ['This paper bakes loaves.', false],
])('whether it is understood without the sentence before: %s', (text, points) => {
  expect(pointsAtSentenceBefore(text)).toBe(points)
})

test('a quote brings the sentence that it points at, and no other does', () => {
  const { quotes } = createAnswerer(search).ask('where does mould grow on loaves?')
  const before = new Map(quotes.map(quote => [quote.text, quote.before]))
  expect(before.get('However, mould grows on loaves in a wooden box.')).toBe(
    'Loaves keep for nine days in a stone box.',
  )
  expect(before.get('Bakers use stone boxes.')).toBeUndefined()
})
