import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { MessageView } from '../../../person-api.ts'
import type { Page } from '../page.ts'
import { appTag, avatar } from '../parts/avatar.ts'
import { icons } from '../parts/icons.ts'
import { userName } from '../state/channels.ts'
import { continues, dayOf, emptyFeed } from '../state/feed.ts'
import { loadOlder } from '../state/load.ts'
import type { Notice, State } from '../state/session.ts'
import { messageView } from './message.ts'
import { welcome } from './welcome.ts'

/** Pixels from the end within which the newest message keeps itself in view. */
const nearEnd = 120

/** Pixels of what came before that are seen over a long answer. */
const aboveAnswer = 12

/** A channel's messages. Stays at the end while one reads there; elsewhere it says that there is more. */
class SandboxLog extends LitElement {
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
    // What is shown now stays, whatever loads around it.
    this.addEventListener('jump', () => {
      this.atEnd = false
      requestAnimationFrame(this.scrolled)
    })
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
    if (isNew && (this.isOwn(newest) || this.isAnswer(newest))) this.atEnd = true
    if (isNew && !this.atEnd) this.missed = true
    this.last = newest?.id
  }

  protected override updated(): void {
    if (this.atEnd) this.toEnd()
  }

  private isOwn({ author }: MessageView): boolean {
    return author.id === this.state.overview?.me.user.id
  }

  /** Whether the message answers this person's command, press or message. */
  private isAnswer({ interaction_metadata: used, referenced_message: original }: MessageView): boolean {
    const me = this.state.overview?.me.user.id
    return me !== undefined && (used?.user.id === me || original?.author.id === me)
  }

  /** To the newest message; an answer to oneself that is longer than the window is read from its beginning. */
  private toEnd(): void {
    const { scroller } = this
    const newest = this.messages.at(-1)
    const answer =
      newest !== undefined && this.isAnswer(newest) ? document.getElementById(`message-${newest.id}`) : null
    if (scroller === null) return
    const start = answer === null ? Number.POSITIVE_INFINITY : answer.offsetTop - aboveAnswer
    scroller.scrollTo({ top: Math.min(start, scroller.scrollHeight), behavior: 'instant' })
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

/** A line that stands among the messages although it is none. */
function notice(each: Notice, page: Page): TemplateResult {
  const { session } = page
  const dismiss = () => session.update({ notices: session.state.notices.filter(({ id }) => id !== each.id) })
  const bot = session.state.info?.bot
  const me = session.state.overview?.me.user
  if (each.about !== undefined && bot !== undefined && me !== undefined)
    return html`<article class="message notice ${each.kind}" tabindex="-1">
      <div class="origin">${avatar(me, 's')}<span class="name">${userName(me)}</span> used <span class="command">${each.about}</span></div>
      <div class="gutter">${avatar(bot)}</div>
      <div class="body">
        <header><span class="name">${userName(bot)}</span>${appTag}</header>
        ${
          each.kind === 'sending'
            ? html`<p class="thinking" role="status">${each.text}</p>`
            : html`<p class="failure" role="alert">${icons.alert} ${each.text}</p>`
        }
        ${each.kind === 'sending' ? nothing : html`<p class="only-you">${icons.eye} Only you can see this · ${dismissal(dismiss)}</p>`}
      </div>
    </article>`
  return html`<p class="notice line ${each.kind}" role=${each.kind === 'refused' ? 'alert' : 'status'}>
    ${each.kind === 'done' ? icons.check : icons.alert} <span>${each.text}</span> ${dismissal(dismiss)}
  </p>`
}

const dismissal = (dismiss: () => void) =>
  html`<button type="button" class="link" @click=${dismiss}>Dismiss message</button>`
