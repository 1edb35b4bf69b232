import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mostRead, readClaims } from '../../../src/generation/grounding/claims.ts'

describe('readClaims', () => {
  it.each([
    ['It is halved [1].', [['It is halved.', [1]]]],
    [
      'It is halved. [1] It is fast. [2]',
      [
        ['It is halved.', [1]],
        ['It is fast.', [2]],
      ],
    ],
    [
      'It is halved.[1][2] It is fast.',
      [
        ['It is halved.', [1, 2]],
        ['It is fast.', []],
      ],
    ],
    [
      '[1] It is halved. [2] It is fast.',
      [
        ['It is halved.', [1]],
        ['It is fast.', [2]],
      ],
    ],
    ['It is halved [1, 3-5].', [['It is halved.', [1, 3, 4, 5]]]],
    ['It [2] is halved [2; 1].', [['It is halved.', [2, 1]]]],
    ['It is halved 【1】.', [['It is halved.', [1]]]],
    ['It is halved [Passage 2].', [['It is halved.', [2]]]],
    [
      '- **It** is halved [1].\n2. It is fast [1].',
      [
        ['It is halved.', [1]],
        ['It is fast.', [1]],
      ],
    ],
    ['[1] [2] [3] [4] [5] [6]', []],
    ['', []],
  ])('%j', (answer, claims) => {
    expect(readClaims(answer).map(({ text, cited }) => [text, cited])).toEqual(claims)
  })

  it('reads any text, so far as answers go, and leaves no citation in it', () => {
    const piece = fc.oneof(
      fc.constantFrom('[1]', '[2, 3]', '[', '. ', '\n', '- ', '9-', '【1】'),
      fc.string({ maxLength: 12 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
        const claims = readClaims(pieces.join(''))
        for (const { text, cited } of claims) {
          expect(text).not.toMatch(/\[\d+\]/u)
          expect(cited.every(Number.isInteger)).toBe(true)
          expect(new Set(cited).size).toBe(cited.length)
        }
      }),
    )
    expect(readClaims('Word word word. '.repeat(100_000)).join('').length).toBeLessThan(2 * mostRead)
  })

  it('stays quick on marks without end', () => {
    expect(readClaims('.[1 '.repeat(mostRead)).length).toBeLessThan(mostRead)
    expect(readClaims('[1]'.repeat(mostRead))).toEqual([])
  })
})
