import { decodeHTMLStrict } from 'entities/decode'
import { lowered, raised } from './latex-symbols.ts'

/** Tags of HTML, JATS and publishers' own tag sets that are never meant as words. */
const always =
  'i|b|u|em|p|br|hr|tt|sc|scp|sub|sup|bold|span|div|small|strong|strike|del|ins|font|italic|underline|overline|monospace|roman|sans-serif|subscript|superscript|emphasis|literal|inf|tex-math|inline-formula|disp-formula|inline-graphic|inlineequation|equationsource|ext-link|named-content|styled-content|list-item|h[1-6]|ul|ol|li|blockquote|xref|msub|msup|msubsup|mrow|mfrac|msqrt|mroot|mover|munder|munderover|mstyle|mspace|mtext|mfenced|mtable|mtr|mtd'
/** Tags whose names also occur as words (`<code>`, `<mask>`): recognised by a closing tag or a prefix. */
const whenClosed =
  'a|s|q|code|cite|abbr|kbd|var|samp|big|center|label|list|sec|title|abstract|alternatives|math|mi|mn|mo|fn|semantics|annotation'
const prefixed = '(?:jats|mml|ce|xhtml|html|m|ns\\d):[a-z][a-z0-9-]{0,30}'
const attributes = String.raw`(?:\s{1,9}[a-z][a-z0-9:-]{0,30}\s?=\s?(?:"[^"<>]{0,300}"|'[^'<>]{0,300}')){0,9}`
/** A new line begins before and after these. */
const blocks =
  /^(?:jats:)?(?:p|br|hr|div|h[1-6]|ul|ol|li|list|list-item|sec|title|abstract|blockquote|disp-formula)$/i

const tag = new RegExp(`<(/?)(${always}|${prefixed})${attributes}\\s?/?>`, 'gi')
const closedTag = new RegExp(`<(/?)(${whenClosed})${attributes}\\s?/?>`, 'gi')

/** Alternative forms of one formula: MathML's source, or LaTeX beside MathML. */
const doubles: readonly RegExp[] = [
  /<((?:mml:)?annotation(?:-xml)?)(?:\s[^<>]{0,200})?>[^<>]{0,2000}<\/\1>/gi,
  /<((?:jats:)?tex-math)(?:\s[^<>]{0,200})?>[^<>]{0,2000}<\/\1>(?=\s{0,9}<(?:mml:)?math)/gi,
  /(?<=<\/(?:mml:)?math>\s{0,9})<((?:jats:)?tex-math)(?:\s[^<>]{0,200})?>[^<>]{0,2000}<\/\1>/gi,
]

const leaf = String.raw`<(?:mml:)?m(?:i|n|o|text)(?:\s[^<>]{0,100})?>([^<>]{1,40})<\/(?:mml:)?m(?:i|n|o|text)>\s{0,9}`
const pairOf = (name: string): RegExp =>
  new RegExp(String.raw`<((?:mml:)?${name})(?:\s[^<>]{0,100})?>\s{0,9}${leaf}${leaf}<\/\1>`, 'gi')
const indexed = pairOf('msub')
const powered = pairOf('msup')
const fraction = pairOf('mfrac')

/** A heading inside an abstract: JATS and HTML (Europe PMC, publishers' feeds), and the boxes of Oxford's feeds. */
const headingTag =
  /<((?:jats:)?title|h[1-6])(?:\s[^<>]{0,100})?>\s{0,9}([^<>]{0,200})<\/\1>|<div class="boxTitle">\s{0,9}([^<>]{0,200})<\/div>/gi

/** Replaces entities by their characters. */
export const withoutEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:amp;)*(\w{2,31}|#\d{1,7}|#x[\da-f]{1,6});/gi, (_, name) =>
        decodeHTMLStrict(`&${name};`),
      )
    : text

/** HTML, JATS and MathML as text: tags are removed, a heading gets a colon. */
export function withoutTags(text: string): string {
  if (!text.includes('<')) return text
  // Looked for once a name: a text may hold thousands of tags.
  const closed = new Map<string, boolean>()
  return withoutFormulas(text)
    .replace(headingTag, (_, __, plain?: string, boxed?: string) => headed((plain ?? boxed ?? '').trim()))
    .replace(
      /<((?:jats:)?su)([bp])>([^<>]{1,20})<\/\1\2>/gi,
      (_, __, kind: string, body: string) =>
        (kind.toLowerCase() === 'p' ? raised(body) : lowered(body)) ?? body,
    )
    .replace(tag, (_, __, name: string) => (blocks.test(name) ? ' ' : ''))
    .replace(closedTag, (match, slash: string, name: string) => {
      if (!closed.has(name)) closed.set(name, text.includes(`</${name}>`))
      if (slash === '' && !closed.get(name)) return match
      return blocks.test(name) ? ' ' : ''
    })
}

function withoutFormulas(text: string): string {
  if (!/<(?:mml:)?m|tex-math/i.test(text)) return text
  return doubles
    .reduce((out, pattern) => out.replace(pattern, ''), text)
    .replace(/<\/?(?:mml:)?mrow>/gi, '')
    .replace(indexed, (_, __, base: string, index: string) => base + (lowered(index) ?? `_${index}`))
    .replace(powered, (_, __, base: string, power: string) => base + (raised(power) ?? `^${power}`))
    .replace(fraction, '$2/$3')
}

/** A heading as it stands above its part of an abstract; "Abstract" is redundant there. */
export function headed(heading: string): string {
  if (heading === '' || /^(?:abstract|summary)[.:]?$/i.test(heading)) return ' '
  return /[.:?!]$/.test(heading) ? ` ${heading} ` : ` ${heading}: `
}
