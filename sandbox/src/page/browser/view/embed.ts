import { type APIEmbed, type APIEmbedField, EmbedType } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { type MarkdownContext, markdown } from '../markdown/render.ts'
import { sentText } from '../markdown/time.ts'
import type { Page } from '../page.ts'
import { cssVars } from '../parts/css-vars.ts'
import { messageAddress, outward, webAddress } from '../parts/links.ts'
import { picture } from './attachments.ts'
import { pollResult } from './poll.ts'

export function embed(data: APIEmbed, context: MarkdownContext): TemplateResult {
  if (data.type === EmbedType.PollResult) return pollResult(data)
  // Discord takes 0 for no colour.
  const bar =
    data.color === undefined || data.color === 0 ? '' : `#${data.color.toString(16).padStart(6, '0')}`
  return html`<section class="embed" role="group" aria-label=${data.title ?? 'Embed'} ${cssVars({ '--bar': bar })}>
    <div class="embed-text">
      ${author(data, context)} ${title(data, context)}
      ${data.description === undefined ? nothing : html`<div class="embed-description">${markdown(data.description, context)}</div>`}
      ${fields(data.fields ?? [], context)}
    </div>
    ${data.thumbnail === undefined ? nothing : html`<div class="embed-thumbnail">${picture(data.thumbnail.url, '')}</div>`}
    ${data.image === undefined ? nothing : html`<div class="embed-image">${picture(data.image.url, '')}</div>`}
    ${footer(data, context)}
  </section>`
}

function author({ author: who }: APIEmbed, { page }: MarkdownContext) {
  if (who === undefined) return nothing
  return html`<div class="embed-author">${linked(who.url, who.name, page)}</div>`
}

function title(data: APIEmbed, context: MarkdownContext) {
  if (data.title === undefined) return nothing
  return html`<div class="embed-title">${linked(data.url, markdown(data.title, context), context.page)}</div>`
}

/** A link to a message jumps there, as in Discord; others lead outside. */
function linked(url: string | undefined, content: unknown, page: Page) {
  const place = messageAddress(url)
  if (place !== undefined)
    return html`<button type="button" class="link" @click=${() => void page.jump(place.channel, place.message)}>${content}</button>`
  const target = webAddress(url)
  return target === undefined ? content : outward(target, content)
}

/** Inline fields share a row by threes, as Discord sets them. */
function fields(list: readonly APIEmbedField[], context: MarkdownContext) {
  if (list.length === 0) return nothing
  const rows: APIEmbedField[][] = []
  for (const field of list) {
    const row = rows.at(-1)
    const joins = field.inline === true && row?.[0]?.inline === true && row.length < 3
    if (joins) row.push(field)
    else rows.push([field])
  }
  return html`<div class="embed-fields">
    ${rows.map(row => html`<div class="embed-row">${row.map(field => cell(field, context))}</div>`)}
  </div>`
}

const cell = ({ name, value }: APIEmbedField, context: MarkdownContext) =>
  html`<div class="embed-field">
    <div class="embed-field-name">${markdown(name, context)}</div>
    <div class="embed-field-value">${markdown(value, context)}</div>
  </div>`

function footer({ footer: foot, timestamp }: APIEmbed, { page }: MarkdownContext) {
  if (foot === undefined && timestamp === undefined) return nothing
  const when = timestamp === undefined ? undefined : sentText(timestamp, page.session.state.now)
  return html`<div class="embed-footer">${[foot?.text, when].filter(text => text !== undefined).join(' • ')}</div>`
}
