import { html, type TemplateResult } from 'lit'
import type { MessageView } from '../../../person-api.ts'
import { decodeMentions, encodeMentions } from '../composer/mentions.ts'
import type { Page } from '../page.ts'
import { knownAt } from '../state/known.ts'
import { editMessage } from '../state/messages.ts'

/** A message's text while its author changes it: Enter saves, Escape leaves. */
export function editor(message: MessageView, page: Page): TemplateResult {
  const known = knownAt(page.session)
  const leave = () => {
    page.session.update({ editing: undefined })
    requestAnimationFrame(() => document.getElementById(`message-${message.id}`)?.focus())
  }
  const keys = (event: KeyboardEvent) => {
    const field = event.currentTarget as HTMLTextAreaElement
    if (event.key === 'Escape') leave()
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    const text = field.value.trim()
    if (text === '' || text === decodeMentions(message.content, known)) leave()
    else void editMessage(page.session, message, encodeMentions(text, known))
  }
  return html`<div class="editor">
    <textarea
      autofocus
      maxlength="2000"
      aria-label="Edit message"
      .defaultValue=${decodeMentions(message.content, known)}
      @keydown=${keys}
    ></textarea>
    <small>Escape to leave · Enter to save</small>
  </div>`
}
