import type { APIUser } from 'discord-api-types/v10'
import { html, nothing } from 'lit'
import { leavesOf, reached } from '../composer/leaves.ts'
import type { Page } from '../page.ts'
import { cssVars } from '../parts/css-vars.ts'
import { messageAddress, outward, webAddress } from '../parts/links.ts'
import { channelById, channelName, memberName, userName } from '../state/channels.ts'
import { type Node, parseMarkdown } from './rules.ts'
import { fullText, timestampText } from './time.ts'

/** Discord's Markdown as lit templates: text only ever becomes text. */
export const markdown = (text: string, context: MarkdownContext): unknown => all(parseMarkdown(text), context)

function all(nodes: readonly Node[], context: MarkdownContext): unknown[] {
  return nodes.map((node, index) => {
    const afterBlock = node.type === 'br' && nodes[index - 1]?.type === 'codeBlock'
    return afterBlock ? nothing : one(node, context)
  })
}

const inside = (node: Node, context: MarkdownContext) => all(node['content'] as Node[], context)

const kinds: Readonly<Record<string, (node: Node, context: MarkdownContext) => unknown>> = {
  text: node => node['content'],
  br: () => html`<br />`,
  newline: () => html`<br />`,
  strong: (node, context) => html`<strong>${inside(node, context)}</strong>`,
  em: (node, context) => html`<em>${inside(node, context)}</em>`,
  underline: (node, context) => html`<u>${inside(node, context)}</u>`,
  strikethrough: (node, context) => html`<s>${inside(node, context)}</s>`,
  inlineCode: node => html`<code>${node['content']}</code>`,
  codeBlock: node => html`<pre tabindex="0"><code>${node['content']}</code></pre>`,
  blockQuote: (node, context) => html`<blockquote>${quoted(node, context)}</blockquote>`,
  heading: (node, context) =>
    html`<div class="h${node['level']}" role="heading" aria-level=${Number(node['level']) + 2}>${inside(node, context)}</div>`,
  subtext: (node, context) => html`<small class="subtext">${inside(node, context)}</small>`,
  spoiler: (node, context) => spoiler(inside(node, context)),
  list: (node, context) => list(node['items'] as readonly Item[], context),
  link,
  url: link,
  autolink: link,
  timestamp,
  twemoji: node => html`<span class="emoji">${node['name']}</span>`,
  emoji: node => html`<span class="emoji">:${node['name']}:</span>`,
  everyone: () => html`<span class="mention">@everyone</span>`,
  here: () => html`<span class="mention">@here</span>`,
  user: (node, context) => userMention(String(node['id']), context),
  role: (node, context) => roleMention(String(node['id']), context),
  channel: (node, context) => channelMention(String(node['id']), context),
  slashCommand: (node, context) => slashMention(String(node['fullName']), context),
  guildNavigation: node => html`<span class="mention">${node['navigation']}</span>`,
}

/** What stands inside a button: whoever presses it means the button, so nothing in it can be pressed by itself. */
const plainKinds: typeof kinds = {
  link: inside,
  url: inside,
  autolink: inside,
  codeBlock: node => html`<code>${node['content']}</code>`,
  spoiler: (node, context) =>
    html`<span class="spoiler"><span class="hidden">${inside(node, context)}</span></span>`,
  channel: (node, { page }) => {
    const { overview } = page.session.state
    const channel = overview && channelById(overview, String(node['id']))
    return html`<span class="mention"># ${channel === undefined ? 'unknown' : channelName(channel)}</span>`
  },
  slashCommand: node => html`<span class="mention">/${node['fullName']}</span>`,
}

function one(node: Node, context: MarkdownContext): unknown {
  const plain = context.plain === true ? plainKinds[node.type] : undefined
  return (plain ?? kinds[node.type])?.(node, context) ?? ''
}

function quoted(node: Node, context: MarkdownContext) {
  const content = node['content'] as readonly Node[]
  return all(content.at(-1)?.type === 'br' ? content.slice(0, -1) : content, context)
}

function link(node: Node, context: MarkdownContext) {
  const place = messageAddress(String(node['target']))
  if (place !== undefined) return messageLink(node, place.channel, place.message, context)
  const target = webAddress(String(node['target']))
  return target === undefined ? inside(node, context) : outward(target, inside(node, context))
}

/** Leads to the message on this page: Discord shows the channel where the address stands bare. */
function messageLink(node: Node, channelId: string, messageId: string, context: MarkdownContext) {
  const { page } = context
  const { overview } = page.session.state
  const channel = overview && channelById(overview, channelId)
  if (channel === undefined) return html`<span class="mention"># unknown › message</span>`
  const face = node.type === 'link' ? inside(node, context) : `# ${channelName(channel)} › message`
  return html`<button type="button" class="mention" @click=${() => void page.jump(channelId, messageId)}>${face}</button>`
}

function timestamp(node: Node, { page }: MarkdownContext) {
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

function list(items: readonly Item[], place: MarkdownContext) {
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

/** Numbers below are ids as Discord writes them in a message. */
export function userMention(id: string, { page, mentioned = [] }: MarkdownContext): unknown {
  const { overview, info } = page.session.state
  const member = page.session.guild?.members.find(({ user }) => user.id === id)
  const user =
    mentioned.find(each => each.id === id) ??
    info?.people.find(person => person.user.id === id)?.user ??
    (info?.bot.id === id ? info.bot : undefined)
  const name = member === undefined ? user && userName(user) : memberName(member)
  if (name === undefined) return html`<span class="mention">@unknown-user</span>`
  return html`<span class="mention ${id === overview?.me.user.id ? 'me' : ''}">@${name}</span>`
}

function roleMention(id: string, { page }: MarkdownContext): unknown {
  const role = page.session.guild?.roles.find(each => each.id === id)
  const name = role?.name ?? 'unknown-role'
  return html`<span class="mention">${name.startsWith('@') ? name : `@${name}`}</span>`
}

export function channelMention(id: string, { page }: MarkdownContext): unknown {
  const { overview } = page.session.state
  const channel = overview && channelById(overview, id)
  if (channel === undefined) return html`<span class="mention"># unknown</span>`
  return html`<button type="button" class="mention" @click=${() => void page.goTo(id)}># ${channelName(channel)}</button>`
}

/** A click puts the command into the composer. */
function slashMention(path: string, { page }: MarkdownContext): unknown {
  const { commands, channelId = '' } = page.session.state
  const known = reached(leavesOf(commands.get(channelId) ?? []), `/${path} `) !== undefined
  if (!known) return html`<span class="mention">/${path}</span>`
  return html`<button type="button" class="mention" @click=${() => page.fill(`/${path} `)}>/${path}</button>`
}

/** Where the text stands: names to look up, and users that the message brought along. */
export interface MarkdownContext {
  readonly page: Page
  readonly mentioned?: readonly APIUser[] | undefined
  /** Inside a button: no links, and nothing to press. */
  readonly plain?: boolean
}
