import { html, type TemplateResult } from 'lit'
import { type Draft, type Field, isFile, setChosen } from './draft.ts'
import { readUpload } from './upload.ts'

/** The field of an option that takes a file. */
export function filePill(
  { option, chosen }: Field,
  change: (how: (draft: Draft) => Draft) => void,
): TemplateResult {
  const load = async (event: Event) => {
    const field = event.target as HTMLInputElement
    const [file] = field.files ?? []
    if (file === undefined) return
    try {
      const upload = await readUpload(file)
      change(draft => setChosen(draft, option.name, upload.name, upload))
    } catch (error) {
      field.setCustomValidity(error instanceof Error ? error.message : String(error))
      field.reportValidity()
    }
  }
  return html`<label class="file-pill"
    >${isFile(chosen) ? chosen.name : 'Choose a file'}<input class="visually-hidden" type="file" data-option=${option.name} @change=${load}
  /></label>`
}
