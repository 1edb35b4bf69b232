import { html, nothing, type TemplateResult } from 'lit'
import type { Offer } from '../composer/offers.ts'
import { avatar } from './avatar.ts'
import { icons } from './icons.ts'

interface List {
  readonly id: string
  readonly label: string
  readonly offers: readonly Offer[]
  /** Index of the line that the keyboard is on; -1 for none. */
  readonly active: number
  readonly chosen?: ReadonlySet<string>
  readonly multiple?: boolean
  readonly pick: (offer: Offer) => void
  readonly hover?: (index: number) => void
}

/** The lines that a field drops down. The field keeps the focus: `aria-activedescendant` names the active line. */
export function offerList(list: List): TemplateResult {
  return html`<div
    class="offers"
    id=${list.id}
    role="listbox"
    aria-label=${list.label}
    aria-multiselectable=${list.multiple === true}
  >
    ${list.offers.map((offer, index) => line(list, offer, index))}
  </div>`
}

export const lineId = (list: string, index: number): string => `${list}-${index}`

function line(list: List, offer: Offer, index: number) {
  const chosen = list.chosen?.has(String(offer.value)) === true
  const pick = (event: Event) => {
    event.preventDefault()
    list.pick(offer)
  }
  return html`<div
    class="offer ${index === list.active ? 'active' : ''}"
    id=${lineId(list.id, index)}
    role="option"
    aria-selected=${list.chosen === undefined ? index === list.active : chosen}
    @mousedown=${(event: Event) => event.preventDefault()}
    @mousemove=${() => list.hover?.(index)}
    @click=${pick}
  >
    ${offer.member === undefined ? nothing : avatar(offer.member.user, 's')}
    <span class="offer-text"
      ><span class="offer-label">${offer.label}</span>${offer.detail === undefined ? nothing : html`<small>${offer.detail}</small>`}</span
    >
    ${mark(list, chosen)}
  </div>`
}

function mark(list: List, chosen: boolean) {
  if (list.multiple === true)
    return html`<span class="box ${chosen ? 'on' : ''}">${chosen ? icons.check : nothing}</span>`
  return chosen ? html`<span class="box on round">${icons.check}</span>` : nothing
}
