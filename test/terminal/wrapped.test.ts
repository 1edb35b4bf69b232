import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wrapped } from '../../src/terminal/wrapped.ts'

const bold = (text: string) => `\u001b[1m${text}\u001b[22m`

describe('wrapping for a window', () => {
  it.each([
    ['• Bees avoid phones in spring', '• Bees avoid phones\n  in spring'],
    ['> Bees avoid phones in spring', '> Bees avoid phones\n> in spring'],
    ['[1] Bees avoid phones in', '[1] Bees avoid\n    phones in'],
    [`Bees ${bold('avoid phones')} now`, `Bees ${bold('avoid phones')}\nnow`],
    ['a https://example.org/an/address', 'a\nhttps://example.org/an/address'],
  ])('%j', (text, right) => expect(wrapped(text, 20)).toBe(right))

  it.each([undefined, 0, 19])('leaves lines as they are for a width of %s', width => {
    const text = '• Bees avoid phones in spring and in every other season'
    expect(wrapped(text, width)).toBe(text)
  })

  it('loses no word, and is no wider than the window but for words that are', () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/u)
    const line = fc.tuple(fc.constantFrom('', '> ', '• ', '[12] ', '  '), fc.array(word, { minLength: 1 }))
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.integer({ min: 20, max: 90 }), (lines, width) => {
        const text = lines.map(([start, words]) => start + words.map(bold).join(' ')).join('\n')
        const out = stripVTControlCharacters(wrapped(text, width))
        expect(out.match(/[a-z]+/gu)).toEqual(stripVTControlCharacters(text).match(/[a-z]+/gu))
        for (const one of out.split('\n')) expect(one.length).toBeLessThanOrEqual(width)
      }),
    )
  })
})
