import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clip, escapeMarkdown, shown, unescapeMarkdown, visible } from '../../src/view/escape.ts'
import { marked } from '../../src/view/pieces.ts'

describe('escapeMarkdown', () => {
  it.each([
    [
      '**bold** _it_ ~~no~~ `code` ||spoiler||',
      '\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~ \\`code\\` \\|\\|spoiler\\|\\|',
    ],
    ['@everyone <@123> <#4> <t:1:R>', '\\@everyone \\<\\@123\\> \\<#4\\> \\<t:1:R\\>'],
    ['[click](https://evil.example)', '\\[click\\](https://evil.example)'],
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['1. first', '1\\. first'],
    ['2024 was good', '2024 was good'],
    ['a\n> b\u200b\u202ec', 'a \\> bc'],
    ['see https://x.org/a_b_c*d, ok', 'see https://x.org/a_b_c*d, ok'],
  ])('%s', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped)
  })

  it('can be undone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        expect(unescapeMarkdown(escapeMarkdown(text.replaceAll('\\', '')))).toBe(
          visible(text.replaceAll('\\', '')),
        )
      }),
    )
  })

  it('leaves no mark unescaped outside of addresses', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'*_~`|[]<>@\\ab# \n-') }), text => {
        const bare = escapeMarkdown(text).replace(/\\./gu, '')
        expect(bare).not.toMatch(/[*_~`|[\]<>@\\]/u)
      }),
    )
  })
})

describe('clip and shown', () => {
  it('never exceed the limit, break a character or leave half an escape', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ab *_\\', '😀', '𝒳') }),
        fc.integer({ min: 1, max: 60 }),
        (text, max) => {
          const out = shown(text, max)
          expect(out.length).toBeLessThanOrEqual(max)
          expect(out.isWellFormed()).toBe(true)
          expect(/(?<!\\)(?:\\\\)*\\…$/u.test(out)).toBe(false)
        },
      ),
    )
  })

  it('leaves short text alone and cuts long text between words', () => {
    expect(clip('short', 10)).toBe('short')
    expect(clip('one two three four five', 15)).toBe('one two three…')
  })
})

it('no mark of a matched word stands inside an address', () => {
  const text = 'Mapbot is at https://mapbot.github.io'
  const spans = [
    { start: 0, end: 6 },
    { start: 21, end: 27 },
  ]
  expect(marked(text, spans, 200)).toBe('**Mapbot** is at https://mapbot.github.io')
})
