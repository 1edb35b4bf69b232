import {
  type APIButtonComponent,
  type APIMessageComponent,
  type APISelectMenuComponent,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import type { MessageView } from '../../../person-api.ts'
import type { Page } from '../page.ts'
import { icons } from '../parts/icons.ts'
import { messageAddress, webAddress } from '../parts/links.ts'
import '../parts/select.ts'
import { channels, type Known, knownAt, type Offer, roles, users } from '../composer/offers.ts'
import { choose, pendingKey, press } from '../state/interact.ts'

export function components(message: MessageView, page: Page): unknown {
  const rows = message.components ?? []
  if (rows.length === 0) return nothing
  return html`<div class="components">${rows.map(row => component(row, message, page))}</div>`
}

function component(part: APIMessageComponent, message: MessageView, page: Page): unknown {
  switch (part.type) {
    case ComponentType.ActionRow:
      return html`<div class="row">${part.components.map(each => component(each, message, page))}</div>`
    case ComponentType.Button:
      return button(part, message, page)
    case ComponentType.StringSelect:
    case ComponentType.UserSelect:
    case ComponentType.RoleSelect:
    case ComponentType.MentionableSelect:
    case ComponentType.ChannelSelect:
      return menu(part, message, page)
    default:
      return html`<small class="unknown">The sandbox cannot show components of type ${part.type}.</small>`
  }
}

const styles: Readonly<Record<number, string>> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Secondary]: 'secondary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
}

function button(part: APIButtonComponent, message: MessageView, page: Page): unknown {
  if (part.style === ButtonStyle.Premium) return nothing
  const emoji = part.emoji?.name === undefined ? nothing : html`<span class="emoji">${part.emoji.name}</span>`
  const face = html`${emoji}${part.label ?? ''}`
  if (part.style === ButtonStyle.Link) return linkButton(part.url, face, part.disabled === true, page)
  const id = part.custom_id
  const busy = page.session.state.pending.has(pendingKey(message, id))
  return html`<button
    type="button"
    class="button ${styles[part.style] ?? 'secondary'} ${busy ? 'busy' : ''}"
    data-custom-id=${id}
    aria-busy=${busy}
    ?disabled=${part.disabled === true}
    @click=${() => void press(page.session, message, id)}
  >
    <span class="button-face">${face}</span>${busy ? html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>` : nothing}
  </button>`
}

function linkButton(url: string, face: TemplateResult, disabled: boolean, page: Page): TemplateResult {
  const place = messageAddress(url)
  if (place !== undefined && !disabled)
    return html`<button type="button" class="button secondary" @click=${() => void page.jump(place.channel, place.message)}>${face}</button>`
  const target = webAddress(url)
  if (disabled || target === undefined)
    return html`<button type="button" class="button secondary" disabled>${face} ${icons.outside}</button>`
  return html`<a class="button secondary" href=${target} target="_blank" rel="noopener noreferrer" title=${target}
    >${face} ${icons.outside}</a
  >`
}

const defaults: Readonly<Record<number, string>> = {
  [ComponentType.StringSelect]: 'Make a selection',
  [ComponentType.UserSelect]: 'Select a user',
  [ComponentType.RoleSelect]: 'Select a role',
  [ComponentType.MentionableSelect]: 'Select a user or role',
  [ComponentType.ChannelSelect]: 'Select a channel',
}

function menu(part: APISelectMenuComponent, message: MessageView, page: Page): TemplateResult {
  const id = part.custom_id
  return html`<sandbox-select
    data-custom-id=${id}
    .placeholder=${part.placeholder ?? defaults[part.type] ?? ''}
    .offers=${menuOffers(part, knownAt(page.session))}
    .preset=${menuChosen(part)}
    .min=${part.min_values ?? 1}
    .max=${part.max_values ?? 1}
    .searchable=${part.type !== ComponentType.StringSelect}
    .disabled=${part.disabled === true}
    .busy=${page.session.state.pending.has(pendingKey(message, id))}
    @commit=${(event: CustomEvent<string[]>) => void choose(page.session, message, id, event.detail)}
  ></sandbox-select>`
}

/** What a menu lists: its own options, or who and what is there. */
export function menuOffers(part: APISelectMenuComponent, known: Known): readonly Offer[] {
  switch (part.type) {
    case ComponentType.StringSelect:
      return part.options.map(({ label, description, value, emoji }) => ({
        label: emoji?.name === undefined ? label : `${emoji.name} ${label}`,
        detail: description,
        value,
      }))
    case ComponentType.UserSelect:
      return users(known)
    case ComponentType.RoleSelect:
      return roles(known)
    case ComponentType.MentionableSelect:
      return [...users(known), ...roles(known)]
    case ComponentType.ChannelSelect:
      return channels(known, part.channel_types)
  }
}

const remembered = new WeakMap<APISelectMenuComponent, readonly string[]>()

/** What is chosen before anybody chooses: the same list each time, so that drawing again undoes no choice. */
export function menuChosen(part: APISelectMenuComponent): readonly string[] {
  const known = remembered.get(part)
  if (known !== undefined) return known
  const chosen =
    part.type === ComponentType.StringSelect
      ? part.options.filter(option => option.default === true).map(({ value }) => value)
      : (part.default_values ?? []).map(({ id }) => id)
  remembered.set(part, chosen)
  return chosen
}
