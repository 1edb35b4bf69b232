import type { APIUser } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import { userName } from '../state/channels.ts'
import { icons } from './icons.ts'

const tones = 8

/** A face drawn here: real ones would have to be fetched from outside. `status` adds the dot that says who is there. */
export function avatar(
  user: APIUser,
  size: 's' | 'm' | 'l' = 'm',
  status?: 'online' | 'offline',
): TemplateResult {
  const tone = Number(BigInt(user.id) % BigInt(tones))
  const face = user.bot === true ? icons.book : initials(userName(user))
  const kind = user.bot === true ? 'bot' : `tone-${tone}`
  return html`<span class="avatar ${size} ${kind}" aria-hidden="true"
    ><span class="face">${face}</span>${status === undefined ? nothing : html`<i class="dot ${status}"></i>`}</span
  >`
}

export const initials = (name: string): string =>
  name
    .split(/\s+/u)
    .slice(0, 2)
    .map(word => [...word][0]?.toUpperCase() ?? '')
    .join('')

/** Marks what a program wrote. */
export const appTag = html`<span class="tag" title="Written by an app">APP</span>`
