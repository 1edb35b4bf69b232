import { html, nothing } from 'lit'
import type { MemberView } from '../../../person-api.ts'
import type { Page } from '../page.ts'
import { appTag } from '../parts/app-tag.ts'
import { avatar } from '../parts/avatar.ts'
import { memberName, membersAt } from '../state/places.ts'

/** Who is here. People are always there; the bot only while it is connected. */
export function members(page: Page): unknown {
  const { overview, online, info, membersShown } = page.session.state
  const { channel } = page.session
  if (!membersShown || overview === undefined || channel === undefined) return nothing
  const list = membersAt(overview, channel)
  const isHere = ({ user }: MemberView) => user.id !== info?.bot.id || online
  return html`<aside class="members" aria-label="Members">
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
