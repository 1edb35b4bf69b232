import { html, nothing } from 'lit'
import type { ChannelView, MessageView } from '../../../person-api.ts'
import type { Page } from '../page.ts'
import { icons } from '../parts/icons.ts'
import { channelById, channelName } from '../state/places.ts'

/** The way into a thread that hangs on a message; it has the message's id. */
export function threadLink(message: MessageView, page: Page): unknown {
  const { overview, channelId } = page.session.state
  if (message.id === channelId || overview === undefined) return nothing
  const thread = channelById(overview, message.thread?.id ?? message.id)
  if (thread === undefined) return nothing
  return html`<button type="button" class="thread-link" @click=${() => void page.goTo(thread.id)}>
    ${icons.thread}<span><b>${channelName(thread)}</b> <small>${countText(thread)}</small></span>
  </button>`
}

function countText(thread: ChannelView): string {
  const count = ('message_count' in thread ? thread.message_count : undefined) ?? 0
  return count === 0 ? 'Open the thread' : `${count} ${count === 1 ? 'message' : 'messages'} ›`
}
