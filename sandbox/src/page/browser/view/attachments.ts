import type { APIAttachment } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import type { MessageView } from '../../../person-api.ts'
import { icons } from '../parts/icons.ts'
import { outward, ownAddress, webAddress } from '../parts/links.ts'

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

/** A picture that the sandbox holds; of any other only where it is, for the page loads nothing from outside. */
export function picture(url: string, alt: string): TemplateResult {
  const own = ownAddress(url)
  if (own !== undefined) return html`<img src=${own} alt=${alt} loading="lazy" />`
  const target = webAddress(url)
  if (target === undefined) return html`<span class="no-picture">A picture without an address</span>`
  return html`<span class="no-picture">${outward(target, html`${icons.outside} Picture on ${new URL(target).host}`)}</span>`
}
