import { html, nothing } from 'lit'
import { cssVars } from '../parts/css-vars.ts'
import { outward, webAddress } from '../parts/links.ts'
import { channelMention, roleMention, slashMention, userMention } from './mention.ts'
import type { Place } from './place.ts'
import { type Node, parseMarkdown } from './rules.ts'
import { fullText, timestampText } from './time.ts'

/** Discord's Markdown as lit templates: text only ever becomes text. */
export const markdown = (text: string, place: Place): unknown => all(parseMarkdown(text), place)

function all(nodes: readonly Node[], place: Place): unknown[] {
  return nodes.map((node, index) => {
    const afterBlock = node.type === 'br' && nodes[index - 1]?.type === 'codeBlock'
    return afterBlock ? nothing : one(node, place)
  })
}

const inside = (node: Node, place: Place) => all(node['content'] as Node[], place)

const kinds: Readonly<Record<string, (node: Node, place: Place) => unknown>> = {
  text: node => node['content'],
  br: () => html`<br />`,
  newline: () => html`<br />`,
  strong: (node, place) => html`<strong>${inside(node, place)}</strong>`,
  em: (node, place) => html`<em>${inside(node, place)}</em>`,
  underline: (node, place) => html`<u>${inside(node, place)}</u>`,
  strikethrough: (node, place) => html`<s>${inside(node, place)}</s>`,
  inlineCode: node => html`<code>${node['content']}</code>`,
  codeBlock: node => html`<pre tabindex="0"><code>${node['content']}</code></pre>`,
  blockQuote: (node, place) => html`<blockquote>${quoted(node, place)}</blockquote>`,
  heading: (node, place) =>
    html`<div class="h${node['level']}" role="heading" aria-level=${Number(node['level']) + 2}>${inside(node, place)}</div>`,
  subtext: (node, place) => html`<small class="subtext">${inside(node, place)}</small>`,
  spoiler: (node, place) => spoiler(inside(node, place)),
  list: (node, place) => list(node['items'] as readonly Item[], place),
  link,
  url: link,
  autolink: link,
  timestamp,
  twemoji: node => html`<span class="emoji">${node['name']}</span>`,
  emoji: node => html`<span class="emoji">:${node['name']}:</span>`,
  everyone: () => html`<span class="mention">@everyone</span>`,
  here: () => html`<span class="mention">@here</span>`,
  user: (node, place) => userMention(String(node['id']), place),
  role: (node, place) => roleMention(String(node['id']), place),
  channel: (node, place) => channelMention(String(node['id']), place),
  slashCommand: (node, place) => slashMention(String(node['fullName']), place),
  guildNavigation: node => html`<span class="mention">${node['navigation']}</span>`,
}

const one = (node: Node, place: Place): unknown => kinds[node.type]?.(node, place) ?? ''

function quoted(node: Node, place: Place) {
  const content = node['content'] as readonly Node[]
  return all(content.at(-1)?.type === 'br' ? content.slice(0, -1) : content, place)
}

function link(node: Node, place: Place) {
  const target = webAddress(String(node['target']))
  return target === undefined ? inside(node, place) : outward(target, inside(node, place))
}

function timestamp(node: Node, { page }: Place) {
  const { now, overview } = page.session.state
  const seconds = Number(node['timestamp'])
  const text = timestampText(seconds, node['format'] as string | undefined, now, overview?.me.locale)
  if (text === undefined) return `<t:${node['timestamp']}>`
  const iso = new Date(seconds * 1000).toISOString()
  return html`<time datetime=${iso} title=${fullText(iso)}>${text}</time>`
}

interface Item {
  readonly depth: number
  readonly number: number | undefined
  readonly content: readonly Node[]
}

function list(items: readonly Item[], place: Place) {
  const lines = items.map(
    ({ depth, number, content }) =>
      html`<li ${cssVars({ '--depth': String(depth) })}>
        <span class="bullet" aria-hidden="true">${number === undefined ? (depth === 0 ? '•' : '◦') : `${number}.`}</span
        ><span>${all(content, place)}</span>
      </li>`,
  )
  return html`<ul class="list">${lines}</ul>`
}

function spoiler(content: unknown) {
  const show = (event: Event) => {
    const element = event.currentTarget as HTMLElement
    if (element.classList.contains('open')) return
    if (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    element.classList.add('open')
    element.setAttribute('aria-label', 'Spoiler, shown')
  }
  return html`<span class="spoiler" role="button" tabindex="0" aria-label="Spoiler, hidden" @click=${show} @keydown=${show}
    ><span class="hidden">${content}</span></span
  >`
}
