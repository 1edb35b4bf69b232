import { expect, it } from 'vitest'
import { buildSearch } from '../../../src/search/build-search.ts'
import { paper, shippedPapers } from '../fixture.ts'

const search = await buildSearch(await shippedPapers())

it.each([
  'atention mechansim',
  'KV cache -vision',
  '2405.19320',
  'Which games was it tried on?',
  '',
  'of the',
])('serves every call as its text does: %j', text => {
  const query = search.parse(text)
  expect(search.search(query)).toEqual(search.search(text))
  expect(search.search(query).query).toBe(query)
  const abstract = search.papers[0]?.abstract ?? ''
  expect(search.matches(abstract, query)).toEqual(search.matches(abstract, text))
  expect(query.terms).toEqual(search.terms(text))
})

it('holds the text, its corrections and what was searched', () => {
  const { text, corrected, corrections } = search.parse('atention "sinks" -vision')
  expect(text).toBe('atention "sinks" -vision')
  expect(corrected).toBe('attention "sinks" -vision')
  expect(corrections).toEqual([{ from: 'atention', to: 'attention' }])
  expect(search.parse('"atention" sinks').corrections, 'quotes mean the word as it is typed').toEqual([])
})

it('has no terms of what is excluded', () => {
  expect(search.parse('shapley -data').terms.map(({ term }) => term)).not.toContain('data')
})

it('is parsed again where it was made for other papers', async () => {
  const others = await buildSearch([paper('a', 'Bees'), paper('b', 'Wasps and bees')])
  const query = search.parse('bees')
  expect(others.search(query)).toEqual(others.search('bees'))
  expect(others.matches('Wasps and bees', query)).toEqual([{ start: 10, end: 14 }])
})

it('reads as much as Discord lets a person type, and no more', () => {
  const { text, terms } = search.parse(`${'shapley '.repeat(750)}attention`)
  expect(text).toHaveLength(6_000)
  expect(terms.map(({ term }) => term)).toEqual(['shaplei'])
})
