import type { APIAttachment } from 'discord-api-types/v10'
import { html, nothing } from 'lit'
import type { MessageView } from '../../../person-api.ts'
import { icons } from '../parts/icons.ts'
import { ownAddress, webAddress } from '../parts/links.ts'
import { picture } from './picture.ts'

export function attachments(message: MessageView): unknown {
  const shown = message.attachments.filter(file => !message.embeds.some(each => each.image?.url === file.url))
  if (shown.length === 0) return nothing
  return html`<div class="attachments">${shown.map(attachment)}</div>`
}

function attachment(file: APIAttachment) {
  const isPicture = file.content_type?.startsWith('image/') === true && ownAddress(file.url) !== undefined
  if (isPicture)
    return html`<div class="picture">${picture(file.url, file.description ?? file.filename)}</div>`
  const target = ownAddress(file.url) ?? webAddress(file.url)
  const link =
    target === undefined
      ? nothing
      : html`<a class="download" href=${target} download=${file.filename} aria-label="Download ${file.filename}">${icons.download}</a>`
  return html`<div class="file">
    ${icons.file}
    <div class="file-text">
      ${target === undefined ? file.filename : html`<a href=${target} download=${file.filename}>${file.filename}</a>`}
      <small>${sizeText(file.size)}</small>
    </div>
    ${link}
  </div>`
}

/** Bytes in people's words. */
function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`
  const [size, unit] = bytes < 1024 ** 2 ? [bytes / 1024, 'KB'] : [bytes / 1024 ** 2, 'MB']
  return `${size.toFixed(size < 10 ? 2 : 1)} ${unit}`
}
