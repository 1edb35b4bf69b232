import type {
  APIActionRowComponent,
  APIComponentInMessageActionRow,
  APIEmbed,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10'

/** Who sees a reply: everyone in the channel, or the asker alone. */
export type Audience = 'public' | 'ephemeral'

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>

export interface Attachment {
  readonly name: string
  readonly data: string | Uint8Array
  /** What a picture shows, for who cannot see it: 1024 characters at most. */
  readonly description?: string | undefined
}

/** A message in plain data, as Discord's API takes it. Mentions never ping: `outgoing` in discord/responder.ts makes sure. */
export interface Message {
  readonly content?: string
  readonly embeds?: readonly APIEmbed[]
  readonly components?: readonly Row[]
  readonly files?: readonly Attachment[]
}

/** Discord's own poll; members may choose several answers. */
export interface Poll {
  /** 300 characters at most. */
  readonly question: string
  /** Up to 10, of 55 characters at most, as they are: no Markdown. */
  readonly answers: readonly string[]
  readonly hours: number
}

export interface Reply extends Message {
  readonly poll?: Poll
  /** Ephemeral although the command answers publicly, such as "nothing found". */
  readonly audience?: 'ephemeral'
  /**
   * What waits for another service: it begins after the command's turn, so that nobody else's waits for it, and its
   * reply takes this one's place.
   */
  readonly completion?: () => Promise<Reply>
  /** A form to fill in, instead of a message; its fields are passed to the action that its custom id names. */
  readonly modal?: APIModalInteractionResponseCallbackData
}
