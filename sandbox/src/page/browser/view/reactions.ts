import { html, nothing, type TemplateResult } from 'lit'
import type { MessageView } from '../../../person-api.ts'
import type { Page } from '../page.ts'
import { react } from '../state/messages.ts'

const quickEmoji = ['👍', '👎', '❤️', '🎉', '👀', '🤔', '✅', '🔖'] as const

export function reactions(message: MessageView, page: Page): unknown {
  const list = message.reactions ?? []
  if (list.length === 0) return nothing
  return html`<div class="reactions" role="group" aria-label="Reactions">
    ${list.map(({ emoji, count, me }) => {
      const name = emoji.name ?? ''
      return html`<button
        type="button"
        class="reaction ${me ? 'mine' : ''}"
        aria-pressed=${me}
        aria-label="${name}, ${count}"
        @click=${() => void react(page.session, message, name)}
      >
        <span class="emoji">${name}</span> ${count}
      </button>`
    })}
  </div>`
}

/** Discord has a picker of thousands; a sandbox needs a few. */
export const emojiRow = (message: MessageView, page: Page, close: () => void): TemplateResult =>
  html`<div class="emoji-row" role="group" aria-label="Reactions">
    ${quickEmoji.map(emoji => {
      const add = () => {
        close()
        void react(page.session, message, emoji)
      }
      return html`<button type="button" role="menuitem" aria-label="React with ${emoji}" @click=${add}>${emoji}</button>`
    })}
  </div>`
