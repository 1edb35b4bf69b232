import { html, type TemplateResult } from 'lit'
import type { Page } from '../page.ts'
import { avatar } from '../parts/avatar.ts'
import { icons } from '../parts/icons.ts'
import { openPopup } from '../parts/popup.ts'
import { saveSettings } from '../state/messages.ts'
import { userName } from '../state/places.ts'

/** Languages to try the bot's localised texts in. */
const locales = [
  'en-US',
  'en-GB',
  'de',
  'fr',
  'es-ES',
  'it',
  'nl',
  'pl',
  'pt-BR',
  'sv-SE',
  'tr',
  'ja',
  'ko',
  'zh-CN',
]

/** Lets one be somebody else, and set what the bot can see of oneself. */
export function openPeople(event: MouseEvent, page: Page): void {
  openPopup(event.currentTarget as Element, close => menu(page, close), {
    label: 'Who you are',
    role: 'dialog',
    above: true,
    className: 'people',
  })
}

function menu(page: Page, close: () => void): TemplateResult {
  const { info, overview, person } = page.session.state
  const become = (name: string) => {
    close()
    void page.boot.enter({ person: name, channel: page.session.state.channelId })
  }
  const me = overview?.me
  return html`<h3>Be somebody else</h3>
    ${(info?.people ?? []).map(
      each => html`<button type="button" class="item" aria-current=${each.name === person} @click=${() => become(each.name)}>
        ${avatar(each.user, 's')}<span class="offer-text"><span class="offer-label">${userName(each.user)}</span><small>${each.about}</small></span>
        ${each.name === person ? icons.check : ''}
      </button>`,
    )}
    <h3>Settings of ${me === undefined ? person : userName(me.user)}</h3>
    <label class="setting">
      <span>Direct messages from the bot</span>
      <input type="checkbox" role="switch" .checked=${me?.directMessages ?? true} @change=${(event: Event) =>
        void saveSettings(page.session, { directMessages: (event.target as HTMLInputElement).checked })} />
    </label>
    <label class="setting">
      <span>Language</span>
      <select @change=${(event: Event) => void saveSettings(page.session, { locale: (event.target as HTMLSelectElement).value })}>
        ${locales.map(locale => html`<option value=${locale} ?selected=${locale === me?.locale}>${languageName(locale)}</option>`)}
      </select>
    </label>`
}

const languageName = (locale: string): string =>
  new Intl.DisplayNames(undefined, { type: 'language' }).of(locale) ?? locale
