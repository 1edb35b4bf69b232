import { html } from 'lit'
import { leavesOf, reached } from '../composer/leaves.ts'
import { channelById, channelName, memberName, userName } from '../state/places.ts'
import type { Place } from './place.ts'

/** Numbers below are ids as Discord writes them in a message. */
export function userMention(id: string, { page, mentioned = [] }: Place): unknown {
  const { overview, info } = page.session.state
  const member = page.session.guild?.members.find(({ user }) => user.id === id)
  const user =
    mentioned.find(each => each.id === id) ??
    info?.people.find(person => person.user.id === id)?.user ??
    (info?.bot.id === id ? info.bot : undefined)
  const name = member === undefined ? user && userName(user) : memberName(member)
  if (name === undefined) return html`<span class="mention">@unknown-user</span>`
  return html`<span class="mention ${id === overview?.me.user.id ? 'me' : ''}">@${name}</span>`
}

export function roleMention(id: string, { page }: Place): unknown {
  const role = page.session.guild?.roles.find(each => each.id === id)
  const name = role?.name ?? 'unknown-role'
  return html`<span class="mention">${name.startsWith('@') ? name : `@${name}`}</span>`
}

export function channelMention(id: string, { page }: Place): unknown {
  const { overview } = page.session.state
  const channel = overview && channelById(overview, id)
  if (channel === undefined) return html`<span class="mention"># unknown</span>`
  return html`<button type="button" class="mention" @click=${() => void page.goTo(id)}># ${channelName(channel)}</button>`
}

/** A click puts the command into the composer. */
export function slashMention(path: string, { page }: Place): unknown {
  const { commands, channelId = '' } = page.session.state
  const known = reached(leavesOf(commands.get(channelId) ?? []), `/${path} `) !== undefined
  if (!known) return html`<span class="mention">/${path}</span>`
  return html`<button type="button" class="mention" @click=${() => page.fill(`/${path} `)}>/${path}</button>`
}
