import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Client,
  Events,
  GatewayDispatchEvents,
  RESTJSONErrorCodes,
  Routes,
  ShardClientUtil,
} from 'discord.js'
import pRetry from 'p-retry'
import { z } from 'zod'
import { clockGuard } from '../delivery/clock-guard.ts'
import { Failure } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Guilds } from '../store/ports.ts'
import { isDiscordRefusal } from './rest-errors.ts'

const hour = 3_600_000
const day = 24 * hour
/** How long a server's data are kept once the bot has certainly left it, in case it comes back. */
export const gracePeriod = 30 * day

/** How long `close` waits for the last writes. */
const shutdownTimeout = 3_000

const Ready = z.object({ guilds: z.array(z.object({ id: z.string() })) })
const Guild = z.object({ id: z.string(), unavailable: z.boolean().optional() })

export interface GuildSync {
  /** Writes what is pending, unless the database is busy. */
  close(): Promise<void>
}

interface GuildSyncOptions {
  readonly guilds: Guilds
  readonly log: Log
  readonly now?: () => number
  /** Monotonic, in milliseconds. */
  readonly elapsed?: () => number
  /** Time between two checks of missing servers, and of data to be purged, in milliseconds. */
  readonly interval?: number
}

/**
 * Keeps account of the servers the bot is in. It goes by Discord's own events: after a new session discord.js still
 * lists servers that were left in between, and emits nothing for those that came back.
 */
export function syncGuilds(
  client: Client,
  { guilds, log, now = Date.now, elapsed = () => performance.now(), interval = hour }: GuildSyncOptions,
): GuildSync {
  const here = new Set<string>()
  const closing = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let last = Promise.resolve()
  /** In sequence, so that a server that was left and rejoined ends up as joined. */
  const record = (what: string, write: () => Promise<unknown>): void => {
    last = last.then(() => retryUntilDone(what, write))
  }
  const retryUntilDone = async (what: string, write: () => Promise<unknown>): Promise<void> => {
    try {
      await pRetry(write, {
        retries: Number.POSITIVE_INFINITY,
        minTimeout: 1_000,
        maxTimeout: 60_000,
        signal: closing.signal,
        shouldRetry: ({ error }) => error instanceof Failure,
        onFailedAttempt: ({ error }) => log.warn({ err: error }, `${what}: not yet`),
      })
    } catch (error) {
      if (!closing.signal.aborted) log.error({ err: error }, what)
    }
  }
  const guard = clockGuard({ now, elapsed }, by => {
    log.info({ seconds: by / 1_000 }, 'the clock was set: servers are looked after the next time')
  })
  const look = (): void => {
    // What is deleted by a clock that leapt ahead for a moment is gone for good.
    if (guard.check() > 0) return
    record('looking for servers that were found missing', () => confirm(client, guilds, here, now))
    record('removing the data of servers that were left', () => purge(guilds, now() - gracePeriod, log))
  }

  const shardOf = (guildId: string) =>
    ShardClientUtil.shardIdForGuildId(guildId, client.options.shardCount ?? 1)
  const ready = (raw: unknown, shard: number): void => {
    const parsed = Ready.safeParse(raw)
    if (!parsed.success) return
    const present = parsed.data.guilds.map(({ id }) => id)
    const at = now()
    const mine = (guildId: string) => shardOf(guildId) === shard
    for (const id of [...here].filter(mine)) here.delete(id)
    for (const id of present) here.add(id)
    record('comparing servers', () => guilds.reconcile(present, at, mine))
  }
  const joined = (raw: unknown): void => {
    const { id } = Guild.safeParse(raw).data ?? {}
    if (id === undefined || here.has(id)) return
    here.add(id)
    const at = now()
    record('noting a server', () => guilds.joined(id, at))
  }
  const left = (raw: unknown): void => {
    const { id, unavailable } = Guild.safeParse(raw).data ?? {}
    // Unavailable: an outage at Discord's, not a departure.
    if (id === undefined || unavailable === true) return
    here.delete(id)
    const at = now()
    record('noting that a server is missing', () => guilds.missing(id, at))
  }

  client.ws.on(GatewayDispatchEvents.Ready, ready)
  client.ws.on(GatewayDispatchEvents.GuildCreate, joined)
  client.ws.on(GatewayDispatchEvents.GuildDelete, left)
  // Not at the start: a machine that boots with a wrong clock gets an hour to set it before anything is deleted by it.
  client.once(Events.ClientReady, () => {
    timer = setInterval(look, interval).unref()
  })
  return {
    close: async () => {
      clearInterval(timer)
      client.ws.off(GatewayDispatchEvents.Ready, ready)
      client.ws.off(GatewayDispatchEvents.GuildCreate, joined)
      client.ws.off(GatewayDispatchEvents.GuildDelete, left)
      await Promise.race([last, sleep(shutdownTimeout, undefined, { ref: false })])
      closing.abort()
      await last
    },
  }
}

async function purge(guilds: Guilds, leftBefore: number, log: Log): Promise<void> {
  const gone = await guilds.purge(leftBefore)
  if (gone.length > 0) log.info({ servers: gone.length }, 'removed the data of servers left long ago')
}

/** Asks Discord about servers that were found missing: the second check, which is decisive. */
async function confirm(
  client: Client,
  guilds: Guilds,
  here: ReadonlySet<string>,
  now: () => number,
): Promise<void> {
  for (const id of await guilds.doubtful(now())) {
    const there = await isThere(client, id)
    if (there || here.has(id)) await guilds.joined(id, now())
    else if (there === false) await guilds.missing(id, now())
  }
}

/** @returns undefined when Discord gave no definite answer */
async function isThere(client: Client, guildId: string): Promise<boolean | undefined> {
  try {
    await client.rest.get(Routes.guild(guildId))
    return true
  } catch (error) {
    const saysNo = isDiscordRefusal(error) && notThere.has(error.code)
    return saysNo ? false : undefined
  }
}

const notThere: ReadonlySet<unknown> = new Set([
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.MissingAccess,
])
