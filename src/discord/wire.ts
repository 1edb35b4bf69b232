import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, Events } from 'discord.js'
import type { AnyCommand } from '../bot/command.ts'
import type { BaseContext, BotContext } from '../bot/context.ts'
import type { Libraries } from '../bot/libraries.ts'
import type { Clock } from '../delivery/clock.ts'
import { openRateLimiter } from '../delivery/rate-limiter.ts'
import type { Scheduler } from '../delivery/scheduler.ts'
import type { Failure } from '../errors.ts'
import type { LiveSources } from '../sources/live-sources.ts'
import { type OpenChannels, openChannels } from './channels.ts'
import { dispatcher } from './dispatch.ts'
import type { GuildReader } from './guild-reader.ts'
import type { GuildSync } from './guild-sync.ts'
import { openInteractionTimer } from './interaction-timer.ts'
import { messageListener } from './messages.ts'
import { openPoster } from './poster.ts'
import { watchRest } from './rest.ts'
import type { SendingParts } from './sender.ts'
import { startScheduler } from './start-scheduler.ts'
import { openWorkQueue, type QueueState } from './work-queue.ts'

/** How long `close` waits for answers in flight. */
const shutdownTimeout = 5_000
/** Posts a second, well below Discord's 50 requests, so that answers never wait behind them. */
const perSecond = 30
/** Between two posts in one channel, in milliseconds: Discord lets through five in five seconds. */
const channelGap = 1_100

interface WireOptions {
  readonly bot: BaseContext
  readonly commands: readonly AnyCommand[]
  readonly clock: Clock
  readonly token: string
  /** What compares servers by the gateway's events; undefined without a gateway. */
  readonly guilds: GuildSync | undefined
  /** What reads servers over REST; undefined with a gateway, which brings them. */
  readonly reader?: GuildReader | undefined
}

/** What is built on one client, whether its interactions come by the gateway or over HTTP. */
export interface Parts {
  readonly channels: OpenChannels
  readonly guilds: GuildSync | undefined
  readonly picks: Scheduler
  readonly sources: LiveSources
  readonly libraries: Libraries
  /** Discord's time, epoch ms. */
  now(): number
  readonly revoked: Promise<Failure>
  /** What waits for its turn. */
  readonly queue: QueueState
  /** What is being answered. */
  readonly inFlight: ReadonlySet<Promise<void>>
  /** Takes no more interactions. */
  stopListening(): void
}

export function wire(
  client: Client,
  { bot: base, commands, clock, token, guilds, reader }: WireOptions,
): Parts {
  const inFlight = new Set<Promise<void>>()
  const rest = watchRest(client.rest, { token, clock, log: base.log })
  const sending: SendingParts = {
    poster: openPoster(client as Client<true>, rest.now, reader),
    rateLimiter: openRateLimiter({ perSecond, channelGap }),
    clock,
  }
  const channels = openChannels(client, sending, base.log, reader)
  const sources = base.openSources(clock)
  const picks = startScheduler(sending, { ...base, channels }, sources)
  const bot: BotContext = { ...base, channels, picks }
  const onDone = (waited: number, took: number) => base.metrics.turn(waited / 1_000, took / 1_000)
  const queue = openWorkQueue({ onDone })
  const timer = openInteractionTimer(client.rest, base.metrics)
  const onInteraction = track(dispatcher(bot, commands, { timer, queue, now: rest.now }), inFlight)
  const onMessage = track(messageListener(bot, commands, timer, queue), inFlight)
  client.on(Events.InteractionCreate, onInteraction)
  client.on(Events.MessageCreate, onMessage)
  const stopListening = () => {
    client.off(Events.InteractionCreate, onInteraction).off(Events.MessageCreate, onMessage)
  }
  return {
    channels,
    guilds,
    picks,
    libraries: base.libraries,
    sources,
    now: rest.now,
    revoked: rest.revoked,
    queue,
    inFlight,
    stopListening,
  }
}

/** Runs the schedules. @returns what stops them, and waits for all that is in flight */
export function start(parts: Parts): { close(): Promise<void> } {
  const stop = new AbortController()
  const running = Promise.all([parts.picks.run(stop.signal), parts.libraries.run(stop.signal)])
  return {
    async close() {
      stop.abort()
      parts.stopListening()
      const answered = Promise.allSettled(parts.inFlight)
      await Promise.race([answered, sleep(shutdownTimeout, undefined, { ref: false })])
      await Promise.all([running, parts.channels.close(), parts.guilds?.close()])
      await parts.sources.close()
    },
  }
}

/** Tracks what is being answered, so that `close` can wait for it. */
const track =
  <T>(handle: (event: T) => Promise<void>, inFlight: Set<Promise<void>>) =>
  (event: T) => {
    const done = handle(event).finally(() => inFlight.delete(done))
    inFlight.add(done)
  }
