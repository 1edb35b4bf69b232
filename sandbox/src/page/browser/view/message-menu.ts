import { ApplicationCommandType } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import type { MessageView } from '../../../person-api.ts'
import type { Page } from '../page.ts'
import { icons } from '../parts/icons.ts'
import { type Anchor, openPopup } from '../parts/popup.ts'
import { channelById, isThread, may } from '../state/channels.ts'
import { isEphemeral } from '../state/feed.ts'
import { runMenu } from '../state/interact.ts'
import { removeMessage } from '../state/messages.ts'
import { emojiRow } from './reactions.ts'
import { askThread } from './threads.ts'

/** The menu of a message, by the button at its corner or by a right click. */
export function openMessageMenu(event: MouseEvent, message: MessageView, page: Page): void {
  const target = event.target as Element
  const byPointer = event.type === 'contextmenu'
  if (byPointer && (target.closest('a, textarea, input') !== null || !getSelection()?.isCollapsed)) return
  event.preventDefault()
  event.stopPropagation()
  const keyboard = byPointer && event.clientX === 0 && event.clientY === 0
  const anchor: Anchor =
    byPointer && !keyboard ? { x: event.clientX, y: event.clientY } : (event.currentTarget as Element)
  openPopup(anchor, close => menu(message, page, close), { label: 'Message actions' })
}

function menu(message: MessageView, page: Page, close: () => void): TemplateResult {
  const item = (label: string, face: TemplateResult, act: () => unknown, danger = false) => {
    const run = () => {
      close()
      void act()
    }
    return html`<button type="button" role="menuitem" class="item ${danger ? 'danger' : ''}" @click=${run}>
      <span>${label}</span>${face}
    </button>`
  }
  const { channel } = page.session
  const here = channel?.canSend === true && !isEphemeral(message)
  return html`
    ${channel !== undefined && may(channel, 'AddReactions') && !isEphemeral(message) ? emojiRow(message, page, close) : nothing}
    ${here ? item('Reply', icons.reply, () => page.reply(message)) : nothing}
    ${isMine(message, page) ? item('Edit Message', icons.pencil, () => page.session.update({ editing: message.id })) : nothing}
    ${canThread(message, page) ? item('Create Thread', icons.thread, () => askThread(message, page)) : nothing}
    ${message.content === '' ? nothing : item('Copy Text', icons.copy, () => navigator.clipboard.writeText(message.content))}
    ${apps(message, page, item)} ${removal(message, page, item)}
  `
}

type Item = (label: string, face: TemplateResult, act: () => unknown, danger?: boolean) => TemplateResult

function apps(message: MessageView, page: Page, item: Item) {
  const { commands, channelId = '' } = page.session.state
  const list = (commands.get(channelId) ?? []).filter(({ type }) => type === ApplicationCommandType.Message)
  if (list.length === 0 || isEphemeral(message)) return nothing
  return html`<div class="group" role="group" aria-label="Apps">
    <h3 aria-hidden="true">Apps</h3>
    ${list.map(command => item(command.name, icons.book, () => runMenu(page.session, message, command)))}
  </div>`
}

function removal(message: MessageView, page: Page, item: Item) {
  const remove = () => removeMessage(page.session, message)
  if (isEphemeral(message)) return item('Dismiss Message', icons.close, remove)
  const { channel } = page.session
  const allowed = isMine(message, page) || (channel !== undefined && may(channel, 'ManageMessages'))
  return allowed ? item('Delete Message', icons.bin, remove, true) : nothing
}

const isMine = (message: MessageView, page: Page) =>
  message.author.id === page.session.state.overview?.me.user.id

function canThread(message: MessageView, page: Page): boolean {
  const { channel, state } = page.session
  if (channel === undefined || state.overview === undefined || page.session.guild === undefined) return false
  if (isThread(channel) || isEphemeral(message) || channelById(state.overview, message.id) !== undefined)
    return false
  return may(channel, 'CreatePublicThreads')
}

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
