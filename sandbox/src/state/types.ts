import type {
  APIApplicationCommand,
  APIMessage,
  APIUser,
  ChannelType,
  InteractionType,
  OverwriteType,
} from 'discord-api-types/v10'

export interface Role {
  readonly id: string
  name: string
  permissions: bigint
  position: number
  color: number
  /** The bot whose own role this is. */
  readonly botId: string | undefined
}

export interface Member {
  readonly user: APIUser
  nick: string | null
  readonly roles: Set<string>
  readonly joinedAt: number
}

export interface Guild {
  readonly id: string
  name: string
  readonly ownerId: string
  readonly locale: string
  /** By id; the one whose id is the guild's is @everyone. */
  readonly roles: Map<string, Role>
  readonly members: Map<string, Member>
}

export interface Overwrite {
  /** Of a role or a user. */
  readonly id: string
  readonly type: OverwriteType
  allow: bigint
  deny: bigint
}

export interface Tag {
  readonly id: string
  readonly name: string
  readonly moderated: boolean
}

export interface ThreadState {
  readonly ownerId: string
  readonly createdAt: number
  archived: boolean
  archivedAt: number
  locked: boolean
  /** Minutes. */
  autoArchive: number
  tags: readonly string[]
  readonly members: Set<string>
}

/** Text channels, forums, categories, threads and direct messages. */
export interface Channel {
  readonly id: string
  readonly type: ChannelType
  readonly guildId: string | undefined
  /** A channel's category, a thread's channel. */
  readonly parentId: string | undefined
  name: string
  topic: string | null
  position: number
  overwrites: Overwrite[]
  /** Of a forum. */
  readonly tags: readonly Tag[]
  readonly thread: ThreadState | undefined
  /** User ids of a direct message channel. */
  readonly recipients: readonly string[]
  readonly messages: Map<string, Message>
  lastMessageId: string | null
}

export interface Poll {
  /** Answer id to the users who chose it. */
  readonly votes: Map<number, Set<string>>
  readonly expiresAt: number
  readonly multiple: boolean
  finalized: boolean
}

export interface Message {
  readonly id: string
  readonly channelId: string
  readonly author: APIUser
  /** As Discord sends it, but for what depends on who looks: reactions and poll results. */
  readonly data: APIMessage
  /** The only person who sees it, when it is ephemeral. */
  readonly audience: string | undefined
  /** Emoji to the users who reacted. */
  readonly reactions: Map<string, Set<string>>
  readonly poll: Poll | undefined
}

export interface StoredFile {
  readonly name: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

export interface Interaction {
  readonly id: string
  readonly token: string
  readonly type: InteractionType
  readonly user: APIUser
  readonly channelId: string
  readonly guildId: string | undefined
  readonly createdAt: number
  readonly cancelDeadline: () => void
  /** The message whose component was used, or the one a modal came from. */
  readonly source: Message | undefined
  readonly command: APIApplicationCommand | undefined
  /** `data` of the event that the bot gets. */
  readonly data: unknown
  state: 'waiting' | 'replied' | 'deferred' | 'updated' | 'deferred-update' | 'modal' | 'suggested' | 'failed'
  /** The reply to it, or the message it updates. */
  original: Message | undefined
  /** Messages beside the original. */
  readonly followUps: Message[]
  /** What the bot sent: a modal, or choices. */
  answer: unknown
}

export interface Person {
  /** What tests and addresses call them: `ada`. */
  readonly name: string
  readonly user: APIUser
  readonly about: string
  locale: string
  directMessages: boolean
  /** Whether they have added the application to their own account: then it works wherever they are. */
  hasInstalled: boolean
}
