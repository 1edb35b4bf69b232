import { html, nothing, type TemplateResult } from 'lit'
import type { Page } from '../page.ts'
import { appTag } from '../parts/app-tag.ts'
import { avatar } from '../parts/avatar.ts'
import { icons } from '../parts/icons.ts'
import { userName } from '../state/places.ts'
import type { Notice } from '../state/session.ts'

/** A line that stands among the messages although it is none. */
export function notice(each: Notice, page: Page): TemplateResult {
  const { session } = page
  const dismiss = () => session.update({ notices: session.state.notices.filter(({ id }) => id !== each.id) })
  const bot = session.state.info?.bot
  const me = session.state.overview?.me.user
  if (each.about !== undefined && bot !== undefined && me !== undefined)
    return html`<article class="message notice ${each.kind}" tabindex="-1">
      <div class="origin">${avatar(me, 's')}<span class="name">${userName(me)}</span> used <span class="command">${each.about}</span></div>
      <div class="gutter">${avatar(bot)}</div>
      <div class="body">
        <header><span class="name">${userName(bot)}</span>${appTag}</header>
        ${
          each.kind === 'sending'
            ? html`<p class="thinking" role="status">${each.text}</p>`
            : html`<p class="failure" role="alert">${icons.alert} ${each.text}</p>`
        }
        ${each.kind === 'sending' ? nothing : html`<p class="only-you">${icons.eye} Only you can see this · ${dismissal(dismiss)}</p>`}
      </div>
    </article>`
  return html`<p class="notice line ${each.kind}" role=${each.kind === 'news' ? 'status' : 'alert'}>
    ${icons.alert} <span>${each.text}</span> ${dismissal(dismiss)}
  </p>`
}

const dismissal = (dismiss: () => void) =>
  html`<button type="button" class="link" @click=${dismiss}>Dismiss message</button>`
