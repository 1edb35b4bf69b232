import { html, nothing, type TemplateResult } from 'lit'
import type { FileUpload } from '../../../person-api.ts'
import type { Page } from '../page.ts'
import { icons } from '../parts/icons.ts'
import { userName } from '../state/channels.ts'
import { type Draft, type Field, isFile, setChosen } from './draft.ts'

/** Discord's limit for one message. */
const most = 10

/** The files that go with the next message. */
export class Files {
  list: readonly FileUpload[] = []
  /** Why the last one could not be taken. */
  problem: string | undefined
  private readonly changed: () => void

  constructor(changed: () => void) {
    this.changed = changed
  }

  set(list: readonly FileUpload[]): void {
    this.list = list.slice(0, most)
    this.problem = undefined
    this.changed()
  }

  readonly remove = (file: FileUpload): void => this.set(this.list.filter(each => each !== file))

  async add(files: readonly File[]): Promise<void> {
    try {
      const uploads = await Promise.all(files.map(readUpload))
      this.set([...this.list, ...uploads])
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error)
      this.changed()
    }
  }
}

/** Bytes: what Discord takes without a boost, and the sandbox too. */
const largestFile = 10 * 1024 * 1024

/** @throws Error with a text for people where the file is too large */
async function readUpload(file: File): Promise<FileUpload> {
  if (file.size > largestFile) throw new Error(`${file.name} is larger than 10 MB.`)
  const base64 = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/u, ''))
    reader.onerror = () => reject(new Error(`${file.name} cannot be read.`))
    reader.readAsDataURL(file)
  })
  return { name: file.name, base64, ...(file.type === '' ? {} : { contentType: file.type }) }
}

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

/** Whom the next message answers. */
export function replyBar({ session }: Page): unknown {
  const { replyTo } = session.state
  if (replyTo === undefined) return nothing
  return html`<div class="bar">
    <span>Replying to <b>${userName(replyTo.author)}</b></span>
    <button type="button" class="icon-button" aria-label="Do not reply" @click=${() => session.update({ replyTo: undefined })}>${icons.close}</button>
  </div>`
}

export function fileChips(files: readonly FileUpload[], remove: (file: FileUpload) => void): unknown {
  if (files.length === 0) return nothing
  return html`<ul class="bar chips" aria-label="Files to send">
    ${files.map(
      file =>
        html`<li>
          ${icons.file} ${file.name}
          <button type="button" class="icon-button" aria-label="Remove ${file.name}" @click=${() => remove(file)}>${icons.close}</button>
        </li>`,
    )}
  </ul>`
}
