import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { lineId, offerList } from '../parts/offer-list.ts'
import { type Draft, type Field, isStrict } from './draft.ts'
import { filePill } from './files.ts'
import type { Offer, Suggested } from './offers.ts'

const listId = 'option-offers'

export const completes = ({ option }: Field): boolean =>
  'autocomplete' in option && option.autocomplete === true

export interface CommandView {
  readonly draft: Draft
  /** The field that the cursor is in. */
  readonly field: Field | undefined
  readonly offers: readonly Offer[]
  readonly active: number
  readonly suggested: Suggested
  /** Whether Escape has closed the list. */
  readonly closed: boolean
  /** Whether problems show before anybody leaves the field: after a try to send. */
  readonly warned: boolean
  readonly problems: ReadonlyMap<string, string>
  readonly pick: (offer: Offer) => void
  readonly hover: (index: number) => void
  readonly entered: (name: string) => void
  readonly typed: (name: string, text: string) => void
  readonly keys: (event: KeyboardEvent) => void
  readonly changed: (name: string, how: (draft: Draft) => Draft) => void
}

/** What stands above the line: the list, and what the option is about. */
export function panel(view: CommandView): TemplateResult {
  const { draft, field, offers, active, pick, hover } = view
  const { leaf } = draft
  const problem = field && view.warned ? view.problems.get(field.option.name) : undefined
  const label = `Options for ${field?.option.name ?? ''}`
  return html`<div class="panel">
    ${remark(view)}
    ${offers.length === 0 ? nothing : offerList({ id: listId, label, offers, active, pick, hover })}
    <p class="panel-line" id="option-help">
      <b>${field?.option.name ?? `/${leaf.path}`}</b> <span>${field?.option.description ?? leaf.description}</span>
      ${problem === undefined ? nothing : html`<span class="problem" role="alert">${problem}</span>`}
    </p>
  </div>`
}

const note = (text: string) => html`<p class="panel-note" role="status">${text}</p>`

/** Why the list is empty. */
function remark({ field, closed, offers, suggested }: CommandView) {
  if (field === undefined || field.chosen !== undefined || closed || offers.length > 0) return nothing
  if (!completes(field)) return isStrict(field.option) ? note('No options match your search.') : nothing
  const texts = {
    idle: undefined,
    loading: 'Loading options…',
    failed: 'Loading options failed.',
    ready: 'No options match your search.',
  }
  const text = texts[suggested.state]
  return text === undefined ? nothing : note(text)
}

/** One option with its field. */
export function pill(field: Field, view: CommandView): TemplateResult {
  const { name, type } = field.option
  const focused = view.field?.option.name === name
  const wrong = view.problems.has(name) && (view.warned || (field.text !== '' && !focused))
  const classes = `pill ${focused ? 'focused' : ''} ${wrong ? 'wrong' : ''}`
  const title = html`<span class="pill-name">${name}</span>`
  if (type === Type.Attachment)
    return html`<span class=${classes}>${title}${filePill(field, how => view.changed(name, how))}</span>`
  return html`<label class=${classes}>${title}${input(field, view, focused, wrong)}</label>`
}

function input({ option, text }: Field, view: CommandView, focused: boolean, wrong: boolean) {
  const { name, type } = option
  const listed = focused && view.offers.length > 0
  return html`<input
    data-option=${name}
    type="text"
    autocomplete="off"
    spellcheck="false"
    role="combobox"
    aria-autocomplete="list"
    aria-expanded=${listed}
    aria-controls=${listId}
    aria-activedescendant=${listed && view.active >= 0 ? lineId(listId, view.active) : nothing}
    aria-invalid=${wrong}
    aria-describedby="option-help"
    inputmode=${type === Type.Integer ? 'numeric' : type === Type.Number ? 'decimal' : 'text'}
    size=${Math.max(4, Math.min(text.length + 1, 60))}
    .value=${live(text)}
    @focus=${() => view.entered(name)}
    @input=${(event: Event) => view.typed(name, (event.target as HTMLInputElement).value)}
    @keydown=${view.keys}
  />`
}
