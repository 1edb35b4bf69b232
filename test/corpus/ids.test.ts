import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paperId, paperRef } from '../../src/corpus/ids.ts'

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ maxLength: 500 }),
)

describe('paperId', () => {
  test('reads like the title', () => {
    expect(paperId('Key-Value Transformer', 'We study attention.')).toMatch(
      /^key-value-transformer-[0-9a-z]{10}$/,
    )
    expect(paperId('Élan vital: naïve Gödel machines', '')).toMatch(/^elan-vital-naive-godel-/)
  })

  test('stays what it was: stored lists and buttons hold it', () => {
    expect(paperId('Key-Value Transformer', 'We study attention.')).toBe('key-value-transformer-8jw230hz09')
  })

  test('has a name where the title has no Latin letter', () => {
    expect(paperId('深度学习', '摘要')).toMatch(/^paper-[0-9a-z]{10}$/)
  })

  test('does not see white space or composition', () => {
    expect(paperId(' A  title\n', 'caf\u00e9')).toBe(paperId('A title', ' cafe\u0301 '))
  })

  test('sees title and abstract, and where one ends', () => {
    expect(paperId('A title', 'x')).not.toBe(paperId('A title', 'y'))
    expect(paperId('A title x', '')).not.toBe(paperId('A title', 'x'))
  })

  test('fits for any text', () => {
    fc.assert(
      fc.property(anything, anything, (title, abstract) => {
        expect(paperId(title, abstract)).toMatch(/^[a-z0-9][a-z0-9-]{0,39}$/)
      }),
    )
  })
})

describe('paperRef', () => {
  test('leaves fitting ids alone', () => {
    for (const id of ['p001', '2405.19320', '4983', 'SysEexbRb', 'a'.repeat(40), '_x-']) {
      expect(paperRef(id)).toBe(id)
    }
  })

  test('gives other ids a readable form', () => {
    expect(paperRef('10.1145/2407085.2407086')).toMatch(/^\.10\.1145-2407085\.2407086-[0-9a-z]{12}$/)
    expect(paperRef('cs/0112017')).toMatch(/^\.cs-0112017-[0-9a-z]{12}$/)
  })

  test('fits for any id, and is never the reference of a plain one', () => {
    fc.assert(
      fc.property(anything, id => {
        const ref = paperRef(id)
        expect(ref).toMatch(/^[A-Za-z0-9._-]{1,40}$/)
        if (ref !== id) expect(paperRef(ref)).not.toBe(ref)
      }),
    )
  })

  test('keeps ids apart that differ only in what a slug drops', () => {
    fc.assert(
      fc.property(anything, anything, (a, b) => {
        if (a !== b && a.isWellFormed() && b.isWellFormed()) expect(paperRef(a)).not.toBe(paperRef(b))
      }),
    )
    expect(paperRef('a/b')).not.toBe(paperRef('a:b'))
  })
})
