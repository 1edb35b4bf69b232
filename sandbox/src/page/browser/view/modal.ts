import {
  type APIModalInteractionResponseCallbackData,
  type APISelectMenuComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { knownAt, type Offer } from '../composer/offers.ts'
import type { Page } from '../page.ts'
import { submitModal } from '../state/interact.ts'
import { menuChosen, menuOffers } from './components.ts'

/** A form that the bot asked for. What was typed survives a bot that does not answer. */
class SandboxModal extends LitElement {
  static override readonly properties = {
    page: { attribute: false },
    form: { attribute: false },
    problem: { state: true },
    busy: { state: true },
  }

  declare page: Page
  declare form: APIModalInteractionResponseCallbackData
  declare problem: string | undefined
  declare busy: boolean
  private readonly menus = new Map<string, readonly string[]>()

  constructor() {
    super()
    this.problem = undefined
    this.busy = false
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  /** Closing it, unlike taking it away, brings the focus back to where it was. */
  private get dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog')
  }

  protected override firstUpdated(): void {
    this.dialog?.showModal()
    this.querySelector<HTMLElement>('input, textarea')?.focus()
  }

  protected override render(): TemplateResult {
    const bot = this.page.session.state.info?.bot.username ?? 'the app'
    return html`<dialog class="dialog modal" aria-labelledby="modal-title" @cancel=${this.leave}>
      <form @submit=${this.submit} novalidate>
        <h2 id="modal-title">${this.form.title}</h2>
        <p class="note">This form goes to ${bot}. Do not share passwords.</p>
        ${fieldsOf(this.form).map(field => this.field(field))}
        ${this.problem === undefined ? nothing : html`<p class="failure" role="alert">${this.problem}</p>`}
        <footer>
          <button type="button" class="button ghost" @click=${this.leave}>Cancel</button>
          <button class="button primary ${this.busy ? 'busy' : ''}" aria-busy=${this.busy}>
            <span class="button-face">Submit</span>${this.busy ? html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>` : nothing}
          </button>
        </footer>
      </form>
    </dialog>`
  }

  private field(field: FormField) {
    if (field.kind === 'text') return html`<p>${field.text}</p>`
    const star = field.required ? html`<span class="star" aria-hidden="true">*</span>` : nothing
    const about =
      field.description === undefined ? nothing : html`<small class="note">${field.description}</small>`
    if (field.kind === 'menu')
      return html`<div class="labelled"><span>${field.label}${star}</span>${about}${this.menu(field)}</div>`
    return html`<label><span>${field.label}${star}</span>${about}${this.input(field)}</label>`
  }

  private menu(field: Extract<FormField, { kind: 'menu' }>) {
    return html`<sandbox-select
      .label=${field.label}
      .placeholder=${field.placeholder}
      .offers=${field.offers(this.page)}
      .preset=${field.chosen}
      .min=${field.min}
      .max=${field.max}
      @commit=${(event: CustomEvent<string[]>) => this.menus.set(field.id, event.detail)}
    ></sandbox-select>`
  }

  private input(field: Extract<FormField, { kind: 'input' }>) {
    const common = { name: field.id, placeholder: field.placeholder }
    return field.long
      ? html`<textarea rows="4" name=${common.name} placeholder=${common.placeholder} maxlength=${field.max} .defaultValue=${field.value} aria-required=${field.required}></textarea>`
      : html`<input type="text" autocomplete="off" name=${common.name} placeholder=${common.placeholder} maxlength=${field.max} .defaultValue=${field.value} aria-required=${field.required} />`
  }

  private readonly leave = (event: Event) => {
    event.preventDefault()
    this.dialog?.close()
    this.page.session.update({ modal: undefined })
  }

  private readonly submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (this.busy) return
    const data = new FormData(event.currentTarget as HTMLFormElement)
    const fields = fieldsOf(this.form).filter(field => field.kind !== 'text')
    const answers = fields.map((field): [string, string | readonly string[]] => [
      field.id,
      field.kind === 'menu' ? (this.menus.get(field.id) ?? field.chosen) : String(data.get(field.id) ?? ''),
    ])
    this.problem = fields
      .map((field, index) => missing(field, answers[index]?.[1] ?? ''))
      .find(text => text !== undefined)
    if (this.problem !== undefined) return
    this.busy = true
    this.problem = await submitModal(this.page.session, Object.fromEntries(answers), () =>
      this.dialog?.close(),
    )
    this.busy = false
  }
}

function missing(
  field: Exclude<FormField, { kind: 'text' }>,
  answer: string | readonly string[],
): string | undefined {
  if (field.required && answer.length === 0) return `${field.label} is needed.`
  const short = field.kind === 'input' && answer.length > 0 && answer.length < field.min
  return short ? `${field.label} needs at least ${field.min} characters.` : undefined
}

customElements.define('sandbox-modal', SandboxModal)

interface Common {
  readonly id: string
  readonly label: string
  readonly description: string | undefined
  readonly required: boolean
  readonly placeholder: string
  readonly min: number
  readonly max: number
}

/** A form's parts in the two ways that Discord has of writing them: labels around fields, and rows of text inputs. */
type FormField =
  | { readonly kind: 'text'; readonly text: string }
  | (Common & { readonly kind: 'input'; readonly long: boolean; readonly value: string })
  | (Common & {
      readonly kind: 'menu'
      readonly chosen: readonly string[]
      readonly offers: (page: Page) => readonly Offer[]
    })

function fieldsOf({ components }: APIModalInteractionResponseCallbackData): readonly FormField[] {
  return components.flatMap((part): FormField[] => {
    if (part.type === ComponentType.ActionRow)
      return part.components.flatMap(each =>
        each.type === ComponentType.TextInput ? [input(each, each.label ?? '')] : [],
      )
    if (part.type === ComponentType.TextDisplay) return [{ kind: 'text', text: part.content }]
    if (part.type !== ComponentType.Label) return []
    const child = part.component
    if (child.type === ComponentType.TextInput) return [input(child, part.label, part.description)]
    return isMenu(child) ? [menu(child, part.label, part.description)] : []
  })
}

const isMenu = (part: { readonly type: ComponentType }): part is APISelectMenuComponent =>
  [
    ComponentType.StringSelect,
    ComponentType.UserSelect,
    ComponentType.RoleSelect,
    ComponentType.MentionableSelect,
    ComponentType.ChannelSelect,
  ].includes(part.type)

const input = (part: APITextInputComponent, label: string, description?: string): FormField => ({
  kind: 'input',
  id: part.custom_id,
  label,
  description,
  required: part.required ?? true,
  placeholder: part.placeholder ?? '',
  min: part.min_length ?? 0,
  max: part.max_length ?? 4000,
  long: part.style === TextInputStyle.Paragraph,
  value: part.value ?? '',
})

const menu = (part: APISelectMenuComponent, label: string, description?: string): FormField => ({
  kind: 'menu',
  id: part.custom_id,
  label,
  description,
  required: ('required' in part ? part.required : undefined) ?? true,
  placeholder: part.placeholder ?? 'Make a selection',
  min: part.min_values ?? 1,
  max: part.max_values ?? 1,
  chosen: menuChosen(part),
  offers: page => menuOffers(part, knownAt(page.session)),
})
