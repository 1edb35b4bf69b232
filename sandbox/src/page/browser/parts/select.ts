import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { fitting, type Offer } from '../composer/offers.ts'
import { icons } from './icons.ts'
import { lineId, offerList } from './offer-list.ts'
import { keepBeside } from './popup.ts'

let count = 0

/**
 * A menu as Discord draws it: one choice is sent at once, several when the list closes.
 * Fires `commit` with the chosen values, `string[]`.
 */
class SandboxSelect extends LitElement {
  static override readonly properties = {
    label: {},
    placeholder: {},
    offers: { attribute: false },
    preset: { attribute: false },
    chosen: { state: true },
    min: { type: Number },
    max: { type: Number },
    disabled: { type: Boolean },
    busy: { type: Boolean },
    searchable: { type: Boolean },
    open: { state: true },
    active: { state: true },
    typed: { state: true },
    picked: { state: true },
  }

  declare label: string
  declare placeholder: string
  declare offers: readonly Offer[]
  /** What is chosen at first: the same list as long as nothing else is meant. */
  declare preset: readonly string[]
  declare chosen: readonly string[]
  declare min: number
  declare max: number
  declare disabled: boolean
  declare busy: boolean
  declare searchable: boolean
  declare open: boolean
  declare active: number
  declare typed: string
  declare picked: readonly string[]
  private readonly listId: string

  constructor() {
    super()
    this.label = ''
    this.placeholder = ''
    this.offers = []
    this.preset = []
    this.chosen = []
    this.min = 1
    this.max = 1
    this.disabled = false
    this.busy = false
    this.searchable = false
    this.open = false
    this.active = 0
    this.typed = ''
    this.picked = []
    count += 1
    this.listId = `select-${count}`
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('preset')) return
    this.chosen = this.preset
    this.picked = this.preset
  }

  protected override render(): TemplateResult {
    const names = this.offers
      .filter(({ value }) => this.picked.includes(String(value)))
      .map(({ label }) => label)
    return html`<button
        type="button"
        class="select-field"
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded=${this.open}
        aria-controls=${this.listId}
        aria-label=${this.label === '' ? this.placeholder : this.label}
        aria-activedescendant=${this.open ? lineId(this.listId, this.active) : nothing}
        aria-busy=${this.busy}
        ?disabled=${this.disabled}
        @click=${this.toggle}
        @keydown=${this.keys}
      >
        <span class=${names.length === 0 ? 'placeholder' : ''}>${names.length === 0 ? this.placeholder : names.join(', ')}</span>
        ${this.busy ? html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>` : icons.down}
      </button>
      ${this.open ? this.dropDown() : nothing}`
  }

  private dropDown() {
    return html`<div class="popup drop-down" popover="auto" @toggle=${this.toggled}>
      ${this.searchable ? this.searchField() : nothing}
      ${this.fitting.length === 0 ? html`<p class="empty">Nothing found</p>` : nothing}
      ${offerList({
        id: this.listId,
        label: this.label === '' ? this.placeholder : this.label,
        offers: this.fitting,
        active: this.active,
        chosen: new Set(this.picked),
        multiple: this.max > 1,
        pick: offer => this.pick(String(offer.value)),
        hover: index => {
          this.active = index
        },
      })}
    </div>`
  }

  private searchField() {
    return html`<input
      class="search"
      type="text"
      placeholder="Search"
      aria-label="Search"
      autocomplete="off"
      .value=${this.typed}
      @keydown=${this.keys}
      @input=${(event: Event) => {
        this.typed = (event.target as HTMLInputElement).value
        this.active = 0
      }}
    />`
  }

  private get fitting(): readonly Offer[] {
    return this.searchable ? fitting(this.offers, this.typed) : this.offers
  }

  private readonly toggle = () => {
    if (this.open) this.close()
    else void this.show()
  }

  private async show(): Promise<void> {
    if (this.disabled || this.busy) return
    this.typed = ''
    this.picked = this.chosen
    this.active = Math.max(
      0,
      this.offers.findIndex(({ value }) => this.picked.includes(String(value))),
    )
    this.open = true
    await this.updateComplete
    const box = this.querySelector<HTMLElement>('.drop-down')
    const field = this.querySelector<HTMLElement>('.select-field')
    if (box === null || field === null) return
    box.style.setProperty('min-width', `${field.getBoundingClientRect().width}px`)
    box.showPopover()
    keepBeside(box, field)
    box.querySelector<HTMLElement>('.search')?.focus()
    this.reveal()
  }

  private readonly toggled = (event: ToggleEvent) => {
    if (event.newState === 'closed') this.closed()
  }

  private close(): void {
    this.querySelector<HTMLElement>('.drop-down:popover-open')?.hidePopover()
  }

  private closed(): void {
    if (!this.open) return
    this.open = false
    const changed = [...this.picked].sort().join('\n') !== [...this.chosen].sort().join('\n')
    if (this.max > 1 && changed && this.picked.length >= this.min) this.commit()
    this.picked = this.chosen
    const elsewhere = document.activeElement !== document.body && !this.contains(document.activeElement)
    if (!elsewhere) this.querySelector<HTMLElement>('.select-field')?.focus()
  }

  private commit(): void {
    this.chosen = this.picked
    this.dispatchEvent(new CustomEvent('commit', { detail: [...this.picked] }))
  }

  private pick(value: string): void {
    if (this.max > 1) {
      const without = this.picked.filter(each => each !== value)
      const added = without.length === this.picked.length
      if (!added) this.picked = without
      else if (this.picked.length < this.max) this.picked = [...this.picked, value]
      return
    }
    this.picked = this.min === 0 && this.picked.includes(value) ? [] : [value]
    this.commit()
    this.close()
  }

  private reveal(): void {
    void this.updateComplete.then(() =>
      this.querySelector('.offer.active')?.scrollIntoView({ block: 'nearest' }),
    )
  }

  private readonly keys = (event: KeyboardEvent) => {
    if (!this.open) {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      event.preventDefault()
      void this.show()
      return
    }
    const last = this.fitting.length - 1
    const moves: Record<string, number> = {
      ArrowDown: Math.min(this.active + 1, last),
      ArrowUp: Math.max(this.active - 1, 0),
      Home: 0,
      End: last,
    }
    const to = moves[event.key]
    const offer = this.fitting[this.active]
    const takes = event.key === 'Enter' || (event.key === ' ' && !this.searchable)
    if (to === undefined && !takes) return
    event.preventDefault()
    if (to !== undefined) this.active = to
    else if (offer !== undefined) this.pick(String(offer.value))
    this.reveal()
  }
}

customElements.define('sandbox-select', SandboxSelect)
