import { html, nothing } from 'lit'
import type { HostAnswer, HostField, HostFormView } from '../../../forms.ts'
import { paths } from '../../../person-paths.ts'
import type { Page } from '../page.ts'
import { icons } from '../parts/icons.ts'
import { openDialog } from '../parts/popup.ts'
import { call, Refused } from '../state/api.ts'
import type { Session } from '../state/session.ts'

/** Buttons for what the program behind the sandbox offers on the page. */
export function hostForms({ session }: Page): unknown {
  const forms = session.state.info?.forms ?? []
  if (forms.length === 0) return nothing
  return html`<div class="host-forms">
    ${forms.map(
      form =>
        html`<button type="button" class="channel" @click=${() => open(form, session)}>${icons.plus}<span class="channel-name">${form.label}</span></button>`,
    )}
  </div>`
}

function open(form: HostFormView, session: Session): void {
  let busy = false
  let problem: string | undefined
  openDialog(form.label, (close, redraw) => {
    const submit = async (event: SubmitEvent) => {
      event.preventDefault()
      if (busy) return
      const data = new FormData(event.currentTarget as HTMLFormElement)
      busy = true
      problem = undefined
      redraw()
      const answer = await send(form, data)
      busy = false
      problem = answer.done ? undefined : answer.text
      if (!answer.done) return redraw()
      close()
      session.update({ drawer: false })
      session.note('done', answer.text)
    }
    return html`<form @submit=${submit} novalidate>
      <h2>${form.label}</h2>
      ${form.fields.map(input)}
      ${problem === undefined ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
      <footer>
        <button type="button" class="button ghost" @click=${close}>Cancel</button>
        <button class="button primary ${busy ? 'busy' : ''}" aria-busy=${busy}>
          <span class="button-face">${form.label}</span>${busy ? html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>` : nothing}
        </button>
      </footer>
    </form>`
  })
}

/** What the program said; a form that it could not be asked about stays open. */
async function send({ id, fields }: HostFormView, data: FormData): Promise<HostAnswer> {
  const values = fields.map(({ name }) => [name, String(data.get(name) ?? '')])
  try {
    return await call<HostAnswer>('POST', paths.form(id), { fields: Object.fromEntries(values) })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { done: false, text: error.message }
  }
}

function input({ name, label, long, required, max }: HostField) {
  const star = required === true ? html`<span class="star" aria-hidden="true">*</span>` : nothing
  const field =
    long === true
      ? html`<textarea rows="6" name=${name} maxlength=${max} aria-required=${required === true}></textarea>`
      : html`<input type="text" autocomplete="off" name=${name} maxlength=${max} aria-required=${required === true} />`
  return html`<label><span>${label}${star}</span>${field}</label>`
}
