import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Sandbox, startSandbox } from 'discord-sandbox'
import { quantile, table } from './table.ts'

/** Interactions in one round, and how many of them are under way at once. */
const interactions = 1_000
const concurrency = 16
/** The two bots take turns, so that a machine that slows down slows both. */
const rounds = 3

const queries = [
  'kv cache',
  'SVERL',
  'value alignment',
  'consitutional AI',
  'reward model math reasoning',
  'VPO',
]

interface Features {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

interface Report {
  readonly kind: string
  readonly ms: number
  readonly rssMib: number
}

/** A bot in a process of its own, connected to a sandbox of its own. */
export async function startBot(
  name: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ sandbox: Sandbox; bot: ChildProcess; ready: Report }> {
  const sandbox = await startSandbox()
  const bot = fork(fileURLToPath(new URL(`./bots/${name}.ts`, import.meta.url)), {
    env: { ...process.env, ...env, BENCH_API_URL: sandbox.apiUrl, BENCH_TOKEN: sandbox.token },
  })
  const failed = once(bot, 'exit').then(() =>
    Promise.reject(new Error(`the bot ${name} ended before it was ready`)),
  )
  const [ready] = (await Promise.race([once(bot, 'message'), failed])) as [Report]
  failed.catch(() => {})
  return { sandbox, bot, ready }
}

export async function stop({ sandbox, bot }: { sandbox: Sandbox; bot: ChildProcess }): Promise<void> {
  bot.disconnect()
  await once(bot, 'exit')
  await sandbox.close()
}

async function memoryOf(bot: ChildProcess): Promise<number> {
  bot.send('memory')
  const [report] = (await once(bot, 'message')) as [Report]
  return report.rssMib
}

async function drive(sandbox: Sandbox): Promise<Features> {
  const ada = sandbox.person('ada')
  const times: number[] = []
  let next = 0
  const start = performance.now()
  const worker = async () => {
    while (next < interactions) {
      const query = queries[next++ % queries.length] ?? ''
      const asked = performance.now()
      await ada.slash('general', 'paper', { query, private: true })
      times.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  const seconds = (performance.now() - start) / 1000
  return { perSecond: interactions / seconds, p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
}

const median = (list: readonly number[]): number => quantile([...list], 0.5)

/** `/paper` through the real client, beside a bot that answers with a constant embed. */
export async function benchBot(): Promise<string> {
  const lectern = await startBot('lectern')
  const constant = await startBot('constant')
  const figures = { lectern: [] as Features[], constant: [] as Features[] }
  await drive(lectern.sandbox)
  await drive(constant.sandbox)
  for (let round = 0; round < rounds; round++) {
    figures.lectern.push(await drive(lectern.sandbox))
    figures.constant.push(await drive(constant.sandbox))
  }
  const ratios = figures.lectern.map((each, i) => each.perSecond / (figures.constant[i]?.perSecond ?? 1))
  const row = (name: string, list: Features[]) => [
    name,
    median(list.map(one => one.perSecond)).toFixed(0),
    median(list.map(one => one.p50)).toFixed(1),
    median(list.map(one => one.p99)).toFixed(1),
  ]
  const refused = lectern.sandbox.refused.length
  await stop(lectern)
  await stop(constant)
  return [
    `Interactions: ${interactions} /paper a round, ${concurrency} at once, ${rounds} rounds in turn, medians; refused writes: ${refused}`,
    table(
      ['bot', 'per second', 'p50 ms', 'p99 ms'],
      [row('Lectern', figures.lectern), row('constant embed', figures.constant)],
    ),
    `Throughput beside the constant embed: ${median(ratios).toFixed(2)} (aim: at least 0.80)`,
  ].join('\n')
}

/** Start-up time and memory, beside a discord.js client that does nothing. */
export async function benchStart(): Promise<string> {
  const rows = []
  for (const [name, label] of [
    ['lectern', 'Lectern'],
    ['bare', 'bare discord.js client'],
  ] as const) {
    const ms: number[] = []
    const mib: number[] = []
    for (let round = 0; round < rounds; round++) {
      const running = await startBot(name)
      ms.push(running.ready.ms)
      mib.push(await memoryOf(running.bot))
      await stop(running)
    }
    rows.push({ label, ms: median(ms), mib: median(mib) })
  }
  const [ours, bare] = rows
  const ratio = (key: 'ms' | 'mib') => ((ours?.[key] ?? 0) / (bare?.[key] ?? 1)).toFixed(2)
  return [
    `Start: from the process's first instant to ready, ${rounds} starts in turn, medians`,
    table(
      ['process', 'ms to ready', 'resident MiB'],
      [
        ...rows.map(({ label, ms, mib }) => [label, ms.toFixed(0), mib.toFixed(0)]),
        ['ratio', ratio('ms'), ratio('mib')],
      ],
    ),
  ].join('\n')
}
