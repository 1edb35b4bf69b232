import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { MessageView } from '../../../person-api.ts'
import type { Page } from '../page.ts'
import { continues, dayOf, emptyFeed } from '../state/feed.ts'
import { loadOlder } from '../state/load.ts'
import type { State } from '../state/session.ts'
import { messageView } from './message.ts'
import { notice } from './notice.ts'
import { welcome } from './welcome.ts'

/** Pixels from the end within which the newest message keeps itself in view. */
const nearEnd = 120

/** A channel's messages. Stays at the end while one reads there; elsewhere it says that there is more. */
export class SandboxLog extends LitElement {
  static override readonly properties = {
    page: { attribute: false },
    state: { attribute: false },
    missed: { state: true },
  }

  declare page: Page
  declare state: State
  /** Whether something came while one reads further up. */
  declare missed: boolean
  private atEnd = true
  private shownChannel: string | undefined
  private last: string | undefined
  private observer: ResizeObserver | undefined

  constructor() {
    super()
    this.missed = false
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  private get scroller(): HTMLElement | null {
    return this.querySelector('.scroller')
  }

  protected override firstUpdated(): void {
    const { scroller } = this
    if (scroller === null) return
    this.observer = new ResizeObserver(() => {
      if (this.atEnd) this.toEnd()
    })
    this.observer.observe(scroller)
    const content = scroller.firstElementChild
    if (content !== null) this.observer.observe(content)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.observer?.disconnect()
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { channelId } = this.state
    if (channelId !== this.shownChannel) {
      this.shownChannel = channelId
      this.atEnd = true
      this.missed = false
      this.last = undefined
    }
    const newest = this.messages.at(-1)
    const isNew = this.last !== undefined && newest !== undefined && newest.id !== this.last
    if (isNew && newest.author.id === this.state.overview?.me.user.id) this.atEnd = true
    if (isNew && !this.atEnd) this.missed = true
    this.last = newest?.id
  }

  protected override updated(): void {
    if (this.atEnd) this.toEnd()
  }

  private toEnd(): void {
    const { scroller } = this
    scroller?.scrollTo({ top: scroller.scrollHeight, behavior: 'instant' })
  }

  private get messages(): readonly MessageView[] {
    return this.state.feeds.get(this.state.channelId ?? '')?.messages ?? []
  }

  protected override render(): TemplateResult {
    const feed = this.state.feeds.get(this.state.channelId ?? '') ?? emptyFeed
    const { messages } = this
    return html`<div class="scroller" @scroll=${this.scrolled}>
        <div class="log" role="log" aria-label="Messages" aria-busy=${!feed.loaded} tabindex="0" @keydown=${this.keys}>
          ${feed.loaded && !feed.more ? welcome(this.page) : nothing}
          ${feed.loaded ? nothing : html`<p class="loading">Loading messages…</p>`}
          ${feed.more ? html`<button type="button" class="older" @click=${this.older}>Load older messages</button>` : nothing}
          ${this.noticesAfter(undefined)}
          ${repeat(
            messages,
            ({ id }) => id,
            (message, index) => this.entry(message, messages[index - 1]),
          )}
        </div>
      </div>
      ${this.missed ? html`<button type="button" class="missed" @click=${this.jump}>New messages ↓</button>` : nothing}`
  }

  private entry(message: MessageView, before: MessageView | undefined) {
    const newDay = before === undefined || dayOf(before) !== dayOf(message)
    return html`${newDay ? divider(message) : nothing}${messageView(message, this.page, continues(message, before))}${this.noticesAfter(message.id)}`
  }

  private noticesAfter(id: string | undefined) {
    return this.state.notices
      .filter(each => each.channelId === this.state.channelId && each.after === id)
      .map(each => notice(each, this.page))
  }

  private readonly scrolled = () => {
    const { scroller } = this
    if (scroller === null) return
    this.atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEnd
    if (this.atEnd) this.missed = false
  }

  private readonly jump = () => {
    this.atEnd = true
    this.missed = false
    this.toEnd()
  }

  private readonly older = async () => {
    const { scroller } = this
    const before = scroller?.scrollHeight ?? 0
    await loadOlder(this.page.session, this.state.channelId ?? '')
    await this.updateComplete
    if (scroller !== null) scroller.scrollTop += scroller.scrollHeight - before
  }

  /** Arrows walk over the messages once the focus is among them. */
  private readonly keys = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const target = event.target as HTMLElement
    if (step === undefined || target.closest('button, a, input, textarea, sandbox-select') !== null) return
    const list = [...this.querySelectorAll<HTMLElement>('[data-id]')]
    const at = list.indexOf(target)
    const next = at < 0 ? list.at(-1) : list[at + step]
    event.preventDefault()
    next?.focus()
  }
}

const divider = (message: MessageView) =>
  html`<div class="divider" role="separator"><span>${new Date(message.timestamp).toLocaleDateString(undefined, { dateStyle: 'long' })}</span></div>`

customElements.define('sandbox-log', SandboxLog)
