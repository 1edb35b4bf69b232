import { html, nothing, type TemplateResult } from 'lit'
import type { MemberView } from '../../../person-api.ts'
import type { Page } from '../page.ts'
import { appTag, avatar } from '../parts/avatar.ts'
import { icons } from '../parts/icons.ts'
import { openPopup } from '../parts/popup.ts'
import { memberName, membersAt, userName } from '../state/channels.ts'
import { saveSettings } from '../state/messages.ts'

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
  return html`<h2>Be somebody else</h2>
    ${(info?.people ?? []).map(
      each => html`<button type="button" class="item" aria-current=${each.name === person} @click=${() => become(each.name)}>
        ${avatar(each.user, 's')}<span class="offer-text"><span class="offer-label">${userName(each.user)}</span><small>${each.about}</small></span>
        ${each.name === person ? icons.check : ''}
      </button>`,
    )}
    <h2>Settings of ${me === undefined ? person : userName(me.user)}</h2>
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

/** Below this width the members have no place of their own. */
const narrow = '(max-width: 1099px)'

/** Shows and hides the members: beside the messages, or over them. */
export function membersButton({ session }: Page): TemplateResult {
  const { membersShown, membersDrawer } = session.state
  const isNarrow = matchMedia(narrow).matches
  const toggle = () =>
    session.update(isNarrow ? { membersDrawer: !membersDrawer } : { membersShown: !membersShown })
  return html`<button
    type="button"
    class="icon-button"
    aria-label="Members"
    aria-pressed=${isNarrow ? membersDrawer : membersShown}
    aria-controls="members"
    title="Members"
    @click=${toggle}
  >
    ${icons.people}
  </button>`
}

/** Who is here. People are always there; the bot only while it is connected. */
export function members(page: Page): unknown {
  const { overview, online, info, membersShown, membersDrawer } = page.session.state
  const { channel } = page.session
  if (!(membersShown || membersDrawer) || overview === undefined || channel === undefined) return nothing
  const list = membersAt(overview, channel)
  const isHere = ({ user }: MemberView) => user.id !== info?.bot.id || online
  return html`<aside class="members ${membersDrawer ? 'open' : ''}" id="members" aria-label="Members">
    ${group('Online', list.filter(isHere), 'online')}
    ${group(
      'Offline',
      list.filter(member => !isHere(member)),
      'offline',
    )}
  </aside>`
}

function group(title: string, list: readonly MemberView[], status: 'online' | 'offline') {
  if (list.length === 0) return nothing
  return html`<h2>${title} — ${list.length}</h2>
    <ul>
      ${list.map(
        member => html`<li class=${status}>
          ${avatar(member.user, 'm', status)}<span class="name">${memberName(member)}</span>${member.user.bot === true ? appTag : nothing}
        </li>`,
      )}
    </ul>`
}
