import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10'
import type { z } from 'zod'
import type { Audience, Reply, Row } from '../view/reply.ts'
import type { BotContext } from './context.ts'

/** Who asks, where, when: everything a command may know of an interaction besides its input. */
export interface CommandContext {
  /** Snowflake of the interaction or message that asks: used as the idempotency key of what must not happen twice. */
  readonly id: string
  readonly user: { readonly id: string; readonly name: string }
  /** Undefined in direct messages and in the terminal. */
  readonly guildId: string | undefined
  readonly channelId: string | undefined
  /** Discord's locale of the member, such as en-GB. */
  readonly locale: string
  /** Permission bits of the member in this channel; 0n outside of servers. */
  readonly permissions: bigint
  /** Permission bits of the bot by channel, where Discord sent them along; a channel that is missing is looked up. */
  readonly appPermissions: ReadonlyMap<string, bigint>
  /** When the member asked, by Discord's clock. */
  readonly at: Date
  /** Aborts when an answer can no longer be delivered. */
  readonly signal: AbortSignal
  /**
   * Runs what searches or summarises when its turn has come: one at a time, fair to members and servers. For commands
   * that also wait for the database or for Discord, which must not hold up others; see `isExpensive` for all others.
   * @throws Failure `limit` when too many are waiting: nothing may have been changed before
   */
  inTurn<T>(work: () => T | Promise<T>): Promise<T>
  /**
   * Shows how far work is that takes long, in place of an ephemeral reply to come; the latest text counts. Texts are
   * Markdown. Nothing is shown while Discord still waits for an acknowledgement, nor where others would see it.
   */
  progress(text: string): void
}

export interface Choice {
  readonly name: string
  readonly value: string
}

/** The options while a member types: `focused` names the option that needs choices. */
export interface AutocompleteInput {
  readonly focused: string
  readonly text: string
  readonly options: Readonly<Record<string, unknown>>
}

/** A click on a button, a choice from a menu or a submitted form. */
export interface ComponentInteraction extends CommandContext {
  /** What the custom id carries. Anybody can forge it: treat it as typed text. */
  readonly args: readonly string[]
  /** Chosen options of a menu. */
  readonly values: readonly string[]
  /** Fields of a submitted form by custom id; a menu's choices are joined by commas. */
  readonly fields: Readonly<Record<string, string>>
  /** The message the component sits on: its embeds, components and where it is. */
  readonly message: MessageSnapshot | undefined
}

export interface Action {
  /** It searches or summarises, and waits for nothing else: all of it runs in its turn. */
  readonly isExpensive?: boolean
  /** As for commands. */
  readonly takesTurn?: boolean
  /**
   * `update` changes the message the component sits on (someone who did not ask for it gets a copy of their own
   * instead); `update-ephemeral` changes it if only the member who clicked sees it, and otherwise answers with an ephemeral
   * message: for private data, which a forged id must not make public; `ephemeral` and `public` answer with a
   * new message; `form` opens a modal; `silent` shows nothing unless the reply has content, which is then ephemeral.
   */
  readonly answers: Audience | 'update' | 'update-ephemeral' | 'silent' | 'form'
  run(interaction: ComponentInteraction, bot: BotContext): Promise<Reply>
}

/** A message that is already in a channel. */
export interface MessageSnapshot {
  readonly id: string
  readonly channelId: string
  /** Ephemeral: it can be changed only by the answer to an interaction on it. */
  readonly isEphemeral: boolean
  readonly content: string
  readonly embeds: readonly {
    readonly title?: string | undefined
    readonly description?: string | undefined
  }[]
  readonly components: readonly Row[]
}

/** A message to the bot: a direct message, a mention or a reply. */
export interface IncomingMessage {
  readonly text: string
  /** The bot's own message that this one replies to. */
  readonly replyTo: MessageSnapshot | undefined
  /** In direct messages, the bot's latest message when it is not old: a question may follow up on it without a reply. */
  readonly earlier: MessageSnapshot | undefined
}

export interface Command<Input> {
  /** What is sent to Discord. */
  readonly spec: RESTPostAPIApplicationCommandsJSONBody
  /** Over the flat options (`subcommand` is one of them; a message menu's are `text` and `messageId`). */
  readonly input: z.ZodType<Input>
  /** It searches, and waits for nothing else: all of it runs in its turn, as by `CommandContext.inTurn`. */
  readonly isExpensive?: boolean
  /** It searches in `CommandContext.inTurn` and also asks the database: its turn alone is what it waits for. */
  readonly takesTurn?: boolean
  /** The text that it searches for: an embedding model reads it before the command's turn, where nobody else waits. */
  searches?(input: Input): string
  /** Permission bits that the member needs, checked here as well as by Discord. */
  readonly needs?: bigint
  /** Known before the acknowledgement, which fixes who sees the reply. */
  audience(input: Input): Audience
  run(input: Input, context: CommandContext, bot: BotContext): Promise<Reply>
  suggest?(typed: AutocompleteInput, context: CommandContext, bot: BotContext): Promise<readonly Choice[]>
  /** Buttons, menus and forms of this command's messages, by the name their custom ids carry. */
  readonly actions?: Readonly<Record<string, Action>>
  /** Answers messages to the bot. One command of the list has it. */
  onMessage?(incoming: IncomingMessage, context: CommandContext, bot: BotContext): Promise<Reply>
}

// biome-ignore lint/suspicious/noExplicitAny: a list contains commands of every input type; each parses its own.
export type AnyCommand = Command<any>

/** Ties a command's `run` to its schema: the input's type is inferred, never written twice. */
export const defineCommand = <Input>(command: Command<Input>): Command<Input> => command
