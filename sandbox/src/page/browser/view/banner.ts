import { html, nothing, type TemplateResult } from 'lit'
import type { Page } from '../page.ts'
import { icons } from '../parts/icons.ts'
import { userName } from '../state/places.ts'

/** Says what this page is, and what is wrong just now. */
export function banner({ session }: Page): TemplateResult {
  const { info, link, online } = session.state
  const bot = info === undefined ? 'The bot' : userName(info.bot)
  return html`<div class="banner" role="note">
      <span class="badge">Sandbox</span><span class="banner-text">${info?.notice ?? ''}</span>
    </div>
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
