import { html, nothing } from 'lit'
import type { FileUpload } from '../../../person-api.ts'
import type { Page } from '../page.ts'
import { icons } from '../parts/icons.ts'
import { userName } from '../state/places.ts'

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
