import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Node, parseMarkdown } from '../../src/page/browser/markdown/rules.ts'

/** The tree in short: kinds with their content, text as it is. */
function short(nodes: readonly Node[]): unknown[] {
  return nodes.map(node => {
    if (node.type === 'text') return node['content']
    if (Array.isArray(node['content'])) return { [node.type]: short(node['content']) }
    return { [node.type]: node['content'] ?? node['id'] ?? true }
  })
}

const read = (text: string) => short(parseMarkdown(text))

function textOf(nodes: readonly Node[]): string {
  return nodes
    .map(node => {
      if (node.type === 'list')
        return (node['items'] as { content: Node[] }[]).map(item => textOf(item.content)).join('')
      if (Array.isArray(node['content'])) return textOf(node['content'])
      return typeof node['content'] === 'string' ? node['content'] : ''
    })
    .join('')
}

describe('Discord’s Markdown', () => {
  it.each([
    [
      '**b** *i* __u__ ~~s~~',
      [{ strong: ['b'] }, ' ', { em: ['i'] }, ' ', { underline: ['u'] }, ' ', { strikethrough: ['s'] }],
    ],
    ['***both***', [{ em: [{ strong: ['both'] }] }]],
    ['`**not**`', [{ inlineCode: '**not**' }]],
    ['||hidden||', [{ spoiler: ['hidden'] }]],
    ['# One\n-# small', [{ heading: ['One'] }, { subtext: ['small'] }]],
    ['> a\n> b\nc', [{ blockQuote: ['a', { br: true }, 'b', { br: true }] }, 'c']],
    ['```ts\nx < y\n```', [{ codeBlock: 'x < y' }]],
    ['snake_case_name', ['snake_case_name']],
  ])('reads %j', (text, tree) => {
    expect(read(text)).toEqual(tree)
  })

  it('takes escapes as text', () => {
    expect(read('\\*a\\* \\[b\\](c) \\`d\\` \\> \\# \\- 1\\. \\~~e\\~~ \\||f\\||')).toEqual([
      '*a* [b](c) `d` > # - 1. ~~e~~ ||f||',
    ])
  })

  it('reads mentions and times', () => {
    const id = '123456789012345678'
    expect(read(`<@${id}> <@!${id}> <@&${id}> <#${id}>`)).toEqual([
      { user: id },
      ' ',
      { user: id },
      ' ',
      { role: id },
      ' ',
      { channel: id },
    ])
    expect(parseMarkdown('<t:1618953630:R>')[0]).toMatchObject({
      type: 'timestamp',
      timestamp: '1618953630',
      format: 'R',
    })
    expect(parseMarkdown(`</picks show:${id}>`)[0]).toMatchObject({
      type: 'slashCommand',
      fullName: 'picks show',
    })
  })

  it('reads lists line by line, with their depth', () => {
    const [list, rest] = parseMarkdown('- one\n  - **two**\n1. three\nafter')
    const items = list?.['items'] as { depth: number; number?: number; content: Node[] }[]
    expect(items.map(({ depth, number, content }) => [depth, number, short(content)])).toEqual([
      [0, undefined, ['one']],
      [1, undefined, [{ strong: ['two'] }]],
      [0, 1, ['three']],
    ])
    expect(rest).toMatchObject({ type: 'text', content: 'after' })
  })

  it('makes no list, heading or quote in the middle of a line', () => {
    expect(read('a - b # c > d')).toEqual(['a - b # c > d'])
  })

  it.each([
    ['https://a.org/x.', 'https://a.org/x'],
    ['(https://a.org/x)', 'https://a.org/x'],
    ['https://en.wikipedia.org/wiki/A_(b)', 'https://en.wikipedia.org/wiki/A_(b)'],
    ['**https://a.org**', 'https://a.org'],
    ['<https://a.org/y>', 'https://a.org/y'],
    ['[a **b**](https://a.org/c%28d)', 'https://a.org/c%28d'],
  ])('finds the address in %j', (text, target) => {
    const find = (nodes: readonly Node[]): unknown[] =>
      nodes.flatMap(node => [
        ...(node['target'] === undefined ? [] : [node['target']]),
        ...(Array.isArray(node['content']) ? find(node['content']) : []),
      ])
    expect(find(parseMarkdown(text))).toEqual([target])
  })

  it.each(['[x](javascript:alert(1))', '[x](data:text/html,y)', '[x](//a.org)', '[x](file:///etc/passwd)'])(
    'makes no link of %s',
    text => {
      expect(JSON.stringify(parseMarkdown(text))).not.toContain('"link"')
      expect(textOf(parseMarkdown(text))).toContain('[x]')
    },
  )

  it('never fails, and keeps every word', () => {
    const marks = [
      '*',
      '_',
      '~~',
      '||',
      '`',
      '> ',
      '- ',
      '# ',
      '-# ',
      '\n',
      '[',
      '](',
      ')',
      '\\',
      '<',
      '>',
      '@',
      ' ',
    ]
    const piece = fc.oneof(fc.constantFrom(...marks), fc.constantFrom('word', '12'))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), parts => {
        const words = (text: string) => text.match(/word/gu)?.length ?? 0
        expect(words(textOf(parseMarkdown(parts.join(''))))).toBe(words(parts.join('')))
      }),
      { numRuns: 500 },
    )
  })

  it('gives text that defeats the parser back as it is', () => {
    for (const text of ['*'.repeat(4096), '- '.repeat(1000), '[a]('.repeat(500)]) {
      const nodes = parseMarkdown(text)
      expect(textOf(nodes).length).toBeGreaterThan(400)
      expect(JSON.stringify(nodes).split('"content":[').length).toBeLessThan(25)
    }
  })
})
