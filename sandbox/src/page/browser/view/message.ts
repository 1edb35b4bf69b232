import { MessageFlags } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import type { MessageView } from '../../../person-api.ts'
import { decodeMentions, encodeMentions } from '../composer/mentions.ts'
import { knownAt } from '../composer/offers.ts'
import { type MarkdownContext, markdown } from '../markdown/render.ts'
import { fullText, sentText } from '../markdown/time.ts'
import type { Page } from '../page.ts'
import { appTag, avatar } from '../parts/avatar.ts'
import { icons } from '../parts/icons.ts'
import { memberName, userName } from '../state/channels.ts'
import { isEphemeral, isThinking } from '../state/feed.ts'
import { editMessage, removeMessage } from '../state/messages.ts'
import { attachments } from './attachments.ts'
import { components } from './components.ts'
import { embed } from './embed.ts'
import { openMessageMenu, toolbar } from './message-menu.ts'
import { origin, systemText } from './origin.ts'
import { poll } from './poll.ts'
import { reactions } from './reactions.ts'
import { threadLink } from './threads.ts'

/** @param compact under a message of the same author, without a head of its own */
export function messageView(message: MessageView, page: Page, compact: boolean): TemplateResult {
  const system = systemText(message)
  if (system !== undefined) return systemLine(message, system, page)
  const me = page.session.state.overview?.me.user.id
  const classes = [
    'message',
    compact ? 'compact' : '',
    isEphemeral(message) ? 'ephemeral' : '',
    message.mentions.some(user => user.id === me) ? 'mentions-me' : '',
    page.session.state.replyTo?.id === message.id ? 'replying' : '',
  ]
  return html`<article
    class=${classes.filter(name => name !== '').join(' ')}
    id="message-${message.id}"
    data-id=${message.id}
    tabindex="-1"
    aria-label="${nameOf(message, page)}, ${sentText(message.timestamp, page.session.state.now)}"
    @contextmenu=${(event: MouseEvent) => openMessageMenu(event, message, page)}
  >
    ${origin(message, page)}
    <div class="gutter">${compact ? hour(message, page) : avatar(message.author)}</div>
    <div class="body">
      ${compact ? nothing : head(message, page)} ${content(message, page)} ${underneath(message, page)}
    </div>
    ${toolbar(message, page)}
  </article>`
}

function nameOf(message: MessageView, page: Page): string {
  const member = page.session.guild?.members.find(({ user }) => user.id === message.author.id)
  return member === undefined ? userName(message.author) : memberName(member)
}

function head(message: MessageView, page: Page) {
  return html`<header>
    <span class="name">${nameOf(message, page)}</span>${message.author.bot === true ? appTag : nothing}
    <time class="when" datetime=${message.timestamp} title=${fullText(message.timestamp)}
      >${sentText(message.timestamp, page.session.state.now)}</time
    >
  </header>`
}

const hour = (message: MessageView, page: Page) =>
  html`<time class="hour" datetime=${message.timestamp}>${sentText(message.timestamp, page.session.state.now)}</time>`

function content(message: MessageView, page: Page) {
  if (isThinking(message))
    return html`<p class="thinking" role="status"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span
      >${nameOf(message, page)} is thinking…</p>`
  if (page.session.state.editing === message.id) return editor(message, page)
  const place: MarkdownContext = { page, mentioned: message.mentions }
  const edited =
    message.edited_timestamp === null || message.edited_timestamp === undefined
      ? nothing
      : html` <span class="edited" title=${fullText(message.edited_timestamp)}>(edited)</span>`
  const text =
    message.content === ''
      ? nothing
      : html`<div class="text ${onlyEmoji(message.content) ? 'jumbo' : ''}">${markdown(message.content, place)}${edited}</div>`
  return html`${text}${shownEmbeds(message).map(each => embed(each, place))}${attachments(message)}${
    message.content === '' && edited !== nothing ? html`<div class="text">${edited}</div>` : nothing
  }`
}

const shownEmbeds = (message: MessageView) =>
  ((message.flags ?? 0) & MessageFlags.SuppressEmbeds) === 0 ? message.embeds : []

const onlyEmoji = (text: string) => text.length < 60 && /^(?:\p{RGI_Emoji}\s*)+$/v.test(text)

function underneath(message: MessageView, page: Page) {
  const failure = page.session.state.failures.get(message.id)
  return html`${poll(message, page)}${components(message, page)}${
    failure === undefined ? nothing : html`<p class="failure" role="alert">${icons.alert} ${failure}</p>`
  }${reactions(message, page)}${threadLink(message, page)}${isEphemeral(message) ? dismissal(message, page) : nothing}`
}

function dismissal(message: MessageView, page: Page) {
  const dismiss = () => void removeMessage(page.session, message)
  return html`<p class="only-you">
    ${icons.eye} Only you can see this ·
    <button type="button" class="link" @click=${dismiss}>Dismiss message</button>
  </p>`
}

function systemLine(message: MessageView, text: string, page: Page) {
  return html`<article class="system" id="message-${message.id}" data-id=${message.id} tabindex="-1">
    <span class="gutter">${icons.thread}</span>
    <div><p><b>${nameOf(message, page)}</b> ${text} ${hour(message, page)}</p>${message.embeds.map(each => embed(each, { page }))}</div>
  </article>`
}

/** A message's text while its author changes it: Enter saves, Escape leaves. */
function editor(message: MessageView, page: Page): TemplateResult {
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
