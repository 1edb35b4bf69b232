import { type APIRole, type ChannelType, ApplicationCommandOptionType as Type } from 'discord-api-types/v10'
import type { ChannelView, MemberView, Suggestions } from '../../../person-api.ts'
import { channelName, isDirect, memberName, membersAt } from '../state/channels.ts'
import type { Typed } from '../state/interact.ts'
import type { Session } from '../state/session.ts'
import type { BasicOption } from './leaves.ts'

/** One line of a list that a field drops down. */
export interface Offer {
  readonly label: string
  readonly detail?: string | undefined
  readonly value: string | number | boolean
  readonly kind?: 'user' | 'role' | 'channel' | undefined
  readonly member?: MemberView | undefined
}

/** What names can stand for in the channel. */
export interface Known {
  readonly members: readonly MemberView[]
  readonly roles: readonly APIRole[]
  readonly channels: readonly ChannelView[]
  readonly guildId: string | undefined
}

const most = 25

/** What a field's list offers by itself, for what was typed; bots answer for options with autocomplete. */
export function offersFor(option: BasicOption, text: string, known: Known): readonly Offer[] {
  switch (option.type) {
    case Type.Boolean:
      return fitting(
        [
          { label: 'True', value: true },
          { label: 'False', value: false },
        ],
        text,
      )
    case Type.User:
      return fitting(users(known), text)
    case Type.Role:
      return fitting(roles(known), text)
    case Type.Mentionable:
      return fitting([...users(known), ...roles(known)], text)
    case Type.Channel:
      return fitting(channels(known, option.channel_types), text)
    case Type.String:
    case Type.Integer:
    case Type.Number:
      return fitting(
        (option.choices ?? []).map(({ name, value }) => ({ label: name, value })),
        text,
      )
    default:
      return []
  }
}

export const users = ({ members }: Known): Offer[] =>
  members.map(member => ({
    label: memberName(member),
    detail: member.user.username,
    value: member.user.id,
    kind: 'user',
    member,
  }))

export const roles = ({ roles: all, guildId }: Known): Offer[] =>
  all
    .filter(role => role.id !== guildId)
    .map(role => ({ label: `@${role.name}`, value: role.id, kind: 'role' }))

/** `types` empty or undefined: every channel of the server. */
export const channels = ({ channels: all }: Known, types: readonly ChannelType[] | undefined): Offer[] =>
  all
    .filter(channel => !isDirect(channel))
    .filter(({ type }) => types === undefined || types.length === 0 || types.includes(type))
    .map(channel => ({ label: `#${channelName(channel)}`, value: channel.id, kind: 'channel' }))

/** Those that begin with the text first, then those that hold it; marks before names do not count. */
export function fitting(offers: readonly Offer[], text: string): readonly Offer[] {
  const wanted = text.replace(/^[@#]/u, '').toLowerCase()
  const rank = ({ label, detail = '' }: Offer) => {
    const names = [label.replace(/^[@#]/u, ''), detail].map(name => name.toLowerCase())
    if (names.some(name => name.startsWith(wanted))) return 0
    return names.some(name => name.includes(wanted)) ? 1 : 2
  }
  return offers
    .filter(offer => rank(offer) < 2)
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, most)
}

type Ask = (typed: Typed & { readonly focused: string }, signal: AbortSignal) => Promise<Suggestions>

export interface Suggested {
  readonly state: 'idle' | 'loading' | 'failed' | 'ready'
  readonly offers: readonly Offer[]
}

const idle: Suggested = { state: 'idle', offers: [] }

/** Milliseconds without a key before the bot is asked. */
const rest = 120

/** Asks the bot for an option's suggestions while somebody types; only the newest question is answered. */
export class Suggester {
  current: Suggested = idle
  private question: AbortController | undefined
  private readonly ask: Ask
  private readonly changed: () => void

  constructor(ask: Ask, changed: () => void) {
    this.ask = ask
    this.changed = changed
  }

  stop(): void {
    this.question?.abort()
    this.set(idle)
  }

  /** @param typed the command as it stands, its option `focused` half typed */
  async about(typed: Typed & { readonly focused: string }): Promise<void> {
    this.question?.abort()
    const question = new AbortController()
    this.question = question
    this.set({ state: 'loading', offers: this.current.offers })
    await new Promise(resolve => setTimeout(resolve, rest))
    if (question.signal.aborted) return
    try {
      const { choices } = await this.ask(typed, question.signal)
      if (question.signal.aborted) return
      const offers = (choices ?? []).map(({ name, value }): Offer => ({ label: name, value }))
      this.set({ state: choices === undefined ? 'failed' : 'ready', offers })
    } catch {
      if (!question.signal.aborted) this.set({ state: 'failed', offers: [] })
    }
  }

  private set(current: Suggested): void {
    this.current = current
    this.changed()
  }
}

/** What names can stand for in the open channel. */
export function knownAt({ state, guild, channel }: Session): Known {
  return {
    members: state.overview === undefined ? [] : membersAt(state.overview, channel),
    roles: guild?.roles ?? [],
    channels: guild?.channels ?? [],
    guildId: guild?.id,
  }
}
