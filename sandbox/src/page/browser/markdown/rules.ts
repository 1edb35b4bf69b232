import { rulesExtended, SimpleMarkdown } from 'discord-markdown-parser'

export interface Node {
  readonly type: string
  // biome-ignore lint/suspicious/noExplicitAny: the parser's nodes differ in shape by type and are typed as any there.
  readonly [key: string]: any
}

type Rule = (typeof rulesExtended)[string]

const webAddress = /^https?:\/\/[^\s<]+/u
const listLines = /^(?: *(?:[-*]|\d{1,9}\.) +[^ \n][^\n]*(?:\n|$))+/u
const listLine = /^( *)([-*]|\d{1,9}\.) +([^ \n][^\n]*)$/u

const base = (name: string): Rule => {
  const rule = rulesExtended[name]
  if (rule === undefined) throw new Error(`The Markdown parser has no rule named ${name}`)
  return rule
}

/** Bare addresses: punctuation at the end is the sentence's, and so is a parenthesis that was opened before. */
const url: Rule = {
  order: base('url').order,
  match: source => {
    let found = webAddress.exec(source)?.[0] ?? ''
    for (let last = found.at(-1); last !== undefined; last = found.at(-1)) {
      const extra = last === ')' && count(found, ')') > count(found, '(')
      if (!extra && !/[.,:;!?"'\]*_~|`\\]/u.test(last)) break
      found = found.slice(0, -1)
    }
    return /^https?:\/\/./u.test(found) ? [found] : null
  },
  parse: capture => ({ target: capture[0], content: [{ type: 'text', content: capture[0] }] }),
}

const count = (text: string, mark: string) => text.split(mark).length - 1

/** A masked link leads to the web or stays text. */
const link: Rule = {
  ...base('link'),
  match: (source, state, before) => {
    if (state['inLink'] === true) return null
    const capture = base('link').match(source, state, before)
    return capture != null && /^https?:\/\//iu.test(capture[2] ?? '') ? capture : null
  },
  parse: (capture, parse, state) => ({
    target: capture[2],
    title: capture[3],
    content: parse(capture[1] ?? '', { ...state, inLink: true }),
  }),
}

/** Lists, which the parser does not know: each line an item with its depth. */
const list: Rule = {
  order: base('subtext').order + 0.1,
  match: (source, _state, before) => (/^$|\n *$/u.test(before) ? listLines.exec(source) : null),
  parse: (capture, parse, state) => ({
    items: (capture[0] ?? '')
      .replace(/\n$/u, '')
      .split('\n')
      .map(line => {
        const [, indent = '', mark = '-', text = ''] = listLine.exec(line) ?? []
        return {
          depth: Math.min(Math.floor(indent.length / 2), 5),
          number: /^\d/u.test(mark) ? Number.parseInt(mark, 10) : undefined,
          content: parse(text, { ...state }),
        }
      }),
  }),
}

const parser = SimpleMarkdown.parserFor({ ...rulesExtended, url, link, list })

const remembered = new Map<string, readonly Node[]>()
const mostRemembered = 2000

/** Discord's Markdown as a tree. Text that defeats the parser (thousands of nested marks) comes back as it is. */
export function parseMarkdown(text: string): readonly Node[] {
  const known = remembered.get(text)
  if (known !== undefined) return known
  if (remembered.size >= mostRemembered) remembered.clear()
  const nodes = parseOnce(text)
  remembered.set(text, nodes)
  return nodes
}

function parseOnce(text: string): readonly Node[] {
  try {
    return joined(parser(text, { inline: true }))
  } catch (error) {
    if (error instanceof RangeError) return [{ type: 'text', content: text }]
    throw error
  }
}

/** Marks within marks: nobody reads more, and drawing thousands would exhaust the stack. */
const deepest = 20

/**
 * The parser cuts text at every mark it knows; neighbours belong together.
 * @throws RangeError when marks nest too deeply
 */
function joined(nodes: readonly Node[], depth = 0): readonly Node[] {
  if (depth > deepest) throw new RangeError('too many marks within marks')
  const out: Node[] = []
  for (const node of nodes) {
    const last = out.at(-1)
    if (node.type === 'text' && last?.type === 'text')
      out[out.length - 1] = { type: 'text', content: String(last['content']) + String(node['content']) }
    else out.push(joinedInside(node, depth + 1))
  }
  return out
}

function joinedInside(node: Node, depth: number): Node {
  if (Array.isArray(node['content'])) return { ...node, content: joined(node['content'], depth) }
  if (!Array.isArray(node['items'])) return node
  const items = (node['items'] as Node[]).map(item => ({ ...item, content: joined(item['content'], depth) }))
  return { ...node, items }
}
