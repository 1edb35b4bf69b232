import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { Page } from '../page.ts'
import { sendMessage } from '../state/messages.ts'
import type { State } from '../state/session.ts'
import { usesOf } from '../state/uses.ts'
import { Files, fileChips, replyBar } from './files.ts'
import { knownAt, type Offer } from './offers.ts'
import './command.ts'
import { type Draft, startDraft } from './draft.ts'
import { type Leaf, leavesOf, mostUsedFirst, reached } from './leaves.ts'
import { type Completion, complete, completionFor, encodeMentions } from './mentions.ts'
import { placeholder, textLine } from './text-view.ts'

/** The line one types in: messages with mentions, or commands with their options. */
export class SandboxComposer extends LitElement {
  static override readonly properties = {
    page: { attribute: false },
    state: { attribute: false },
    channel: {},
    text: { state: true },
    caret: { state: true },
    draft: { state: true },
    active: { state: true },
    closed: { state: true },
  }

  declare page: Page
  declare state: State
  /** Id of the channel: each keeps what was typed there. */
  declare channel: string
  declare text: string
  declare caret: number
  declare draft: Draft | undefined
  declare active: number
  /** Escape has closed the list. */
  declare closed: boolean
  private readonly texts = new Map<string, string>()
  private readonly files = new Files(() => this.requestUpdate())

  constructor() {
    super()
    this.text = ''
    this.caret = 0
    this.draft = undefined
    this.active = 0
    this.closed = false
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
    this.files.set([])
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
    const { page, files } = this
    const problem =
      files.problem === undefined
        ? nothing
        : html`<p class="panel-note problem" role="alert">${files.problem}</p>`
    return html`${replyBar(page)} ${fileChips(files.list, files.remove)} ${problem}
      ${
        this.draft === undefined
          ? this.textLine()
          : html`<sandbox-command .page=${page} .start=${this.draft} @leave=${this.leaveCommand} @sent=${this.sentCommand}></sandbox-command>`
      }`
  }

  private textLine() {
    const { text, active, help, input, moved, keys, paste, addFiles } = this
    return textLine({
      text,
      active,
      help,
      hint: placeholder(this.page.session.channel),
      pick: offer => help && this.pick(help, offer),
      hover: index => this.hover(index),
      input,
      moved,
      keys,
      paste,
      addFiles,
      slash: () => this.fill('/'),
      send: () => void this.send(),
    })
  }

  private get leaves(): readonly Leaf[] {
    return mostUsedFirst(leavesOf(this.page.session.state.commands.get(this.channel) ?? []), usesOf())
  }

  private get help(): Completion | undefined {
    return this.closed
      ? undefined
      : completionFor(this.text, this.caret, this.leaves, knownAt(this.page.session))
  }

  private hover(index: number): void {
    this.active = index
  }

  private change(text: string, caret: number): void {
    this.text = text
    this.caret = caret
    this.closed = false
    this.active = 0
    const command = reached(this.leaves, text)
    if (command !== undefined) this.draft = startDraft(command.leaf, command.rest)
  }

  private pick(help: Completion, offer: Offer): void {
    if (help.kind === 'commands') {
      const leaf = help.found.find(({ path }) => path === offer.value)
      if (leaf !== undefined) this.draft = startDraft(leaf)
      return
    }
    const { text, caret } = complete(this.text, help.token, offer.label)
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

  private take(help: Completion | undefined): boolean {
    const offer = help?.offers[this.active]
    if (help !== undefined && offer !== undefined) this.pick(help, offer)
    return offer !== undefined
  }

  private enter(help: Completion | undefined): void {
    if (!this.take(help) && help === undefined) void this.send()
  }

  private escape(help: Completion | undefined): void {
    if (help?.kind === 'names') this.closed = true
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

  private async send(): Promise<void> {
    const { text, page, files, channel } = this
    const sending = files.list
    if ((text.trim() === '' && sending.length === 0) || text.startsWith('/')) return
    this.change('', 0)
    files.set([])
    const known = knownAt(page.session)
    const sent = await sendMessage(page.session, encodeMentions(text.trim(), known), sending)
    if (sent || this.text !== '' || this.channel !== channel) return
    this.change(text, text.length)
    files.set(sending)
  }

  private readonly addFiles = async (event: Event) => {
    const field = event.target as HTMLInputElement
    await this.files.add([...(field.files ?? [])])
    field.value = ''
    this.focusText()
  }

  private readonly paste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    void this.files.add(files)
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
