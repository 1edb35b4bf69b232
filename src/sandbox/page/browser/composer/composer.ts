import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { FileUpload } from '../../../person-api.ts'
import type { Page } from '../page.ts'
import { icons } from '../parts/icons.ts'
import { lineId, offerList } from '../parts/offer-list.ts'
import { knownAt } from '../state/known.ts'
import { channelName, isDirect, isThread } from '../state/places.ts'
import type { State } from '../state/session.ts'
import { sendMessage } from '../state/talk.ts'
import './command.ts'
import { fileChips, replyBar } from './bars.ts'
import { type Draft, startDraft } from './draft.ts'
import { type Leaf, leavesOf, matching, reached } from './leaves.ts'
import { complete, encodeMentions, mentionOffers, type Token, tokenAt } from './mentions.ts'
import type { Offer } from './offers.ts'
import { readUpload } from './upload.ts'

const listId = 'composer-offers'

/** Pixels of the window below which the long hint has no room. */
const narrow = 600

/** What the list above the text offers, and what choosing does. */
interface Help {
  readonly label: string
  readonly offers: readonly Offer[]
  readonly pick: (offer: Offer) => void
}

/** The line one types in: messages with mentions, or commands with their options. */
export class SandboxComposer extends LitElement {
  static override readonly properties = {
    page: { attribute: false },
    state: { attribute: false },
    channel: {},
    text: { state: true },
    caret: { state: true },
    draft: { state: true },
    files: { state: true },
    active: { state: true },
    closed: { state: true },
    problem: { state: true },
  }

  declare page: Page
  declare state: State
  /** Id of the channel: each keeps what was typed there. */
  declare channel: string
  declare text: string
  declare caret: number
  declare draft: Draft | undefined
  declare files: readonly FileUpload[]
  declare active: number
  declare closed: boolean
  declare problem: string | undefined
  private readonly texts = new Map<string, string>()

  constructor() {
    super()
    this.text = ''
    this.caret = 0
    this.draft = undefined
    this.files = []
    this.active = 0
    this.closed = false
    this.problem = undefined
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('channel')
    if (!changed.has('channel') || before === this.channel) return
    if (before !== undefined) this.texts.set(before, this.text)
    this.text = this.texts.get(this.channel) ?? ''
    this.caret = this.text.length
    this.draft = undefined
    this.files = []
    this.problem = undefined
  }

  /** Types for the person: text that names a command opens it. */
  fill(text: string): void {
    this.draft = undefined
    this.change(text, text.length)
    if (this.draft === undefined) this.focusText()
  }

  focusText(): void {
    void this.updateComplete.then(() => {
      const field = this.querySelector('textarea')
      field?.focus()
      field?.setSelectionRange(this.caret, this.caret)
    })
  }

  protected override render(): TemplateResult {
    const { page } = this
    return html`${replyBar(page)} ${fileChips(this.files, this.removeFile)}
      ${this.problem === undefined ? nothing : html`<p class="panel-note problem" role="alert">${this.problem}</p>`}
      ${
        this.draft === undefined
          ? this.textLine()
          : html`<sandbox-command .page=${page} .start=${this.draft} @leave=${this.leaveCommand} @sent=${this.sentCommand}></sandbox-command>`
      }`
  }

  private get leaves(): readonly Leaf[] {
    return leavesOf(this.page.session.state.commands.get(this.channel) ?? [])
  }

  private get token(): Token | undefined {
    return tokenAt(this.text, this.caret)
  }

  private get help(): Help | undefined {
    if (this.closed) return undefined
    if (/^\/[^\n]*$/u.test(this.text)) {
      const found = matching(this.leaves, this.text.slice(1))
      return {
        label: 'Commands',
        offers: found.map(({ path, description }) => ({
          label: `/${path}`,
          detail: description,
          value: path,
        })),
        pick: offer => this.start(found.find(({ path }) => path === offer.value)),
      }
    }
    const { token } = this
    const offers = token === undefined ? [] : mentionOffers(token, knownAt(this.page.session))
    if (token === undefined || offers.length === 0) return undefined
    return {
      label: token.mark === '@' ? 'Members' : 'Channels',
      offers,
      pick: offer => this.put(token, offer),
    }
  }

  private textLine() {
    const { help } = this
    const listed = help !== undefined && help.offers.length > 0
    return html`${help === undefined ? nothing : this.list(help)}
      <div class="text-line">
        <label class="icon-button attach" title="Attach files"
          >${icons.plus}<input class="visually-hidden" type="file" multiple aria-label="Attach files" @change=${this.addFiles}
        /></label>
        <textarea
          rows="1"
          maxlength="2000"
          role="combobox"
          aria-label=${this.placeholder}
          aria-autocomplete="list"
          aria-expanded=${listed}
          aria-controls=${listId}
          aria-activedescendant=${listed ? lineId(listId, this.active) : nothing}
          placeholder=${this.placeholder}
          .value=${live(this.text)}
          @input=${this.input}
          @keydown=${this.keys}
          @click=${this.moved}
          @paste=${this.paste}
        ></textarea>
        <button type="button" class="icon-button" aria-label="Use a command" title="Use a command" @click=${() => this.fill('/')}>${icons.slash}</button>
        <button type="button" class="icon-button send" aria-label="Send message" title="Send (Enter)" @click=${this.send}>${icons.send}</button>
      </div>`
  }

  private list({ label, offers, pick }: Help) {
    return html`<div class="panel">
      ${
        offers.length === 0
          ? html`<p class="panel-note" role="status">No command matches. Escape leaves, / alone lists them all.</p>`
          : offerList({
              id: listId,
              label,
              offers,
              active: this.active,
              pick,
              hover: index => this.hover(index),
            })
      }
      <p class="panel-line keys"><kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Tab</kbd> take <kbd>Esc</kbd> leave</p>
    </div>`
  }

  private hover(index: number): void {
    this.active = index
  }

  private get placeholder(): string {
    const { channel } = this.page.session
    if (channel === undefined) return 'Message'
    const mark = isDirect(channel) ? '@' : isThread(channel) ? '' : '#'
    const line = `Message ${mark}${channelName(channel)}`
    return innerWidth < narrow ? line : `${line}, or / for commands`
  }

  private change(text: string, caret: number): void {
    this.text = text
    this.caret = caret
    this.closed = false
    this.active = 0
    this.problem = undefined
    const command = reached(this.leaves, text)
    if (command !== undefined) this.start(command.leaf, command.rest)
  }

  private start(leaf: Leaf | undefined, rest = ''): void {
    if (leaf !== undefined) this.draft = startDraft(leaf, rest)
  }

  private put(token: Token, offer: Offer): void {
    const { text, caret } = complete(this.text, token, offer.label)
    this.change(text, caret)
    this.focusText()
  }

  private readonly input = (event: Event) => {
    const field = event.target as HTMLTextAreaElement
    this.change(field.value, field.selectionStart)
  }

  private readonly moved = (event: Event) => {
    this.caret = (event.target as HTMLTextAreaElement).selectionStart
  }

  private readonly keys = (event: KeyboardEvent) => {
    if (event.isComposing) return
    const { help } = this
    const count = help?.offers.length ?? 0
    const act = {
      ArrowDown: () => count > 0 && this.hover((this.active + 1) % count),
      ArrowUp: () => (count > 0 ? this.hover((this.active - 1 + count) % count) : this.editLast()),
      Tab: () => !event.shiftKey && this.take(help),
      Enter: () => !event.shiftKey && this.enter(help),
      Escape: () => this.escape(help),
    }[event.key]
    if (act === undefined || act() === false) return
    event.preventDefault()
    void this.updateComplete.then(() =>
      this.querySelector('.offer.active')?.scrollIntoView({ block: 'nearest' }),
    )
  }

  private take(help: Help | undefined): boolean {
    const offer = help?.offers[this.active]
    if (offer !== undefined) help?.pick(offer)
    return offer !== undefined
  }

  private enter(help: Help | undefined): void {
    if (!this.take(help) && help === undefined) void this.send()
  }

  private escape(help: Help | undefined): void {
    if (help !== undefined && help.label !== 'Commands') this.closed = true
    else if (this.text.startsWith('/')) this.change('', 0)
    else this.page.session.update({ replyTo: undefined })
  }

  /** Arrow up in an empty line edits one's last message. */
  private editLast(): boolean {
    if (this.text !== '') return false
    const { session } = this.page
    const me = session.state.overview?.me.user.id
    const last = session.state.feeds.get(this.channel)?.messages.findLast(({ author }) => author.id === me)
    if (last === undefined) return false
    session.update({ editing: last.id })
    return true
  }

  private readonly send = async (): Promise<void> => {
    const { text, files, page } = this
    if ((text.trim() === '' && files.length === 0) || text.startsWith('/')) return
    this.change('', 0)
    this.files = []
    const sent = await sendMessage(page.session, encodeMentions(text.trim(), knownAt(page.session)), files)
    if (sent || this.text !== '') return
    this.change(text, text.length)
    this.files = files
  }

  private readonly addFiles = (event: Event) => {
    const field = event.target as HTMLInputElement
    void this.attach([...(field.files ?? [])])
    field.value = ''
  }

  private readonly paste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    void this.attach(files)
  }

  private async attach(files: readonly File[]): Promise<void> {
    try {
      const uploads = await Promise.all(files.map(readUpload))
      this.files = [...this.files, ...uploads].slice(0, 10)
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error)
    }
    this.focusText()
  }

  private readonly removeFile = (file: FileUpload) => {
    this.files = this.files.filter(each => each !== file)
  }

  private readonly leaveCommand = (event: CustomEvent<string>) => {
    this.draft = undefined
    this.text = event.detail
    this.caret = this.text.length
    this.active = 0
    this.focusText()
  }

  private readonly sentCommand = () => {
    this.draft = undefined
    this.change('', 0)
    this.focusText()
  }
}

customElements.define('sandbox-composer', SandboxComposer)
