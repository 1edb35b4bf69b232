import type { Message } from './view/reply.ts'

/** A channel as commands need to know it. */
export interface Room {
  readonly id: string
  readonly name: string
  readonly guildId: string | undefined
  readonly kind: 'text' | 'thread' | 'forum' | 'direct'
}

export interface Sending {
  readonly message: Message
  /** 25 characters at most, sent with `enforce_nonce`: a repeated try posts nothing twice. */
  readonly nonce: string
  /** Opens a thread of this name on the message; in a forum the post is the thread, and needs one. */
  readonly thread?: string | undefined
}

export interface Sent {
  readonly channelId: string
  readonly messageId: string
  readonly threadId: string | undefined
  /** Address of the message for people. */
  readonly url: string
}

/**
 * What commands do in Discord besides their reply. Failures are `Failure`s with a text for the person who asked:
 * `permission` names exactly what is missing, `missing` a channel that is gone, `busy` that Discord does not answer.
 */
export interface Rooms {
  /** Undefined when there is no such channel, or none that the bot can see. */
  room(channelId: string): Promise<Room | undefined>
  /** Permission bits there; undefined when the member or the channel is not in that server. */
  permissions(room: Room, who: 'bot' | { readonly userId: string }): Promise<bigint | undefined>
  send(room: Room, sending: Sending): Promise<Sent>
  /** Changes a message of the bot. Returns false when it is gone. */
  edit(place: { channelId: string; messageId: string }, message: Message): Promise<boolean>
}
