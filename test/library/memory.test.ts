import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openMemory } from '../../src/library/memory.ts'

it('gives what was made of the same kind and text before, and of no other', () => {
  const remember = openMemory().part()
  const made = (text: string) => () => ({ text })
  const first = remember('look up', 'kv cache', made('one'))
  expect(remember('look up', 'kv cache', made('two'))).toBe(first)
  expect(remember('ask', 'kv cache', made('three'))).toEqual({ text: 'three' })
  expect(remember('look up', 'KV cache', made('four'))).toEqual({ text: 'four' })
})

it('keeps libraries apart, however kinds and texts are spelled', () => {
  const memory = openMemory()
  const parts = [memory.part(), memory.part()]
  const where = fc.record({
    part: fc.nat(1),
    kind: fc.constantFrom('a', 'b'),
    text: fc.string({ maxLength: 5 }),
  })
  fc.assert(
    fc.property(where, where, (one, other) => {
      const at = ({ part, kind, text }: typeof one) =>
        parts[part]?.(kind, text, () => ({ made: `${part}|${kind}|${text}` }))
      expect(at(one)).toEqual({ made: `${one.part}|${one.kind}|${one.text}` })
      expect(at(other)).toEqual({ made: `${other.part}|${other.kind}|${other.text}` })
    }),
  )
})

it('is bounded, and keeps no long text', () => {
  const memory = openMemory(3)
  const remember = memory.part()
  for (let i = 0; i < 10; i++) remember('ask', `text ${i}`, () => ({ i }))
  expect(memory.size).toBe(3)
  const long = 'x'.repeat(301)
  expect(remember('ask', long, () => ({ i: 1 }))).toEqual({ i: 1 })
  expect(remember('ask', long, () => ({ i: 2 }))).toEqual({ i: 2 })
})

it('keeps nothing of work that failed', () => {
  const remember = openMemory().part()
  const fail = () => {
    throw new Error('no')
  }
  expect(() => remember('ask', 'why', fail)).toThrow('no')
  expect(remember('ask', 'why', () => ({ now: true }))).toEqual({ now: true })
})
