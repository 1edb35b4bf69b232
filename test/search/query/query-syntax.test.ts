import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { queryOperators } from '../../../src/search/query/query-syntax.ts'

describe('operators', () => {
  test('phrases, exclusions and titles are taken out', () => {
    expect(
      queryOperators('"kv cache" attention -vision title:survey -"large models" title:"a study"'),
    ).toEqual({
      text: 'kv cache attention   survey   a study'
        .replace('   survey', '  survey')
        .replace('survey   a', 'survey  a'),
      phrases: ['kv cache'],
      excluded: ['large models', 'vision'],
      titled: ['a study', 'survey'],
    })
  })

  test('curly quotes are quotes', () => {
    expect(queryOperators('“kv cache”').phrases).toEqual(['kv cache'])
  })
})

describe('ordinary text', () => {
  test.each([
    'a key - value store',
    'key-value store',
    'Title: a study of x',
    'it is -5 degrees',
    'an open " quote',
    'the 5" disk',
    '-only',
    'x -- y',
    'What’s the "value"-based one?',
  ])('%s has no operators', text => {
    const { phrases, excluded, titled, ...rest } = queryOperators(text)
    expect([...phrases, ...excluded, ...titled]).toEqual([])
    expect(rest.text).toBe(text)
  })

  test('a pasted paragraph is taken as it is', () => {
    const text = `${'word '.repeat(80)}"a phrase" -not title:this`
    expect(queryOperators(text)).toEqual({ text, phrases: [], excluded: [], titled: [] })
  })

  test('no text makes it fail', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', '-', ' ', 'a', 'title:', '“'), maxLength: 40 }),
        text => {
          expect(typeof queryOperators(text).text).toBe('string')
        },
      ),
    )
  })
})
