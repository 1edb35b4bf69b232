import { setTimeout as sleep } from 'node:timers/promises'
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
import type { AnyCommand } from '../bot/command.ts'
import type { BaseContext, BotContext } from '../bot/context.ts'
import { type Clock, systemClock } from '../delivery/clock.ts'
import { openRateLimiter } from '../delivery/rate-limiter.ts'
import type { Scheduler } from '../delivery/scheduler.ts'
import { Failure } from '../errors.ts'
import type { Log } from '../log.ts'
import { type OpenChannels, openChannels } from './channels.ts'
import { dispatcher } from './dispatch.ts'
import { type GuildSync, syncGuilds } from './guild-sync.ts'
import { messageListener } from './messages.ts'
import { skipUnreadablePackets } from './packets.ts'
import { openPoster } from './poster.ts'
import { register } from './register.ts'
import { restOptions, watchRest } from './rest.ts'
import { isTransientError } from './rest-errors.ts'
import { retryTransient } from './retry.ts'
import type { SendingParts } from './sender.ts'
import { closedForGood, GatewayClosed, registerFailure, startFailure } from './start-failure.ts'
import { startScheduler } from './start-scheduler.ts'
import { openWorkQueue } from './work-queue.ts'

export interface Address {
  readonly token: string
  /** Base address of the REST API, without a version. */
  readonly apiUrl: string
  /** Where commands are registered; everywhere when undefined. */
  readonly guildId: string | undefined
}

export interface Connection {
  readonly client: Client<true>
  /** Where somebody who manages a server adds the bot to it. */
  readonly invite: string
  /** Resolves when Discord closes the connection for good: a revoked token, a disallowed intent. */
  readonly lost: Promise<Failure>
  /** The schedules of this process. */
  readonly picks: Scheduler
  /** Waits for work in flight, then disconnects. */
  close(): Promise<void>
}

/** How long the gateway may take at startup before a warning is logged; discord.js retries for ever, silently. */
const connectWarningAfter = 20_000
/** How long `close` waits for answers in flight. */
const shutdownTimeout = 5_000
/** Posts a second, well below Discord's 50 requests, so that answers never wait behind them. */
const perSecond = 30
/** Between two posts in one channel, in milliseconds: Discord lets through five in five seconds. */
const channelGap = 1_100

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
  const inFlight = new Set<Promise<void>>()
  const wire = (client: Client): Parts => {
    const rest = watchRest(client.rest, { token: address.token, clock, log: base.log })
    const sending: SendingParts = {
      poster: openPoster(client as Client<true>, rest.now),
      rateLimiter: openRateLimiter({ perSecond, channelGap }),
      clock,
    }
    const channels = openChannels(client, sending, base.log)
    const guilds = syncGuilds(client, {
      guilds: base.store.guilds,
      log: base.log,
      now: () => clock.now(),
    })
    const picks = startScheduler(sending, { ...base, channels })
    const bot: BotContext = { ...base, channels, picks }
    const queue = openWorkQueue()
    client.on(Events.InteractionCreate, track(dispatcher(bot, commands, queue), inFlight))
    client.on(Events.MessageCreate, track(messageListener(bot, commands, queue), inFlight))
    return { channels, guilds, picks, revoked: rest.revoked }
  }
  const { client, lost, parts } = await logIn(address, base, wire)
  const changed = await retryTransient(() =>
    register(client.rest, client.application.id, address.guildId, base.specs),
  ).catch(async error => {
    await client.destroy()
    throw registerFailure(error, address)
  })
  base.log.debug(changed ? 'commands registered' : 'commands unchanged')
  const stop = new AbortController()
  const running = parts.picks.run(stop.signal)
  return {
    client,
    invite: inviteOf(client),
    lost: Promise.race([lost, parts.revoked]),
    picks: parts.picks,
    close: async () => {
      stop.abort()
      client.removeAllListeners(Events.InteractionCreate).removeAllListeners(Events.MessageCreate)
      await Promise.race([Promise.allSettled(inFlight), sleep(shutdownTimeout, undefined, { ref: false })])
      await Promise.all([running, parts.channels.close(), parts.guilds.close()])
      await client.destroy()
    },
  }
}

const Application = z.object({ id: z.string() })

/** What is built on one client. */
interface Parts {
  readonly channels: OpenChannels
  readonly guilds: GuildSync
  readonly picks: Scheduler
  readonly revoked: Promise<Failure>
}

/** Tracks what is being answered, so that `close` can wait for it. */
const track =
  <T>(handle: (event: T) => Promise<void>, inFlight: Set<Promise<void>>) =>
  (event: T) => {
    const done = handle(event).finally(() => inFlight.delete(done))
    inFlight.add(done)
  }

interface LoggedIn {
  readonly client: Client<true>
  readonly lost: Promise<Failure>
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
    return await pRetry(() => open(address, { log, store }, wire), {
      retries: 12,
      minTimeout: 500,
      factor: 1.6,
      maxTimeout: 30_000,
      shouldRetry: ({ error }) => isTransientError(error) || isOutage(error),
      onFailedAttempt: ({ error, attemptNumber }) =>
        log.warn({ attemptNumber }, `${startFailure(error, address.apiUrl).message} Trying again.`),
    })
  } catch (error) {
    throw startFailure(error, address.apiUrl)
  } finally {
    clearTimeout(warningTimer)
  }
}

async function open(
  address: Address,
  { log, store }: Pick<BaseContext, 'log' | 'store'>,
  wire: (client: Client) => Parts,
): Promise<LoggedIn> {
  const client = openClient(address.apiUrl)
  // Before the first event: those of another application would change what is not its own.
  const { id } = Application.parse(await client.rest.setToken(address.token).get(Routes.currentApplication()))
  await store.belongTo(id)
  skipUnreadablePackets(client, log)
  const parts = wire(client)
  const lost = watch(client, log)
  const ready = new Promise<Client<true>>((resolve, reject) => {
    client.once(Events.ClientReady, resolve)
    // discord.js waits for ever, or fails without the close code.
    client.once(Events.ShardDisconnect, ({ code }) => reject(new GatewayClosed(code)))
  })
  try {
    const login = client.login(address.token)
    await Promise.race([Promise.all([login, ready]), ready])
    return { client: await ready, lost, parts }
  } catch (error) {
    await client.destroy()
    throw error
  }
}

const isOutage = (error: unknown): boolean => Number((error as { status?: unknown } | null)?.status) >= 500

/** discord.js reports a fatal close but stays "ready": this is where the end is noticed. */
function watch(client: Client, log: Log): Promise<Failure> {
  client.on(Events.Error, error => log.error({ err: error }, 'client error'))
  client.on(Events.Warn, text => log.warn(text))
  client.on(Events.ShardReconnecting, shard => log.info({ shard }, 'reconnecting'))
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, 'resumed'))
  return new Promise(resolve => {
    client.on(Events.ShardDisconnect, ({ code }) => resolve(closedForGood(code)))
    client.on(Events.Invalidated, () => resolve(new Failure('busy', 'Discord ended the session for good.')))
  })
}

function inviteOf(client: Client<true>): string {
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

function openClient(apiUrl: string): Client {
  return new Client({
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
