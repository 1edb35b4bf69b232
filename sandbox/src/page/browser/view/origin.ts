import { MessageType } from 'discord-api-types/v10'
import { html, nothing } from 'lit'
import type { MessageView } from '../../../person-api.ts'
import { markdown } from '../markdown/render.ts'
import type { Page } from '../page.ts'
import { avatar } from '../parts/avatar.ts'
import { userName } from '../state/channels.ts'

/** The line above a message that answers something: a command, or another message. */
export function origin(message: MessageView, page: Page): unknown {
  const used = message.interaction_metadata
  const name = commandName(message)
  if (used !== undefined && name !== undefined)
    return html`<div class="origin">
      ${avatar(used.user, 's')}<span class="name">${userName(used.user)}</span> used
      <span class="command">${name}</span>
    </div>`
  if (message.type !== MessageType.Reply) return nothing
  const original = answered(message, page)
  if (original === undefined) return nothing
  if (original === null) return html`<div class="origin"><i>Original message was deleted</i></div>`
  const text = original.content || (original.embeds[0]?.title ?? original.embeds[0]?.description ?? '')
  return html`<div class="origin">
    ${avatar(original.author, 's')}<span class="name">${userName(original.author)}</span>
    <button type="button" class="excerpt" @click=${() => void page.jump(message.channel_id, original.id)}>
      ${text === '' ? html`<i>Click to see the message</i>` : markdown(firstLine(text), { page, mentioned: original.mentions, plain: true })}
    </button>
  </div>`
}

/** The message above an answer: the one it replies to, or the one whose button was pressed. Null: deleted. */
function answered(message: MessageView, page: Page): MessageView | null | undefined {
  if (message.referenced_message !== undefined) return message.referenced_message
  const used = message.interaction_metadata
  if (used === undefined || !('interacted_message_id' in used)) return undefined
  const known = page.session.state.feeds.get(message.channel_id)?.messages
  return known?.find(({ id }) => id === used.interacted_message_id)
}

function commandName(message: MessageView): string | undefined {
  const name = message.interaction?.name
  if (name === undefined) return undefined
  return message.type === MessageType.ChatInputCommand ? `/${name}` : name
}

const firstLine = (text: string) =>
  (text.split('\n')[0] ?? '').replace(/^(?:-?#+|>{1,3})\s+/u, '').slice(0, 200)

/** Messages that nobody wrote, in words; undefined for the others. */
export function systemText(message: MessageView): string | undefined {
  switch (message.type) {
    case MessageType.ThreadCreated:
      return `started a thread: ${message.content}`
    case MessageType.UserJoin:
      return 'joined the server.'
    case MessageType.ChannelPinnedMessage:
      return 'pinned a message to this channel.'
    case MessageType.PollResult:
      return 'closed a poll.'
    case MessageType.ThreadStarterMessage:
      return 'started this thread.'
    default:
      return undefined
  }
}
