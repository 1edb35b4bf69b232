import { randomBytes } from 'node:crypto'
import type { APIApplicationCommand, APIUser } from 'discord-api-types/v10'
import { type Clock, createClock } from '../clock.ts'
import type { HostForm } from '../forms.ts'
import { snowflakes } from '../snowflake.ts'
import { type Bus, createBus } from './bus.ts'
import type { Channel, Guild, Interaction, Person, StoredFile } from './types.ts'

/** Everything the sandbox knows, in memory. */
export interface World {
  readonly clock: Clock
  /** What goes by the clock and does its work of each step before the next one is taken. */
  readonly clockFollowers: Set<() => Promise<void>>
  /** Real time, ISO 8601: the clock may be anywhere. */
  readonly startedAt: string
  readonly newId: () => string
  readonly bus: Bus
  /** The bot's user; its id is the application's, as for every application since 2018. */
  readonly bot: APIUser
  readonly token: string
  /** Privileged intents that are switched on for the application, as intent bits. */
  readonly privileged: number
  /** Connections to the gateway that the bot is told to open. */
  readonly recommendedShards: number
  readonly guilds: Map<string, Guild>
  readonly channels: Map<string, Channel>
  /** By name. */
  readonly people: Map<string, Person>
  /** By attachment id. */
  readonly files: Map<string, StoredFile>
  /** By guild id; the application's global ones under `global`. */
  readonly commands: Map<string, APIApplicationCommand[]>
  readonly interactions: Map<string, Interaction>
  /** Author and nonce to the message that they made, and when. */
  /** Of the program that started the sandbox. */
  readonly forms: readonly HostForm[]
  readonly nonces: Map<string, { readonly channelId: string; readonly id: string; readonly at: number }>
  /** Whether the bot is connected to the gateway. */
  online: boolean
  /** Whether a gateway session lives, be it one that waits to be resumed: then events are kept for it. */
  reachable: boolean
  /** Where interactions are sent over HTTP; undefined: to the gateway. */
  interactionsEndpoint: string | undefined
  /** The application's public key, 64 hexadecimal digits. */
  publicKey: string
  /** Where the server is reached, without a trailing slash. */
  url: string
}

export interface WorldOptions {
  readonly now: () => number
  readonly token: string | undefined
  readonly privileged: number
  readonly forms?: readonly HostForm[] | undefined
  readonly botName?: string | undefined
  readonly recommendedShards?: number | undefined
}

export const globalScope = 'global'

/** Fixed ids, so that what a bot remembered still fits after a restart: counted from one morning in 2024. */
export const fixedId = (index: number): string =>
  (((BigInt(Date.UTC(2024, 0, 15, 9)) - 1_420_070_400_000n) << 22n) | BigInt(index)).toString()

/** No bits set, of flags that are an enum of their own. */
const none = 0 as never

export const makeUser = (id: string, username: string, shown: string, bot = false): APIUser => ({
  id,
  username,
  discriminator: bot ? '0001' : '0',
  global_name: bot ? null : shown,
  avatar: null,
  bot,
  system: false,
  public_flags: none,
  flags: none,
})

export function createWorld(options: WorldOptions): World {
  const { now, token, privileged, botName = 'Bot', forms = [], recommendedShards = 1 } = options
  const clock = createClock(now)
  const bot = makeUser(fixedId(1), botName, botName, true)
  return {
    clock,
    clockFollowers: new Set(),
    startedAt: new Date().toISOString(),
    newId: snowflakes(clock.now),
    bus: createBus(),
    bot,
    token: token ?? makeToken(bot.id),
    privileged,
    recommendedShards,
    guilds: new Map(),
    channels: new Map(),
    people: new Map(),
    files: new Map(),
    commands: new Map(),
    interactions: new Map(),
    nonces: new Map(),
    forms,
    online: false,
    reachable: false,
    interactionsEndpoint: undefined,
    publicKey: '',
    url: '',
  }
}

/** In the form of Discord's: the user's id, then what nobody can guess. */
function makeToken(id: string): string {
  return `${Buffer.from(id).toString('base64url')}.${randomBytes(4).toString('base64url')}.${randomBytes(28).toString('base64url')}`
}
