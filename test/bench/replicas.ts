import { once } from 'node:events'
import { type Sandbox, startSandbox } from 'discord-sandbox'
import { launchReplica, openBalancer, type Replica } from '../fixtures/replica-process.ts'
import { skipped, startPostgres } from '../store/postgres.ts'
import { inTurn, queries } from './bot.ts'
import { openCpuLimit } from './cpu-limit.ts'
import { median, table } from './table.ts'

/** Of one core, for each replica: what drives them needs the rest of a small machine. */
const share = 0.2
/** So many requests are under way that each replica has one to work on whenever its share of the core comes round. */
const concurrency = 64
const interactions = 600
const rounds = 5

/**
 * What two replicas behind a balancer answer in a second beside one, on one Postgres, by HTTP. Each is held to a share of a
 * core, so that the machine which also drives them is not what is measured; said aloud where that is not possible.
 */
export async function benchReplicas(): Promise<string> {
  if (skipped) return 'Replicas were not measured: there is no Postgres.'
  const limit = openCpuLimit(share)
  if (limit === undefined)
    console.error(
      'NOT LIMITED: control groups cannot be written; two replicas share the cores with their driver.',
    )
  const postgres = await startPostgres()
  const sandbox = await startSandbox()
  const env = {
    DISCORD_TOKEN: sandbox.token,
    DISCORD_API_URL: sandbox.apiUrl,
    DATABASE_URL: await postgres.database(),
    LOG_LEVEL: 'error',
  }
  const replicas = [await launchReplica(env), await launchReplica(env)]
  const urls = replicas.map(({ url }) => url)
  const balancer = await openBalancer(urls)
  await sandbox.setInteractionsEndpoint(balancer.url)
  await drive(sandbox)
  for (const { child } of replicas) if (child.pid !== undefined) limit?.hold(child.pid)
  const one: number[] = []
  const two: number[] = []
  for (let round = 0; round < rounds; round++) {
    urls.splice(0, urls.length, ...replicas.slice(0, 1).map(({ url }) => url))
    one.push(await drive(sandbox))
    urls.splice(0, urls.length, ...replicas.map(({ url }) => url))
    two.push(await drive(sandbox))
  }
  for (const replica of replicas) await kill(replica)
  limit?.close()
  balancer.server.closeAllConnections()
  balancer.server.close()
  await sandbox.close()
  await postgres.stop()
  const ratios = two.map((each, i) => each / (one[i] ?? 1))
  return [
    `Replicas: ${interactions} /paper a round by ${concurrency} people at once, ${rounds} rounds in turn, medians, ${limit === undefined ? 'not limited' : `each held to ${share} of a core`}`,
    table(
      ['replicas', 'answers a second', 'ratio'],
      [
        ['one', median(one).toFixed(0), ''],
        ['two', median(two).toFixed(0), median(ratios).toFixed(2)],
      ],
    ),
    'Aim of the ratio: 1.7.',
  ].join('\n')
}

/** Answers a second. */
async function drive(sandbox: Sandbox): Promise<number> {
  const people = Array.from({ length: concurrency }, (_, i) => {
    sandbox.addPerson(`person${i}`, ['Lab'])
    return sandbox.person(`person${i}`)
  })
  let next = 0
  let answered = 0
  const start = performance.now()
  await Promise.all(
    people.map(async person => {
      while (next < interactions) {
        const query = inTurn(queries, next++)
        const asked = person.slash('general', 'paper', { query, private: true })
        const state = await asked.then(
          reply => reply.state,
          () => 'failed',
        )
        if (state !== 'failed') answered++
      }
    }),
  )
  return answered / ((performance.now() - start) / 1000)
}

async function kill({ child }: Replica): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
