import fc from 'fast-check'
import SearchableMap from 'minisearch/SearchableMap'
import { expect, test } from 'vitest'
import { stringArraysOf } from '../../../src/search/index/string-table.ts'
import { SortedWords, sortedIds } from '../../../src/search/spelling/sorted-words.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '日'), maxLength: 7 })
const words = fc.uniqueArray(word, { maxLength: 60 })

test('the same words are near, and begin with a prefix, as in a radix tree', () => {
  fc.assert(
    fc.property(words, word, fc.nat(2), (all, typed, distance) => {
      const sorted = new SortedWords(stringArraysOf(all), sortedIds(all))
      const tree = new SearchableMap<number>()
      for (const [id, text] of all.entries()) tree.set(text, id)
      const byId = (ids: Iterable<number>) => [...ids].sort((x, y) => x - y)
      const near = [...tree.fuzzyGet(typed, distance).values()].map(([id]) => id)
      expect(byId(sorted.within(typed, distance))).toEqual(byId(near))
      expect(byId(sorted.withPrefix(typed))).toEqual(byId(tree.atPrefix(typed).values()))
    }),
    { numRuns: 500 },
  )
})

test('no words, no word', () => {
  const none = new SortedWords(stringArraysOf([]), sortedIds([]))
  expect(none.within('a', 2)).toEqual([])
  expect([...none.withPrefix('')]).toEqual([])
})
