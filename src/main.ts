import type { Sandbox } from 'discord-sandbox'
import dotenv from 'dotenv'
import { commands } from '../commands/index.ts'
import { bootstrap, logFor } from './bootstrap.ts'
import { type Config, ConfigError, parseConfig } from './config.ts'
import { type Connection, connect } from './discord/connect.ts'
import { Failure } from './errors.ts'
import type { Log } from './log.ts'
import { watchStore } from './store/watch.ts'

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

async function run(config: Config): Promise<void> {
  const log = logFor(config)
  const bot = await bootstrap(config, commands, log)
  say(`Lectern ${bot.facts.version} has read ${bot.library.search.papers.length} papers.`)
  if (bot.generator !== undefined) say(`Questions are sent to ${bot.generator.model} for generated answers.`)
  if (config.embeddingModel !== undefined)
    say(
      `An embedding model (${config.embeddingModel.kind}) is set up; until it has read all papers, the built-in table is used.`,
    )
  const unwatch = watchStore(bot.store, log)
  const sandbox = config.token === undefined ? await openSandbox(config, log) : undefined
  const connection = await connect(addressOf(config, sandbox), bot, commands)
  say(greeting(connection, sandbox))
  const ended = await Promise.race([connection.lost, stopped()])
  await connection.close()
  await sandbox?.close()
  unwatch()
  await bot.model?.close()
  await bot.store.close()
  if (ended instanceof Failure) throw ended
  say('Lectern has stopped.')
}

/** Loaded only when it is needed: a bot with a token starts without it. */
async function openSandbox({ host, port }: Config, log: Log): Promise<Sandbox> {
  const [{ startSandbox, SandboxError }, { page }] = await loadSandbox()
  const onBug = (error: unknown) => log.error({ err: error }, 'the sandbox has a bug')
  try {
    return await startSandbox({ host, port, page: page(), onBug })
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
  return { token: config.token ?? '', apiUrl: config.apiUrl, guildId: config.guildId }
}

function greeting({ client, invite }: Connection, sandbox: Sandbox | undefined): string {
  if (sandbox === undefined) return `Connected as ${client.user.tag}. Add it to a server:\n  ${invite}`
  return `No DISCORD_TOKEN is set, so this is the sandbox: a Discord in a box.\nOpen ${sandbox.url} and type /paper kv cache. Ctrl+C stops it.`
}

/** Resolves when somebody asks the process to stop. A second signal ends it at once. */
function stopped(): Promise<'stopped'> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('stopped'))
  })
}

try {
  const env = { ...process.env }
  dotenv.config({ quiet: true, processEnv: env as Record<string, string> })
  await run(parseConfig(env))
  process.exit(0)
} catch (error) {
  const known = error instanceof Failure || error instanceof ConfigError
  process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}
