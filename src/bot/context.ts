import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10'
import type { Scheduler } from '../delivery/scheduler.ts'
import type { AnswerGenerator } from '../generation/generate-answer.ts'
import type { Library } from '../library/library.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/ports.ts'
import type { Channels } from './channels.ts'

/** What a command may use, wired once at the entry. */
export interface BotContext {
  readonly library: Library
  /** What members saved, shared and set. */
  readonly store: Store
  /** Discord beyond the reply: there once the bot is connected. */
  readonly channels: Channels
  /** The scheduler: a preview of the next slot, and `wake` after a change. */
  readonly picks: Pick<Scheduler, 'preview' | 'wake'>
  /** What takes erased names and votes off messages: `wake` after an erasure. */
  readonly erasures: { wake(): void }
  /** What the commands say of themselves, for `/help`. */
  readonly specs: readonly RESTPostAPIApplicationCommandsJSONBody[]
  readonly facts: BotFacts
  /** Writes answers beside the quoted ones; undefined unless it is configured. */
  readonly generator: AnswerGenerator | undefined
  readonly log: Log
}

/** What there is before a connection. */
export type BaseContext = Omit<BotContext, 'channels' | 'picks' | 'erasures'>

/** What `/about` tells. */
export interface BotFacts {
  readonly version: string
  readonly startedAt: Date
  /** Where the papers come from, as configured, by base name. */
  readonly sources: readonly string[]
  /** Pieces of the sources that were not sound. */
  readonly rejected: number
}
