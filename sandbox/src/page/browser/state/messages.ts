import type { ChannelView, FileUpload, MessageView, Person, Settings } from '../../../person-api.ts'
import { paths } from '../../../person-paths.ts'
import { attempt, call } from './api.ts'
import { learnChannel, learnMessage } from './events.ts'
import { put } from './feed.ts'
import { type Session, withEntry } from './session.ts'

export const sendMessage = (
  session: Session,
  content: string,
  files: readonly FileUpload[],
): Promise<boolean> =>
  attempt(session, async () => {
    const { person, channelId = '', replyTo } = session.state
    const body = {
      content,
      ...(replyTo === undefined ? {} : { replyTo: replyTo.id }),
      ...(files.length === 0 ? {} : { files }),
    }
    session.update({ replyTo: undefined })
    learnMessage(session, await call<MessageView>('POST', paths.messages(person, channelId), body))
  })

/** The answer is this person's view of the message, newer than what is shown. */
function replace(session: Session, message: MessageView): void {
  const feed = session.state.feeds.get(message.channel_id)
  if (feed !== undefined)
    session.update({ feeds: withEntry(session.state.feeds, message.channel_id, put(feed, message)) })
}

export const editMessage = (session: Session, message: MessageView, content: string): Promise<boolean> =>
  attempt(session, async () => {
    const path = paths.message(session.state.person, message.channel_id, message.id)
    replace(session, await call<MessageView>('PATCH', path, { content }))
    session.update({ editing: undefined })
  })

/** Deletes a message, or dismisses one that only this person sees. */
export const removeMessage = (session: Session, message: MessageView): Promise<boolean> =>
  attempt(session, () => call('DELETE', paths.message(session.state.person, message.channel_id, message.id)))

export const react = (session: Session, message: MessageView, emoji: string): Promise<boolean> =>
  attempt(session, async () => {
    const mine = message.reactions?.some(reaction => reaction.emoji.name === emoji && reaction.me) === true
    const path = paths.reaction(session.state.person, message.channel_id, message.id)
    replace(session, await call<MessageView>(mine ? 'DELETE' : 'PUT', path, { emoji }))
  })

export const vote = (session: Session, message: MessageView, answers: readonly number[]): Promise<boolean> =>
  attempt(session, async () => {
    const path = paths.vote(session.state.person, message.channel_id, message.id)
    replace(session, await call<MessageView>('PUT', path, { answers }))
  })

export interface NewThread {
  readonly name: string
  readonly message?: string
  readonly content?: string
  readonly tags?: readonly string[]
}

/** Starts a thread or a forum's post, and returns it so that it can be opened. */
export async function startThread(
  session: Session,
  channelId: string,
  thread: NewThread,
): Promise<ChannelView | undefined> {
  let made: ChannelView | undefined
  await attempt(session, async () => {
    made = await call<ChannelView>('POST', paths.threads(session.state.person, channelId), thread)
    learnChannel(session, made)
  })
  return made
}

export async function directMessage(session: Session, user: string): Promise<ChannelView | undefined> {
  let made: ChannelView | undefined
  await attempt(session, async () => {
    made = await call<ChannelView>('POST', paths.directMessages(session.state.person), { user })
    learnChannel(session, made)
  })
  return made
}

export const saveSettings = (session: Session, settings: Settings): Promise<boolean> =>
  attempt(session, async () => {
    const me = await call<Person>('PATCH', paths.settings(session.state.person), settings)
    const { overview } = session.state
    if (overview !== undefined) session.update({ overview: { ...overview, me } })
  })
