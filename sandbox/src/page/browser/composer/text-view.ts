import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { ChannelView } from '../../../person-api.ts'
import { icons } from '../parts/icons.ts'
import { lineId, offerList } from '../parts/offer-list.ts'
import { channelName, isDirect, isThread } from '../state/channels.ts'
import type { Completion } from './mentions.ts'
import type { Offer } from './offers.ts'

const listId = 'composer-offers'

/** Pixels of the window below which the long hint has no room. */
const narrow = 600

export function placeholder(channel: ChannelView | undefined): string {
  if (channel === undefined) return 'Message'
  const mark = isDirect(channel) ? '@' : isThread(channel) ? '' : '#'
  const line = `Message ${mark}${channelName(channel)}`
  return innerWidth < narrow ? line : `${line}, or / for commands`
}

interface TextView {
  readonly text: string
  readonly hint: string
  readonly help: Completion | undefined
  readonly active: number
  readonly pick: (offer: Offer) => void
  readonly hover: (index: number) => void
  readonly input: (event: Event) => void
  readonly moved: (event: Event) => void
  readonly keys: (event: KeyboardEvent) => void
  readonly paste: (event: ClipboardEvent) => void
  readonly addFiles: (event: Event) => void
  readonly slash: () => void
  readonly send: () => void
}

/** The line for messages, with the list that it drops up. */
export function textLine(line: TextView): TemplateResult {
  const { help, active } = line
  const listed = help !== undefined && help.offers.length > 0
  return html`${help === undefined ? nothing : panel(line, help)}
    <div class="text-line">
      <label class="icon-button attach" title="Attach files"
        >${icons.plus}<input type="file" multiple aria-label="Attach files" @change=${line.addFiles}
      /></label>
      <textarea
        rows="1"
        maxlength="2000"
        role="combobox"
        aria-label=${line.hint}
        aria-autocomplete="list"
        aria-expanded=${listed}
        aria-controls=${listId}
        aria-activedescendant=${listed ? lineId(listId, active) : nothing}
        placeholder=${line.hint}
        .value=${live(line.text)}
        @input=${line.input}
        @keydown=${line.keys}
        @keyup=${line.moved}
        @click=${line.moved}
        @paste=${line.paste}
      ></textarea>
      <button type="button" class="icon-button" aria-label="Use a command" title="Use a command" @click=${line.slash}>${icons.slash}</button>
      <button type="button" class="icon-button send" aria-label="Send message" title="Send (Enter)" @click=${line.send}>${icons.send}</button>
    </div>`
}

function panel({ active, pick, hover }: TextView, { label, offers }: Completion) {
  return html`<div class="panel">
    ${
      offers.length === 0
        ? html`<p class="panel-note" role="status">No command matches. Escape leaves, / alone lists them all.</p>`
        : offerList({ id: listId, label, offers, active, pick, hover })
    }
    <p class="panel-line keys"><kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Tab</kbd> take <kbd>Esc</kbd> leave</p>
  </div>`
}
