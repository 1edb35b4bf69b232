import { describe, expect, test } from 'vitest'
import { buildSearch } from '../../../src/search/build-search.ts'
import { paper } from '../fixture.ts'

const search = await buildSearch([
  paper('bandits', 'Bandits with delayed feedback', 'We bound the regret of pulling arms.'),
  paper('people', 'A study of individuals', 'Persons were asked what they value.'),
  paper('compress', 'Compression of large models', 'We compress weights.'),
  paper('shrink', 'Shrink your models', 'Small is good.'),
  ...Array.from({ length: 6 }, (_, i) => paper(`other${i}`, `Topic ${i}`, 'Nothing of note stands here.')),
])
const ids = (text: string) => search.search(text).hits.map(hit => hit.paper.id)

describe('other words', () => {
  test('find papers that say the same, phrases too', () => {
    expect(ids('slot machine')[0]).toBe('bandits')
    expect(ids('what folks want')[0]).toBe('people')
  })

  test('come after the word that was typed', () => {
    expect(ids('shrink models')).toEqual(['shrink', 'compress'])
  })

  test('are said when no paper holds what was typed', () => {
    expect(search.parse('folks').substitutions).toEqual([{ from: 'folks', to: expect.any(Array) }])
    expect(search.parse('folks').substitutions[0]?.to.length).toBeGreaterThan(0)
    expect(search.parse('shrink').substitutions).toEqual([])
  })

  test('do not make a find of what has none here', () => {
    expect(ids('pizza')).toEqual([])
  })

  test('tell what they stand for, and are words of the papers', () => {
    const words = new Set(['bandit', 'arm', 'regret'])
    const found = search.parse('slot machine').alternatives
    expect(found.length).toBeGreaterThan(0)
    for (const { typed, terms, weight } of found) {
      expect(typed).toEqual(['slot', 'machin'])
      expect(terms.every(term => words.has(term))).toBe(true)
      expect(weight).toBeGreaterThan(0)
      expect(weight).toBeLessThan(1)
    }
  })

  test('are for what people type, not for pasted paragraphs', () => {
    expect(search.parse('folks '.repeat(60)).alternatives).toEqual([])
  })
})
