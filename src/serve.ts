import { commands } from '../commands/index.ts'
import { bootstrap, logFor } from './bootstrap.ts'
import type { Config } from './config.ts'
import { connectHttp } from './discord/connect-http.ts'
import { runEntry, say, untilEnded } from './entry.ts'
import { Failure } from './errors.ts'
import { feedRoutes } from './http/feeds.ts'
import { interactionsEndpoint } from './http/interactions.ts'
import { openOperations } from './http/open-operations.ts'
import { listen } from './http/server.ts'
import { openVerifier } from './http/signature.ts'
import { watchStore } from './store/watch.ts'

const defaultPort = 8080

/** Answers interactions that Discord sends over HTTP: one of any number of replicas behind a load balancer. */
async function run(config: Config): Promise<void> {
  const { token, apiUrl, guildId } = config
  if (token === undefined)
    throw new Failure('input', 'Interactions over HTTP need DISCORD_TOKEN: the sandbox uses the gateway.')
  const log = logFor(config)
  const base = await bootstrap(config, commands, log)
  const unwatch = watchStore(base.store, log)
  const operations = openOperations(base)
  const bot = { ...base, metrics: operations.metrics }
  const connection = await connectHttp({ token, apiUrl, guildId }, bot, commands)
  operations.connected(connection)
  let isOpen = true
  const endpoint = interactionsEndpoint({
    verify: openVerifier(connection.publicKey, [connection.now, Date.now]),
    isOpen: () => isOpen,
    accept: connection.accept,
  })
  const server = await listen(
    [endpoint, operations.routes, feedRoutes({ ...base, channels: connection.channels }, config)],
    config.host,
    config.httpPort ?? defaultPort,
    base.log,
  )
  say(`Lectern ${bot.facts.version} has read ${bot.library.search.count} papers.`)
  say(`Interactions are taken at ${server.url}/interactions; give Discord its public https address.`)
  const stopTaking = () => {
    isOpen = false
  }
  await untilEnded(connection, [
    stopTaking,
    server.close,
    connection.close,
    unwatch,
    base.model?.close,
    () => base.engine?.close(),
    base.store.close,
  ])
}

await runEntry(run)
