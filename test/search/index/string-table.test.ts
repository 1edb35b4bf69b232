import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeyTable } from '../../../src/search/index/key-table.ts'
import { StringTable, stringArraysOf } from '../../../src/search/index/string-table.ts'

const texts = fc.uniqueArray(fc.string({ unit: 'binary' }))

test('texts have their numbers, numbers their texts, and other texts none', () => {
  fc.assert(
    fc.property(texts, fc.string(), (all, other) => {
      const table = new StringTable(stringArraysOf(all))
      expect(table.size).toBe(all.length)
      for (const [id, text] of all.entries()) {
        expect(table.at(id)).toBe(text)
        expect(table.idOf(text)).toBe(id)
      }
      if (!all.includes(other)) expect(table.idOf(other)).toBeUndefined()
      expect(table.at(all.length)).toBe('')
    }),
  )
})

test('a key leads to the first position that was set for it, and no other key does', () => {
  const keys = fc.array(fc.constantFrom<string>('a', 'b', 'c', 'd', '', '__proto__'), { maxLength: 40 })
  fc.assert(
    fc.property(keys, fc.string(), (list, other) => {
      const table = KeyTable.for(list.length)
      const has = (key: string) => (position: number) => list[position] === key
      for (const [i, key] of list.entries()) table.set(key, i, has(key))
      for (const key of [...list, other]) {
        const first = list.indexOf(key)
        expect(table.get(key, has(key))).toBe(first < 0 ? undefined : first)
      }
    }),
  )
})

test('keys whose hashes are alike are told apart by the papers', () => {
  const table = KeyTable.for(2)
  table.set('one', 0, () => false)
  expect(table.get('one', () => false)).toBeUndefined()
  expect(table.get('one', () => true)).toBe(0)
})
