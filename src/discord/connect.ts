import {
  Client,
  Events,
  GatewayIntentBits,
  OAuth2Scopes,
  Options,
  Partials,
  PermissionFlagsBits,
  Routes,
} from 'discord.js'
import pRetry from 'p-retry'
import { z } from 'zod'
import type { Channels } from '../bot/channels.ts'
import type { AnyCommand } from '../bot/command.ts'
import type { BaseContext } from '../bot/context.ts'
import { type Clock, systemClock } from '../delivery/clock.ts'
import type { Scheduler } from '../delivery/scheduler.ts'
import { Failure } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Shard } from '../shard.ts'
import { closeClient } from './close-client.ts'
import { syncGuilds } from './guild-sync.ts'
import { skipUnreadablePackets } from './packets.ts'
import { register } from './register.ts'
import { restOptions } from './rest.ts'
import { isTransientError } from './rest-errors.ts'
import { retryTransient } from './retry.ts'
import { closedForGood, GatewayClosed, registerFailure, startFailure } from './start-failure.ts'
import { type Parts, start, wire } from './wire.ts'
import type { QueueState } from './work-queue.ts'

export interface Address {
  readonly token: string
  /** Base address of the REST API, without a version. */
  readonly apiUrl: string
  /** Where commands are registered; everywhere when undefined. */
  readonly guildId: string | undefined
  /** Which connection this is, where there are several; the commands are registered by whoever starts them. */
  readonly shard?: Shard | undefined
}

export interface Connection {
  readonly client: Client<true>
  /** Where somebody who manages a server adds the bot to it. */
  readonly invite: string
  /** Resolves when Discord closes the connection for good: a revoked token, a disallowed intent. */
  readonly lost: Promise<Failure>
  /** Whether interactions can arrive: by the gateway's events, since discord.js stays “ready” after a fatal close. */
  isConnected(): boolean
  /** Searches and answers that wait for their turn. */
  readonly queue: QueueState
  /** The schedules of this process. */
  readonly picks: Scheduler
  readonly channels: Channels
  /** Waits for work in flight, then disconnects. */
  close(): Promise<void>
}

/** How long the gateway may take at startup before a warning is logged; discord.js retries for ever, silently. */
const connectWarningAfter = 20_000
/**
 * Connects to Discord and answers interactions from then on.
 * @throws Failure when the database is another application's, when Discord refuses the token, or the REST API stays out of reach
 */
export async function connect(
  address: Address,
  base: BaseContext,
  commands: readonly AnyCommand[],
  clock: Clock = systemClock,
): Promise<Connection> {
  const wired = (client: Client) =>
    wire(client, {
      bot: base,
      commands,
      clock,
      token: address.token,
      guilds: syncGuilds(client, {
        guilds: base.store.guilds,
        log: base.log,
        now: () => clock.now(),
        elapsed: () => clock.elapsed(),
      }),
    })
  const { client, lost, isConnected, parts } = await logIn(address, base, wired)
  if (address.shard === undefined) await registerCommands(client, address, base)
  const running = start(parts)
  return {
    client,
    invite: inviteOf(client),
    lost: Promise.race([lost, parts.revoked]),
    isConnected,
    queue: parts.queue,
    picks: parts.picks,
    channels: parts.channels,
    close: async () => {
      await running.close()
      await closeClient(client)
    },
  }
}

/** @throws Failure when Discord refuses them; the client is closed then */
export async function registerCommands(
  client: Client<true>,
  address: Address,
  { log, specs }: Pick<BaseContext, 'log' | 'specs'>,
): Promise<void> {
  try {
    const send = () => register(client.rest, client.application.id, address.guildId, specs)
    log.debug((await retryTransient(send)) ? 'commands registered' : 'commands unchanged')
  } catch (error) {
    await closeClient(client)
    throw registerFailure(error, address)
  }
}

const Application = z.object({ id: z.string() })

interface LoggedIn {
  readonly client: Client<true>
  readonly lost: Promise<Failure>
  isConnected(): boolean
  readonly parts: Parts
}

/** Tries until Discord answers; each try takes a new client, since discord.js cannot use one again that failed. */
async function logIn(
  address: Address,
  { log, store }: Pick<BaseContext, 'log' | 'store'>,
  wire: (client: Client) => Parts,
): Promise<LoggedIn> {
  const warningTimer = setTimeout(() => log.warn('still waiting for Discord’s gateway'), connectWarningAfter)
  try {
    return await untilReached(() => open(address, { log, store }, wire), address.apiUrl, log)
  } finally {
    clearTimeout(warningTimer)
  }
}

/**
 * Asks until Discord answers, for some minutes.
 * @throws Failure when it refuses, or stays out of reach
 */
export async function untilReached<T>(ask: () => Promise<T>, apiUrl: string, log: Log): Promise<T> {
  try {
    return await pRetry(ask, {
      retries: 12,
      minTimeout: 500,
      factor: 1.6,
      maxTimeout: 30_000,
      shouldRetry: ({ error }) => isTransientError(error) || isOutage(error),
      onFailedAttempt: ({ error, attemptNumber }) =>
        log.warn({ attemptNumber }, `${startFailure(error, apiUrl).message} Trying again.`),
    })
  } catch (error) {
    throw startFailure(error, apiUrl)
  }
}

async function open(
  address: Address,
  { log, store }: Pick<BaseContext, 'log' | 'store'>,
  wire: (client: Client) => Parts,
): Promise<LoggedIn> {
  const client = openClient(address.apiUrl, address.shard)
  // Before the first event: those of another application would change what is not its own.
  const { id } = Application.parse(await client.rest.setToken(address.token).get(Routes.currentApplication()))
  await store.belongTo(id)
  skipUnreadablePackets(client, log)
  const parts = wire(client)
  const watched = watch(client, log)
  const ready = new Promise<Client<true>>((resolve, reject) => {
    client.once(Events.ClientReady, resolve)
    // discord.js waits for ever, or fails without the close code.
    client.once(Events.ShardDisconnect, ({ code }) => reject(new GatewayClosed(code)))
  })
  try {
    const login = client.login(address.token)
    await Promise.race([Promise.all([login, ready]), ready])
    return { client: await ready, ...watched, parts }
  } catch (error) {
    await closeClient(client)
    throw error
  }
}

const isOutage = (error: unknown): boolean => Number((error as { status?: unknown } | null)?.status) >= 500

/** discord.js reports a fatal close but stays "ready": this is where the end is noticed. */
function watch(client: Client, log: Log): { lost: Promise<Failure>; isConnected(): boolean } {
  const away = new Set<number>()
  client.on(Events.Error, error => log.error({ err: error }, 'client error'))
  client.on(Events.Warn, text => log.warn(text))
  client.on(Events.ShardReconnecting, shard => {
    away.add(shard)
    log.info({ shard }, 'reconnecting')
  })
  client.on(Events.ShardResume, (shard, replayed) => {
    away.delete(shard)
    log.info({ shard, replayed }, 'resumed')
  })
  client.on(Events.ShardReady, shard => away.delete(shard))
  const lost = new Promise<Failure>(resolve => {
    client.on(Events.ShardDisconnect, ({ code }, shard) => {
      away.add(shard)
      resolve(closedForGood(code))
    })
    client.on(Events.Invalidated, () => resolve(new Failure('busy', 'Discord ended the session for good.')))
  })
  return { lost, isConnected: () => away.size === 0 }
}

export function inviteOf(client: Client<true>): string {
  return client.generateInvite({
    scopes: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands],
    permissions: [
      PermissionFlagsBits.ViewChannel,
      PermissionFlagsBits.SendMessages,
      PermissionFlagsBits.SendMessagesInThreads,
      PermissionFlagsBits.CreatePublicThreads,
      PermissionFlagsBits.EmbedLinks,
      PermissionFlagsBits.AttachFiles,
      PermissionFlagsBits.ReadMessageHistory,
    ],
  })
}

export function openClient(apiUrl: string, shard: Shard = { id: 0, count: 1 }): Client {
  return new Client({
    // Given, or discord.js reads the environment's SHARDS, which is a setting of ours.
    shards: [shard.id],
    shardCount: shard.count,
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    partials: [Partials.Channel],
    rest: restOptions(apiUrl),
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 20,
      ReactionManager: 0,
      PresenceManager: 0,
      GuildMemberManager: { maxSize: 200, keepOverLimit: member => member.id === member.client.user.id },
    }),
    allowedMentions: { parse: [], repliedUser: false },
  })
}
