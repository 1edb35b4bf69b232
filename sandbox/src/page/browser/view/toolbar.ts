import { html, nothing, type TemplateResult } from 'lit'
import type { MessageView } from '../../../person-api.ts'
import type { Page } from '../page.ts'
import { icons } from '../parts/icons.ts'
import { openPopup } from '../parts/popup.ts'
import { isEphemeral } from '../state/feed.ts'
import { may } from '../state/places.ts'
import { openMessageMenu } from './message-menu.ts'
import { emojiRow } from './reactions.ts'

/** What appears at a message's corner while the pointer or the focus is on it. */
export function toolbar(message: MessageView, page: Page): TemplateResult {
  const { channel } = page.session
  const answerable = channel?.canSend === true && !isEphemeral(message)
  const reacts = channel !== undefined && may(channel, 'AddReactions') && !isEphemeral(message)
  return html`<div class="toolbar" role="group" aria-label="Message actions">
    ${reacts ? action('Add reaction', icons.smile, event => openReactions(event, message, page)) : nothing}
    ${answerable ? action('Reply', icons.reply, () => page.reply(message)) : nothing}
    ${action('More', icons.more, event => openMessageMenu(event, message, page))}
  </div>`
}

const action = (label: string, face: TemplateResult, act: (event: MouseEvent) => void) =>
  html`<button type="button" aria-label=${label} title=${label} @click=${act}>${face}</button>`

function openReactions(event: MouseEvent, message: MessageView, page: Page): void {
  openPopup(event.currentTarget as Element, close => emojiRow(message, page, close), {
    label: 'Add reaction',
    className: 'emoji-popup',
    above: true,
  })
}
