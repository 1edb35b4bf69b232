import type { ChannelView, MessageView, Overview, PersonEvent } from '../../../person-api.ts'
import { drop, edit, put } from './feed.ts'
import { type Session, type State, withEntry, withMember } from './session.ts'

/** How long Discord shows somebody as typing. */
const typingFor = 10_000

/** What an event changes by itself. Those that ask for a new load (`hello`, `overview`, `commands`) change nothing here. */
export function applied(state: State, event: PersonEvent, now: number): Partial<State> {
  switch (event.type) {
    case 'bot':
      return { online: event.online }
    case 'message':
      return arrived(state, event.message)
    case 'message-edited':
      return inFeed(state, event.message.channel_id, feed => edit(feed, event.message))
    case 'message-deleted':
      return inFeed(state, event.channelId, feed => drop(feed, event.id))
    case 'channel':
    case 'channel-edited':
      return state.overview ? { overview: withChannel(state.overview, event.channel) } : {}
    case 'channel-deleted':
      return state.overview ? { overview: withoutChannel(state.overview, event.id) } : {}
    case 'typing': {
      const others = (state.typing.get(event.channelId) ?? []).filter(({ user }) => user.id !== event.user.id)
      const typing = [...others, { user: event.user, until: now + typingFor }]
      return { typing: withEntry(state.typing, event.channelId, typing) }
    }
    default:
      return {}
  }
}

function inFeed(
  state: State,
  channelId: string,
  change: (feed: NonNullable<ReturnType<State['feeds']['get']>>) => ReturnType<typeof put>,
): Partial<State> {
  const feed = state.feeds.get(channelId)
  return feed === undefined ? {} : { feeds: withEntry(state.feeds, channelId, change(feed)) }
}

function arrived(state: State, message: MessageView): Partial<State> {
  const channelId = message.channel_id
  const typists = (state.typing.get(channelId) ?? []).filter(({ user }) => user.id !== message.author.id)
  const elsewhere =
    channelId !== state.channelId && message.author.id !== state.overview?.me.user.id
      ? { unread: withMember(state.unread, channelId, true) }
      : {}
  return {
    ...inFeed(state, channelId, feed => put(feed, message)),
    typing: withEntry(state.typing, channelId, typists.length === 0 ? undefined : typists),
    ...elsewhere,
  }
}

const upsert = (channels: readonly ChannelView[], channel: ChannelView): readonly ChannelView[] =>
  channels.some(({ id }) => id === channel.id)
    ? channels.map(known => (known.id === channel.id ? channel : known))
    : [...channels, channel]

function withChannel(overview: Overview, channel: ChannelView): Overview {
  const guildId = 'guild_id' in channel ? channel.guild_id : undefined
  if (guildId === undefined) return { ...overview, directMessages: upsert(overview.directMessages, channel) }
  const guilds = overview.guilds.map(guild =>
    guild.id === guildId ? { ...guild, channels: upsert(guild.channels, channel) } : guild,
  )
  return { ...overview, guilds }
}

function withoutChannel(overview: Overview, id: string): Overview {
  const rest = (channels: readonly ChannelView[]) => channels.filter(channel => channel.id !== id)
  return {
    ...overview,
    directMessages: rest(overview.directMessages),
    guilds: overview.guilds.map(guild => ({ ...guild, channels: rest(guild.channels) })),
  }
}

/** Puts a channel that an answer brought where the event about it will put it too. */
export function learnChannel(session: Session, channel: ChannelView): void {
  const { overview } = session.state
  if (overview !== undefined) session.update({ overview: withChannel(overview, channel) })
}

/** Puts a message that an answer brought into its feed, unless an event (then: a newer version) was quicker. */
export function learnMessage(session: Session, message: MessageView | undefined): void {
  const feed = message && session.state.feeds.get(message.channel_id)
  if (message === undefined || feed === undefined) return
  if (feed.messages.some(known => known.id === message.id)) return
  session.update({ feeds: withEntry(session.state.feeds, message.channel_id, put(feed, message)) })
}
