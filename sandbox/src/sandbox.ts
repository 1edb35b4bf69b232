import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getPath } from 'hono/utils/url'
import type { Clock } from './clock.ts'
import { faultRoutes } from './fault-routes.ts'
import { createFaults, type Faults } from './faults.ts'
import { fileRoutes } from './files.ts'
import type { HostForm } from './forms.ts'
import { createGateway } from './gateway/server.ts'
import { openHttpInteractions } from './http-interactions.ts'
import { guildNamed, type Incident, simulate } from './incidents.ts'
import { createJournal, type Entry, type Refused } from './journal.ts'
import { addChannel, addGuild, addPerson } from './operations/guild-admin.ts'
import { restApp } from './rest/app.ts'
import { answerInline } from './rest/interactions.ts'
import { createLimits, unlimited } from './rest/limits.ts'
import { closeServer, listen, urlOf } from './server.ts'
import type { ChannelDraft } from './state/build.ts'
import { seed } from './state/seed.ts'
import type { Channel, Guild, Person } from './state/types.ts'
import { createWorld, type World } from './state/world.ts'
import { type Actor, createActor } from './test-client/actor.ts'
import { guardMiddleware } from './user-api/guard.ts'
import { personRoutes } from './user-api/routes.ts'
import { findPerson } from './user-api/scope.ts'

export interface SandboxOptions {
  /** Loopback when left out. */
  readonly host?: string
  /** Any free one when 0 or left out. */
  readonly port?: number
  /** The sandbox's clock, ms since 1970. */
  readonly now?: () => number
  /** The bot's token; a fresh one when left out. */
  readonly token?: string
  /** The bot's user name; `Bot` when left out. */
  readonly botName?: string
  /** Privileged intents that are switched on for the bot, as intent bits. None, as for a new application. */
  readonly privileged?: number
  /** How many shards `/gateway/bot` recommends; 1 when left out. */
  readonly recommendedShards?: number
  /** No rate limits, for a clock that moves days within a second: they go by real time. */
  readonly isUnlimited?: boolean
  /** ms between a gateway client's signs of life. */
  readonly heartbeatInterval?: number
  /** The web page, served from `/`. */
  readonly page?: Hono
  /** What people can do on the page besides what Discord does. */
  readonly forms?: readonly HostForm[]
  /** Hears of bugs in the sandbox itself. */
  readonly onBug?: (error: unknown) => void
}

export interface Sandbox {
  readonly url: string
  /** For discord.js's `rest.api`. */
  readonly apiUrl: string
  readonly token: string
  readonly applicationId: string
  /** Acts in a person's name: `ada`, `grace`, `alan`, `emmy`, or `mallory` from next door. */
  person(name: string): Actor
  readonly faults: Faults
  /** Trouble that happens at once. */
  simulate(incident: Incident): void
  /** Writes that Discord would have turned down. */
  readonly refused: readonly Refused[]
  readonly requests: readonly Entry[]
  readonly world: World
  /** The time that everything here goes by; a bot in the same process may go by it too. */
  readonly clock: Clock
  /** Has it called, and waited for, after each step that a person moves the clock on by. Returns what ends it. */
  followClock(follower: () => Promise<void>): () => void
  /** Servers by name or id. */
  guild(name: string): Guild
  addGuild(name: string, owner: string): Guild
  addChannel(guild: string, sketch: ChannelDraft): Channel
  addPerson(name: string, guilds: readonly string[]): Person
  /**
   * Sends interactions to that address over HTTP, signed as Discord signs them; undefined: to the gateway again.
   * @throws Error when the endpoint does not check signatures, or does not answer a PING
   */
  setInteractionsEndpoint(url: string | undefined): Promise<void>
  /** Resolves once the bot is connected to the gateway. */
  online(): Promise<void>
  close(): Promise<void>
}

/** Bytes of a request: ten files of a bot's, or of a person's in base64. Read in pieces, so that no more is held. */
const longestBody = 40 * 1024 * 1024
/** Discord's client asks for the gateway's heartbeat this often. */
const usualHeartbeat = 41_250

/**
 * Starts a Discord in a box: the REST API and gateway for a bot, and the person's side under `/sandbox`.
 * @throws SandboxError when the address cannot be listened on
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, now = Date.now, token, privileged = 0, botName, forms } = options
  const { recommendedShards } = options
  const world = createWorld({ now, token, privileged, botName, forms, recommendedShards })
  seed(world)
  const faults = createFaults()
  const journal = createJournal()
  const http = openHttpInteractions(world, (interaction, json) => answerInline(world, interaction, json))
  world.publicKey = http.publicKey
  const gateway = createGateway(world, options.heartbeatInterval ?? usualHeartbeat)
  const onBug = options.onBug ?? (error => process.emitWarning(`sandbox: ${String(error)}`))
  const limits = options.isUnlimited === true ? unlimited : createLimits()
  const rest = restApp({ world, faults, journal, limits }, onBug)
  const switches = faultRoutes(world, faults, gateway, journal)
  const app = assemble(world, host, [rest as unknown as Hono, switches], options.page, onBug)
  const server = await listen(app, host, port)
  world.url = urlOf(server, host)
  gateway.listen(server, host)
  return {
    url: world.url,
    apiUrl: `${world.url}/api`,
    token: world.token,
    applicationId: world.bot.id,
    person: name => createActor(world, findPerson(world, name)),
    faults,
    simulate: incident => simulate(world, gateway, incident),
    refused: journal.refused,
    requests: journal.requests,
    world,
    clock: world.clock,
    followClock(follower) {
      world.clockFollowers.add(follower)
      return () => world.clockFollowers.delete(follower)
    },
    guild: name => guildNamed(world, name),
    addGuild: (name, owner) => addGuild(world, name, findPerson(world, owner)),
    addChannel: (guild, sketch) => addChannel(world, guildNamed(world, guild), sketch),
    addPerson: (name, guilds) =>
      addPerson(
        world,
        name,
        guilds.map(each => guildNamed(world, each)),
      ),
    online: () => untilOnline(world),
    setInteractionsEndpoint: http.setEndpoint,
    async close() {
      http.close()
      gateway.stop()
      world.clock.stop()
      await closeServer(server)
    },
  }
}

function assemble(
  world: World,
  host: string,
  parts: readonly Hono[],
  page: Hono | undefined,
  onBug: (error: unknown) => void,
): Hono {
  const app = new Hono({ getPath: request => getPath(request).replaceAll('%40', '@') })
  app.use('*', async (c, next) => {
    await next()
    c.header('X-Sandbox', 'this is not Discord')
  })
  app.use(
    '*',
    bodyLimit({
      maxSize: longestBody,
      onError: c => c.json({ code: 40005, message: 'Request entity too large' }, 413),
    }),
  )
  app.use('/sandbox/*', guardMiddleware(host))
  app.use('/attachments/*', guardMiddleware(host))
  for (const part of parts) app.route('/', part)
  app.route('/', personRoutes(world))
  app.route('/', fileRoutes(world))
  if (page !== undefined) app.route('/', page)
  app.onError((error, c) => {
    onBug(error)
    return c.json({ error: 'the sandbox has a bug' }, 500)
  })
  return app
}

function untilOnline(world: World): Promise<void> {
  if (world.online) return Promise.resolve()
  return new Promise(resolve => {
    const stop = world.bus.on(event => {
      if (event.type !== 'bot' || !event.online) return
      stop()
      resolve()
    })
  })
}
