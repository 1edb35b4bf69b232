import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10'
import type { Scheduler } from '../delivery/scheduler.ts'
import type { AnswerGenerator } from '../generation/generate-answer.ts'
import type { Library } from '../library/library.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { OpenLiveSources } from '../sources/live-sources.ts'
import type { Store } from '../store/ports.ts'
import type { OpenZotero } from '../zotero/client.ts'
import type { Channels } from './channels.ts'
import type { Libraries } from './libraries.ts'

/** What a command may use, wired once at the entry. */
export interface BotContext {
  /** What the server of this request can see; see `scoped`. */
  readonly library: Library
  readonly libraries: Libraries
  /** The database: what members saved, shared and set. */
  readonly store: Store
  /** Discord beyond the reply: there once the bot is connected. */
  readonly channels: Channels
  /** The scheduler: a preview of the next slot, and `wake` after a change or an erasure. */
  readonly picks: Pick<Scheduler, 'preview' | 'wake'>
  /** The commands' specs, for `/help`. */
  readonly specs: readonly RESTPostAPIApplicationCommandsJSONBody[]
  readonly facts: BotFacts
  /** Writes answers beside the quoted ones; undefined unless it is configured. */
  readonly generator: AnswerGenerator | undefined
  readonly log: Log
  readonly metrics: Metrics
  /** Papers that a server can have of its own. */
  readonly maxServerPapers: number
  /** Opens the client that live sources are read with. */
  readonly openSources: OpenLiveSources
  /** Opens a Zotero library that is written to. */
  readonly openZotero: OpenZotero
}

/** What there is before a connection. */
export type BaseContext = Omit<BotContext, 'channels' | 'picks'>

/** What `/about` shows. */
export interface BotFacts {
  readonly version: string
  readonly startedAt: Date
  /** Where the papers come from, as configured, by base name. */
  readonly sources: readonly string[]
  /** These are the papers that ship with the bot. */
  readonly isShipped?: boolean
  /** Number of pieces of the sources that were rejected. */
  readonly rejected: number
  /** The model that texts are sent to for search by meaning; undefined: none is. */
  readonly embeds?: string | undefined
  /** Where others reach the bot's feeds; undefined: there are none. */
  readonly publicUrl?: string | undefined
}

/** For one request: with the papers of the server that it came from. */
export const scoped = <Context extends BaseContext>(bot: Context, guildId: string | undefined): Context => ({
  ...bot,
  library: bot.libraries.of(guildId),
})
