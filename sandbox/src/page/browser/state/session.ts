import type { APIModalInteractionResponseCallbackData, APIUser } from 'discord-api-types/v10'
import type { ChannelView, CommandView, GuildView, Info, MessageView, Overview } from '../../../person-api.ts'
import { channelById, guildOf } from './channels.ts'
import type { Feed } from './feed.ts'

/** A line that only this page knows: an invocation that failed, a refused message, a restart. */
export interface Notice {
  readonly id: number
  readonly channelId: string
  readonly text: string
  readonly kind: 'sending' | 'failed' | 'refused' | 'news' | 'done'
  /** What was tried, such as `/paper`. */
  readonly about?: string | undefined
  /** The message it stands under; at the top without one. */
  readonly after: string | undefined
}

interface OpenModal {
  readonly interaction: string
  readonly form: APIModalInteractionResponseCallbackData
}

/** Everything the page shows. Changed by actions and events only, always through `update`. */
export interface State {
  readonly info: Info | undefined
  readonly person: string
  readonly overview: Overview | undefined
  readonly channelId: string | undefined
  readonly link: 'connecting' | 'open' | 'lost'
  readonly online: boolean
  readonly feeds: ReadonlyMap<string, Feed>
  readonly commands: ReadonlyMap<string, readonly CommandView[]>
  readonly unread: ReadonlySet<string>
  readonly typing: ReadonlyMap<string, readonly { readonly user: APIUser; readonly until: number }[]>
  readonly notices: readonly Notice[]
  /** Components that wait for the bot: message id and custom id. */
  readonly pending: ReadonlySet<string>
  /** Messages whose component the bot did not answer, with what to say. */
  readonly failures: ReadonlyMap<string, string>
  readonly modal: OpenModal | undefined
  readonly replyTo: MessageView | undefined
  readonly editing: string | undefined
  readonly drawer: boolean
  /** Whether the members stand beside the messages, where there is room. */
  readonly membersShown: boolean
  /** Whether they lie over the messages, where there is none. */
  readonly membersDrawer: boolean
  /** Why the first load failed. */
  readonly fatal: string | undefined
  /** The time by the sandbox's clock, epoch ms, as it was last looked at. */
  readonly now: number
  /** Milliseconds from this browser's clock to the sandbox's. */
  readonly ahead: number
  /** Whether the sandbox's clock is on its way to another time. */
  readonly clockMoves: boolean
}

export const initialState: State = {
  info: undefined,
  person: '',
  overview: undefined,
  channelId: undefined,
  link: 'connecting',
  online: false,
  feeds: new Map(),
  commands: new Map(),
  unread: new Set(),
  typing: new Map(),
  notices: [],
  pending: new Set(),
  failures: new Map(),
  modal: undefined,
  replyTo: undefined,
  editing: undefined,
  drawer: false,
  membersShown: true,
  membersDrawer: false,
  fatal: undefined,
  now: 0,
  ahead: 0,
  clockMoves: false,
}

/** Holds the state and tells who draws it, once per frame however often it changes. */
export class Session {
  state: State = initialState
  private waiting = false
  private readonly draw: () => void

  constructor(draw: () => void) {
    this.draw = draw
  }

  /** Says something that no message says; returns what takes it away. */
  note(kind: Notice['kind'], text: string, about?: string): () => void {
    const { channelId, feeds, notices } = this.state
    if (channelId === undefined) return () => {}
    const id = (notices.at(-1)?.id ?? 0) + 1
    const after = feeds.get(channelId)?.messages.at(-1)?.id
    this.update({ notices: [...notices, { id, channelId, text, kind, about, after }] })
    return () => this.update({ notices: this.state.notices.filter(notice => notice.id !== id) })
  }

  update(change: Partial<State>): void {
    this.state = { ...this.state, ...change }
    if (this.waiting) return
    this.waiting = true
    queueMicrotask(() => {
      this.waiting = false
      this.draw()
    })
  }

  /** The time by the sandbox's clock, epoch ms. */
  time(): number {
    return Date.now() + this.state.ahead
  }

  get channel(): ChannelView | undefined {
    return this.state.overview && channelById(this.state.overview, this.state.channelId)
  }

  get guild(): GuildView | undefined {
    return this.state.overview && guildOf(this.state.overview, this.state.channelId)
  }
}

/** A copy of a map with one entry set, or removed where `value` is undefined. */
export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V | undefined): ReadonlyMap<K, V> {
  const copy = new Map(map)
  if (value === undefined) copy.delete(key)
  else copy.set(key, value)
  return copy
}

export function withMember<T>(set: ReadonlySet<T>, member: T, present: boolean): ReadonlySet<T> {
  const copy = new Set(set)
  if (present) copy.add(member)
  else copy.delete(member)
  return copy
}
