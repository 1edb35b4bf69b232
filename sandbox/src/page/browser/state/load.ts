import type { CommandView, MessageView } from '../../../person-api.ts'
import { paths } from '../../../person-paths.ts'
import { attempt, call } from './api.ts'
import { emptyFeed, prepend } from './feed.ts'
import { type Session, withEntry } from './session.ts'

const pageSize = 50

/** Asks for a channel's newest messages, once. Events that come meanwhile already find a feed to go to. */
export async function loadFeed(session: Session, channelId: string): Promise<void> {
  if (session.state.feeds.has(channelId)) return
  session.update({ feeds: withEntry(session.state.feeds, channelId, emptyFeed) })
  const loaded = await loadPage(session, channelId, '')
  if (!loaded) session.update({ feeds: withEntry(session.state.feeds, channelId, undefined) })
}

export async function loadOlder(session: Session, channelId: string): Promise<void> {
  const feed = session.state.feeds.get(channelId)
  const first = feed?.messages[0]?.id
  if (feed?.more === true && first !== undefined) await loadPage(session, channelId, `&before=${first}`)
}

/** Pages of older messages that a jump loads at most. */
const furthestJump = 40

/** Loads older messages until one is there, for as long as there are older ones. */
export async function loadUpTo(session: Session, channelId: string, messageId: string): Promise<void> {
  for (let pages = 0; pages < furthestJump; pages += 1) {
    const feed = session.state.feeds.get(channelId)
    if (feed === undefined || !feed.more || feed.messages.some(({ id }) => id === messageId)) return
    await loadOlder(session, channelId)
    if (session.state.feeds.get(channelId)?.messages.length === feed.messages.length) return
  }
}

function loadPage(session: Session, channelId: string, before: string): Promise<boolean> {
  const { person } = session.state
  return attempt(session, async () => {
    const path = `${paths.messages(person, channelId)}?limit=${pageSize}${before}`
    const page = await call<MessageView[]>('GET', path)
    const feed = session.state.feeds.get(channelId)
    if (feed === undefined || session.state.person !== person) return
    session.update({ feeds: withEntry(session.state.feeds, channelId, prepend(feed, page, pageSize)) })
  })
}

export async function loadCommands(session: Session, channelId: string): Promise<void> {
  const { commands, person } = session.state
  if (commands.has(channelId)) return
  await attempt(session, async () => {
    const list = await call<CommandView[]>('GET', paths.commands(person, channelId))
    if (session.state.person === person)
      session.update({ commands: withEntry(session.state.commands, channelId, list) })
  })
}
