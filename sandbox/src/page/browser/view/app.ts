import { html, nothing, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { Page } from '../page.ts'
import '../composer/composer.ts'
import { icons } from '../parts/icons.ts'
import { isForum, userName } from '../state/channels.ts'
import { banner, header } from './header.ts'
import { forum } from './threads.ts'
import './log.ts'
import { members } from './people.ts'
import './modal.ts'
import { sidebar } from './sidebar.ts'

/** The whole page. */
export function app(page: Page): TemplateResult {
  const { session } = page
  const { state } = session
  if (state.overview === undefined)
    return html`${banner(page)}<p class="start" role="status">${state.fatal ?? 'Opening the sandbox…'}</p>`
  const { modal, drawer, membersDrawer } = state
  return html`<a class="skip" href="#composer" @click=${toComposer}>To the message line</a>
    ${banner(page)}
    <div class="columns">
      ${sidebar(page)}
      ${drawer ? html`<button type="button" class="shade" aria-label="Close the channels" @click=${() => session.update({ drawer: false })}></button>` : nothing}
      <main>${header(page)}${content(page)}</main>
      ${members(page)}
      ${membersDrawer ? html`<button type="button" class="shade of-members" aria-label="Close the members" @click=${() => session.update({ membersDrawer: false })}></button>` : nothing}
    </div>
    ${modal === undefined ? nothing : keyed(modal.interaction, html`<sandbox-modal .page=${page} .form=${modal.form}></sandbox-modal>`)}`
}

function toComposer(event: Event): void {
  event.preventDefault()
  document.querySelector<HTMLElement>('sandbox-composer textarea')?.focus()
}

function content(page: Page): TemplateResult {
  const { channel, state } = page.session
  if (channel === undefined)
    return html`<p class="start">${userName(state.overview?.me.user ?? nobody)} sees no channel here.</p>`
  if (isForum(channel)) return forum(channel, page)
  return html`<sandbox-log .page=${page} .state=${state}></sandbox-log>
    <div class="foot" id="composer">
      ${
        channel.canSend
          ? html`<sandbox-composer .page=${page} .state=${state} .channel=${channel.id}></sandbox-composer>`
          : html`<p class="closed">${icons.alert} You do not have permission to send messages in this channel.</p>`
      }
      ${typing(page)}
    </div>`
}

const nobody = { id: '0', username: 'Nobody', global_name: null, discriminator: '0', avatar: null }

function typing({ session }: Page): TemplateResult {
  const { typing: all, channelId = '', now } = session.state
  const names = (all.get(channelId) ?? [])
    .filter(({ until }) => until > now)
    .map(({ user }) => userName(user))
  if (names.length === 0) return html`<p class="typing"></p>`
  const verb = names.length === 1 ? 'is' : 'are'
  return html`<p class="typing" role="status"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span> <b>${names.join(', ')}</b> ${verb} typing…</p>`
}
