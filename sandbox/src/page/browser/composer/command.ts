import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import type { Page } from '../page.ts'
import { icons } from '../parts/icons.ts'
import { runSlash, suggestions } from '../state/interact.ts'
import { countUse } from '../state/uses.ts'
import { type CommandView, completes, panel, pill } from './command-view.ts'
import {
  addable,
  addField,
  type Draft,
  draftText,
  type Field,
  isStrict,
  problemsOf,
  removeField,
  setChosen,
  setText,
  typedOf,
} from './draft.ts'
import { knownAt, type Offer, offersFor, Suggester } from './offers.ts'

/**
 * A command's options in one line, as Discord has them: required ones first, the others to be added.
 * Fires `leave` (detail: the text to go on with) and `sent`.
 */
class SandboxCommand extends LitElement {
  static override readonly properties = {
    page: { attribute: false },
    start: { attribute: false },
    draft: { state: true },
    focused: { state: true },
    active: { state: true },
    closed: { state: true },
    warned: { state: true },
  }

  declare page: Page
  /** The command as it is begun; `draft` is what has become of it since. */
  declare start: Draft
  declare draft: Draft
  /** Name of the option that the cursor is in. */
  declare focused: string | undefined
  /** The list's active line; -1 for none, so that Enter sends what was typed. */
  declare active: number
  /** Escape has closed the list. */
  declare closed: boolean
  /** Whether problems show although nobody has left the field: after a try to send. */
  declare warned: boolean
  private readonly suggester: Suggester

  constructor() {
    super()
    this.focused = undefined
    this.active = -1
    this.closed = false
    this.warned = false
    this.suggester = new Suggester(
      (typed, signal) => suggestions(this.page.session, typed, signal),
      () => this.requestUpdate(),
    )
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  protected override firstUpdated(): void {
    const first = this.draft.fields.find(({ text }) => text === '') ?? this.draft.fields.at(-1)
    this.goTo(first?.option.name)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('start')) this.draft = this.start
    if (changed.has('start') || changed.has('draft') || changed.has('focused')) {
      const field = this.field
      this.active = field !== undefined && isStrict(field.option) && this.offers.length > 0 ? 0 : -1
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.suggester.stop()
  }

  private get field(): Field | undefined {
    return this.draft.fields.find(({ option }) => option.name === this.focused)
  }

  private get offers(): readonly Offer[] {
    const { field } = this
    if (field === undefined || field.chosen !== undefined || this.closed) return []
    if (completes(field)) return this.suggester.current.offers
    return offersFor(field.option, field.text, knownAt(this.page.session))
  }

  protected override render(): TemplateResult {
    const { view } = this
    const { leaf, fields } = this.draft
    return html`${panel(view)}
      <div class="command-line" role="group" aria-label="/${leaf.path}" @keydown=${this.lineKeys}>
        <span class="command-name">/${leaf.path}</span>
        ${fields.map(field => pill(field, view))}
        ${addable(this.draft).map(
          ({ name, description }) =>
            html`<button type="button" class="add-option" title=${description} @click=${() => this.add(name)}>${icons.plus}${name}</button>`,
        )}
        <button type="button" class="icon-button leave" aria-label="Leave the command" title="Leave the command (Escape)" @click=${this.leave}>${icons.close}</button>
        <button type="button" class="icon-button send" aria-label="Send command" title="Send (Enter)" @click=${this.send}>${icons.send}</button>
      </div>`
  }

  private get view(): CommandView {
    const { draft, field, offers, active, closed, warned, pick, hover } = this
    return {
      draft,
      field,
      offers,
      active,
      closed,
      warned,
      pick,
      hover,
      suggested: this.suggester.current,
      problems: problemsOf(draft),
      entered: name => this.entered(name),
      typed: (name, text) => this.typed(name, text),
      keys: this.fieldKeys,
      changed: (name, how) => {
        this.draft = how(this.draft)
        this.focused = name
      },
    }
  }

  private entered(name: string): void {
    this.focused = name
    this.closed = false
    this.suggest()
  }

  private typed(name: string, text: string): void {
    this.draft = setText(this.draft, name, text)
    this.closed = false
    this.suggest()
  }

  private suggest(): void {
    const { field, focused } = this
    if (field === undefined || focused === undefined || !completes(field) || field.chosen !== undefined)
      this.suggester.stop()
    else void this.suggester.about({ ...typedOf(this.draft, focused), focused })
  }

  private readonly hover = (index: number) => {
    this.active = index
  }

  private readonly pick = (offer: Offer) => {
    if (this.focused === undefined) return
    this.draft = setChosen(this.draft, this.focused, offer.label, offer.value)
    this.suggester.stop()
    const next = this.draft.fields.find(({ text }) => text === '')
    this.goTo(next?.option.name ?? this.focused)
  }

  private add(name: string): void {
    this.draft = addField(this.draft, name)
    this.goTo(name)
  }

  private goTo(name: string | undefined): void {
    void this.updateComplete.then(() => {
      const stop =
        this.querySelector<HTMLElement>(`[data-option="${CSS.escape(name ?? '')}"]`) ??
        // Nothing has to be filled in: Enter sends, as it does in Discord.
        this.querySelector<HTMLElement>('.send')
      stop?.focus()
      if (stop instanceof HTMLInputElement && stop.type === 'text')
        stop.setSelectionRange(stop.value.length, stop.value.length)
    })
  }

  private readonly fieldKeys = (event: KeyboardEvent) => {
    if (event.isComposing) return
    const { offers } = this
    const input = event.target as HTMLInputElement
    const act = {
      ArrowDown: () => offers.length > 0 && this.move(1),
      ArrowUp: () => offers.length > 0 && this.move(-1),
      Enter: () => this.takeOr(() => void this.send()),
      Tab: () => !event.shiftKey && this.active >= 0 && offers.length > 0 && this.takeOr(() => {}),
      Escape: () => this.escape(),
      Backspace: () => input.value === '' && this.back(),
    }[event.key]
    if (act === undefined || act() === false) return
    event.preventDefault()
    event.stopPropagation()
  }

  private readonly lineKeys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') this.leave()
  }

  private move(step: number): void {
    const count = this.offers.length
    this.active = this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count
    void this.updateComplete.then(() =>
      this.querySelector('.offer.active')?.scrollIntoView({ block: 'nearest' }),
    )
  }

  private takeOr(other: () => void): void {
    const offer = this.offers[this.active]
    if (offer === undefined) other()
    else this.pick(offer)
  }

  private escape(): void {
    if (this.offers.length > 0) this.closed = true
    else this.leave()
  }

  /** Backspace in an empty field: out of it, and out of the command where nothing is left to leave. */
  private back(): void {
    const at = this.draft.fields.findIndex(({ option }) => option.name === this.focused)
    const before = this.draft.fields[at - 1]
    this.draft = removeField(this.draft, this.focused ?? '')
    if (before === undefined) this.go(`/${this.draft.leaf.path}`)
    else this.goTo(before.option.name)
  }

  private readonly leave = () => this.go(draftText(this.draft))

  private go(text: string): void {
    this.dispatchEvent(new CustomEvent('leave', { detail: text }))
  }

  private readonly send = (): void => {
    const [wrong] = problemsOf(this.draft).keys()
    if (wrong !== undefined) {
      this.warned = true
      this.goTo(wrong)
      return
    }
    const { draft } = this
    countUse(draft.leaf.path)
    this.dispatchEvent(new CustomEvent('sent'))
    void runSlash(this.page.session, draft.leaf.path, typedOf(draft))
  }
}

customElements.define('sandbox-command', SandboxCommand)
