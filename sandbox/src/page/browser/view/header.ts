import { html, nothing, type TemplateResult } from 'lit'
import type { Page } from '../page.ts'
import { icons } from '../parts/icons.ts'
import { openThemes } from '../parts/theme.ts'
import {
  channelById,
  channelName,
  isDirect,
  isForum,
  isThread,
  parentOf,
  topicOf,
  userName,
} from '../state/channels.ts'
import { clock } from './clock.ts'
import { membersButton } from './people.ts'

export function header(page: Page): TemplateResult {
  const { session } = page
  const { channel, state } = session
  const { drawer } = state
  return html`<header class="top">
    <button
      type="button"
      class="icon-button only-narrow"
      aria-label="Channels"
      aria-expanded=${drawer}
      aria-controls="sidebar"
      @click=${() => session.update({ drawer: !drawer })}
    >
      ${icons.menu}
    </button>
    ${channel === undefined ? nothing : title(page)}
    <span class="grow"></span>
    ${clock(page)}
    <button
      type="button"
      class="icon-button"
      aria-label="Theme"
      aria-haspopup="menu"
      title="Theme"
      @click=${openThemes}
    >
      ${icons.theme}
    </button>
    ${membersButton(page)}
  </header>`
}

function title(page: Page) {
  const { channel, state } = page.session
  if (channel === undefined || state.overview === undefined) return nothing
  const face = isThread(channel)
    ? icons.thread
    : isForum(channel)
      ? icons.forum
      : isDirect(channel)
        ? '@'
        : icons.hash
  const parent = isThread(channel) ? channelById(state.overview, parentOf(channel)) : undefined
  const topic = topicOf(channel)
  return html`${
    parent === undefined
      ? nothing
      : html`<button type="button" class="crumb" @click=${() => void page.goTo(parent.id)}>${channelName(parent)}</button><span class="crumb-mark">›</span>`
  }
    <span class="top-mark" aria-hidden="true">${face}</span>
    <h1>${channelName(channel)}</h1>
    ${topic === undefined || isForum(channel) ? nothing : html`<p class="topic" title=${topic}>${topic}</p>`}`
}

/** Says what this page is, and what is wrong just now. */
export function banner({ session }: Page): TemplateResult {
  const { info, link, online } = session.state
  const bot = info === undefined ? 'The bot' : userName(info.bot)
  return html`<aside class="banner" aria-label="About this page">
      <span class="badge">Sandbox</span><span class="banner-text">${info?.notice ?? ''}</span>
    </aside>
    ${
      link === 'lost'
        ? html`<p class="alarm" role="status">${icons.alert} The sandbox does not answer. Trying again…</p>`
        : nothing
    }
    ${
      link === 'open' && !online
        ? html`<p class="alarm quiet" role="status">${icons.alert} ${bot} is offline: it answers nothing until it is connected again.</p>`
        : nothing
    }`
}
