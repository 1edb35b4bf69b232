import type { Sandbox } from 'discord-sandbox'
import { commands } from '../commands/index.ts'
import { bootstrap, logFor } from './bootstrap.ts'
import type { BaseContext } from './bot/context.ts'
import type { Config } from './config.ts'
import { systemClock } from './delivery/clock.ts'
import { type Connection, connect } from './discord/connect.ts'
import { deployCommands } from './discord/deploy.ts'
import { ready, recommendedShards, runShards } from './discord/shards.ts'
import { runEntry, say, untilEnded } from './entry.ts'
import { Failure } from './errors.ts'
import { feedRoutes } from './http/feeds.ts'
import { openOperations, type Routes } from './http/open-operations.ts'
import { type HttpServer, listen } from './http/server.ts'
import type { Log } from './log.ts'
import { followClock, sandboxClock } from './sandbox-clock.ts'
import { addPaperForm } from './sandbox-papers.ts'
import { watchStore } from './store/watch.ts'

async function run(config: Config): Promise<void> {
  const log = logFor(config)
  // Or discord.js' client evaluates whatever code the channel to its manager brings.
  delete process.env['SHARDING_MANAGER']
  const count = await shardsOf(config, log)
  await (count > 1 ? runAllShards(config, count, log) : runBot(config, log))
}

/** Shards are for Discord alone; each is told by its environment that it is one. */
async function shardsOf(config: Config, log: Log): Promise<number> {
  if (config.token === undefined || config.shard !== undefined || config.shards === 1) return 1
  const recommended = await recommendedShards(addressOf(config, undefined), log)
  if (config.shards === 'auto') return recommended
  if (config.shards < recommended)
    log.warn(`Discord recommends ${recommended} shards; SHARDS is ${config.shards}`)
  return config.shards
}

/** A process for each shard, and none of the bot's work here but the registration of its commands. */
async function runAllShards(config: Config, count: number, log: Log): Promise<void> {
  const specs = commands.map(command => command.spec)
  await deployCommands(addressOf(config, undefined), specs, false)
  const shards = await runShards(count, config.token ?? '', log)
  say(`${count} shards are running.`)
  await untilEnded(shards, [shards.close])
}

async function runBot(config: Config, log: Log): Promise<void> {
  let clock = systemClock
  const now = () => clock.now()
  const base = await bootstrap(config, commands, log, now)
  say(`Lectern ${base.facts.version} has read ${base.library.search.count} papers.`)
  if (base.generator !== undefined)
    say(`Questions are sent to ${base.generator.model} for generated answers.`)
  if (config.embeddingModel !== undefined)
    say(
      `An embedding model (${config.embeddingModel.kind}) is set up; until it has read all papers, the built-in table is used.`,
    )
  const unwatch = watchStore(base.store, log)
  const sandbox = config.token === undefined ? await openSandbox(config, base, now) : undefined
  if (sandbox !== undefined) clock = sandboxClock(sandbox)
  const operations = openOperations(base)
  const bot = { ...base, metrics: operations.metrics }
  const connection = await connect(addressOf(config, sandbox), bot, commands, clock)
  operations.connected(connection)
  const routes = [operations.routes, feedRoutes({ ...base, channels: connection.channels }, config)]
  const server = await serveOperations(config, routes, log)
  if (sandbox !== undefined) followClock(sandbox, connection.picks, log)
  say(greeting(connection, sandbox))
  if (config.shard !== undefined) process.send?.(ready)
  await untilEnded(connection, [
    server?.close,
    connection.close,
    sandbox?.close,
    unwatch,
    base.model?.close,
    () => base.engine?.close(),
    base.store.close,
  ])
}

/** Each shard has a port of its own, counted from HTTP_PORT. */
async function serveOperations(
  { host, httpPort, shard }: Config,
  routes: readonly Routes[],
  log: Log,
): Promise<HttpServer | undefined> {
  if (httpPort === undefined) return undefined
  const server = await listen(routes, host, httpPort === 0 ? 0 : httpPort + (shard?.id ?? 0), log)
  say(`Health and metrics: ${server.url}/health/ready, ${server.url}/metrics`)
  return server
}

/** Loaded only when it is needed: a bot with a token starts without it. */
async function openSandbox(
  { host, port }: Config,
  { store, libraries, log }: BaseContext,
  now: () => number,
): Promise<Sandbox> {
  const [{ startSandbox, SandboxError }, { page }] = await loadSandbox()
  const onBug = (error: unknown) => log.error({ err: error }, 'the sandbox has a bug')
  const forms = [addPaperForm({ papers: store.papers, refresh: libraries.refresh, now })]
  try {
    return await startSandbox({ host, port, page: page(), botName: 'Lectern', forms, onBug })
  } catch (error) {
    throw error instanceof SandboxError ? new Failure('busy', error.message, { cause: error }) : error
  }
}

async function loadSandbox() {
  try {
    return await Promise.all([import('discord-sandbox'), import('discord-sandbox/page')])
  } catch (cause) {
    throw new Failure(
      'missing',
      'No DISCORD_TOKEN is set, and the sandbox is not installed. Set the token, or run `npm ci`.',
      { cause },
    )
  }
}

function addressOf(config: Config, sandbox: Sandbox | undefined) {
  if (sandbox !== undefined) return { token: sandbox.token, apiUrl: sandbox.apiUrl, guildId: undefined }
  const { token = '', apiUrl, guildId, shard } = config
  return { token, apiUrl, guildId, shard }
}

function greeting({ client, invite }: Connection, sandbox: Sandbox | undefined): string {
  if (sandbox === undefined) return `Connected as ${client.user.tag}. Add it to a server:\n  ${invite}`
  return `No DISCORD_TOKEN is set, so this is the sandbox: a Discord in a box.\nOpen ${sandbox.url} and type /paper kv cache. Ctrl+C stops it.`
}

await runEntry(run)
