import { html, nothing, type TemplateResult } from 'lit'
import type { ChannelView, GuildView } from '../../../person-api.ts'
import type { Page } from '../page.ts'
import { avatar, initials } from '../parts/avatar.ts'
import { icons } from '../parts/icons.ts'
import {
  allChannels,
  channelName,
  channelTree,
  firstChannel,
  isForum,
  recipientOf,
  userName,
} from '../state/channels.ts'
import { directMessage } from '../state/messages.ts'
import { hostForms } from './host-form.ts'
import { openPeople } from './people.ts'

/** Servers at the edge, the channels of the open one, and who one is. */
export function sidebar(page: Page): TemplateResult {
  const { drawer } = page.session.state
  return html`<div class="sidebar ${drawer ? 'open' : ''}" id="sidebar">
    ${rail(page)}
    <div class="places">${page.session.guild === undefined ? directs(page) : channels(page.session.guild, page)} ${hostForms(page)} ${me(page)}</div>
  </div>`
}

function rail(page: Page) {
  const { overview, unread } = page.session.state
  const here = page.session.guild?.id
  const isUnread = (list: readonly ChannelView[]) => list.some(({ id }) => unread.has(id))
  return html`<nav class="rail" aria-label="Servers">
    ${server('Direct messages', icons.forum, here === undefined, isUnread(overview?.directMessages ?? []), () => openDirect(page))}
    <hr />
    ${(overview?.guilds ?? []).map(guild =>
      server(
        guild.name,
        html`<b>${initials(guild.name)}</b>`,
        guild.id === here,
        isUnread(guild.channels),
        () => page.goTo(firstOf(guild, page)),
      ),
    )}
  </nav>`
}

const server = (name: string, face: TemplateResult, current: boolean, unread: boolean, open: () => unknown) =>
  html`<button
    type="button"
    class="server ${current ? 'current' : ''} ${unread ? 'unread' : ''}"
    aria-label="${name}${unread ? ', unread' : ''}"
    aria-current=${current}
    title=${name}
    @click=${() => void open()}
  >
    ${face}
  </button>`

function firstOf(guild: GuildView, page: Page): string | undefined {
  const { overview } = page.session.state
  return overview && firstChannel({ ...overview, guilds: [guild], directMessages: [] })?.id
}

async function openDirect(page: Page, user = page.session.state.info?.bot.id): Promise<void> {
  const { overview } = page.session.state
  const known = overview && allChannels(overview).find(channel => recipientOf(channel)?.id === user)
  const channel = known ?? (user === undefined ? undefined : await directMessage(page.session, user))
  if (channel !== undefined) await page.goTo(channel.id)
}

function channels(guild: GuildView, page: Page) {
  return html`<nav class="channels" aria-label="Channels">
      <h2 class="places-head">${guild.name}</h2>
      ${channelTree(guild).map(
        ({ channel, threads }) => html`
        ${entry(channel, isForum(channel) ? icons.forum : icons.hash, page)}
        ${threads.map(thread => entry(thread, icons.thread, page, 'thread'))}
      `,
      )}
    </nav>`
}

function entry(channel: ChannelView, face: unknown, page: Page, kind = '') {
  const { channelId, unread } = page.session.state
  const isUnread = unread.has(channel.id)
  const current = channel.id === channelId
  return html`<button
    type="button"
    class="channel ${kind} ${current ? 'current' : ''} ${isUnread ? 'unread' : ''}"
    aria-current=${current ? 'page' : nothing}
    data-channel=${channel.id}
    @click=${() => void page.goTo(channel.id)}
  >
    ${face}<span class="channel-name">${channelName(channel)}</span>${isUnread ? html`<span class="visually-hidden">unread</span>` : nothing}
  </button>`
}

function directs(page: Page) {
  const { overview, info } = page.session.state
  const list = overview?.directMessages ?? []
  const strangers = [info?.bot].filter(
    user => user !== undefined && !list.some(channel => recipientOf(channel)?.id === user.id),
  )
  return html`<nav class="channels" aria-label="Direct messages">
      <h2 class="places-head">Direct messages</h2>
      ${list.map(channel => {
        const user = recipientOf(channel)
        return entry(channel, user === undefined ? icons.hash : avatar(user, 's'), page)
      })}
      ${strangers.map(
        user =>
          user &&
          html`<button type="button" class="channel" @click=${() => void openDirect(page, user.id)}>
        ${avatar(user, 's')}<span class="channel-name">${userName(user)}</span>
      </button>`,
      )}
    </nav>`
}

function me(page: Page) {
  const { overview } = page.session.state
  if (overview === undefined) return nothing
  const { me: person } = overview
  return html`<div class="me">
    <button type="button" class="me-who" aria-haspopup="menu" title="Who you are: press to be somebody else" @click=${(event: MouseEvent) => openPeople(event, page)}>
      ${avatar(person.user, 'm', 'online')}
      <span class="me-text"><b>${userName(person.user)}</b><small>${person.about}</small></span>
      <span class="switch">Switch</span>
    </button>
  </div>`
}
