import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Sandbox, startSandbox } from 'discord-sandbox'
import { readCorpus } from '../../src/corpus/read.ts'
import { median, quantile, table } from './table.ts'

/** Interactions in one round, and how many people have one under way at once. */
const interactions = 1_000
const concurrency = 16
/** The two bots take turns, so that a machine that slows down slows both. */
const rounds = 5
/** By then a start is over, and what it needs no more is given back; in ms. */
const settled = 3_000

export const queries = [
  'kv cache',
  'SVERL',
  'value alignment',
  'consitutional AI',
  'reward model math reasoning',
  'VPO',
]
export const questions = [
  'what is the kv cache?',
  'how do reward models fail?',
  'why does value alignment matter?',
  'which datasets are used for math reasoning?',
  'how is memory reduced during inference?',
  'what is VPO?',
]

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Node's options that `npm start` gives. */
const startOptions = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    scripts: { start: string }
  }
).scripts.start
  .split(' ')
  .filter(word => word.startsWith('--'))

type Actor = ReturnType<Sandbox['person']>

interface Features {
  readonly perSecond: number
  /** Of the bot's process, ms an interaction. */
  readonly processor: number
  readonly p50: number
  readonly p99: number
}

interface Report {
  readonly kind: string
  readonly ms: number
  readonly cpuMs: number
  readonly rssMib: number
}

export interface Running {
  readonly sandbox: Sandbox
  readonly bot: ChildProcess
  readonly ready: Report
}

/** A bot in a process of its own, connected to a sandbox of its own; Lectern as `npm start` runs it. */
export async function startBot(name: string, env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const sandbox = await startSandbox()
  const file = `test/bench/bots/${name}.ts`
  const isOurs = name === 'lectern'
  const bot = fork(`${root}${isOurs ? 'src/launch.js' : file}`, isOurs ? [file] : [], {
    execArgv: isOurs ? startOptions : [],
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

async function reportOf(bot: ChildProcess): Promise<Report> {
  bot.send('now')
  return ((await once(bot, 'message')) as [Report])[0]
}

/** What a person does for the n-th time in a round. */
type Act = (person: Actor, n: number) => Promise<unknown>

export const inTurn = (list: readonly string[], n: number): string => list[n % list.length] ?? ''

/** Three words of a title that nobody has asked for before. */
async function freshQueries(): Promise<() => string> {
  const { papers } = await readCorpus([`${root}corpus`])
  const windows = papers.flatMap(({ title }) => {
    const words = title.split(/\s+/u)
    return words.map((_, at) => words.slice(at, at + 3).join(' ')).filter(text => text.includes(' '))
  })
  let next = 0
  return () => `${inTurn(windows, next)}${next++ < windows.length ? '' : ` ${next}`}`
}

async function acts(): Promise<Readonly<Record<string, Act>>> {
  const fresh = await freshQueries()
  const paper = (person: Actor, query: string) => person.slash('general', 'paper', { query, private: true })
  return {
    '/paper': (person, n) => paper(person, inTurn(queries, n)),
    '/ask': (person, n) => person.slash('general', 'ask', { question: inTurn(questions, n), private: true }),
    autocomplete: (person, n) =>
      person.suggest('general', 'paper', 'query', inTurn(queries, n).slice(0, 3 + (n % 5))),
    '/paper, each text new': person => paper(person, fresh()),
  }
}

/** Somebody who waits for an answer asks nothing more: the bot would refuse it. */
const peopleOf = (sandbox: Sandbox): Actor[] =>
  Array.from({ length: concurrency }, (_, i) => {
    const name = `person${i}`
    if (!sandbox.world.people.has(name)) sandbox.addPerson(name, ['Lab'])
    return sandbox.person(name)
  })

async function drive({ sandbox, bot }: Running, act: Act): Promise<Features> {
  const times: number[] = []
  let next = 0
  const before = await reportOf(bot)
  const start = performance.now()
  const worker = async (person: Actor) => {
    while (next < interactions) {
      const asked = performance.now()
      // On a busy machine some come later than Discord waits; they took their time all the same.
      await act(person, next++).catch(() => {})
      times.push(performance.now() - asked)
    }
  }
  await Promise.all(peopleOf(sandbox).map(worker))
  const seconds = (performance.now() - start) / 1000
  const processor = ((await reportOf(bot)).cpuMs - before.cpuMs) / interactions
  return {
    perSecond: interactions / seconds,
    processor,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  }
}

interface Compared {
  readonly lectern: readonly Features[]
  readonly constant: readonly Features[]
}

async function compare(lectern: Running, constant: Running, act: Act): Promise<Compared> {
  const figures = { lectern: [] as Features[], constant: [] as Features[] }
  await drive(lectern, act)
  await drive(constant, act)
  for (let round = 0; round < rounds; round++) {
    figures.lectern.push(await drive(lectern, act))
    figures.constant.push(await drive(constant, act))
  }
  return figures
}

function rowOf(name: string, { lectern, constant }: Compared): string[] {
  const ratios = lectern.map((each, i) => each.perSecond / (constant[i]?.perSecond ?? 1))
  const both = (read: (one: Features) => number, digits: number) =>
    `${median(lectern.map(read)).toFixed(digits)} / ${median(constant.map(read)).toFixed(digits)}`
  return [
    name,
    median(ratios).toFixed(2),
    both(one => one.perSecond, 0),
    both(one => one.processor, 2),
    both(one => one.p50, 1),
    both(one => one.p99, 1),
  ]
}

/** Commands through the real client, beside a bot that answers with a constant embed. */
export async function benchBot(): Promise<string> {
  const lectern = await startBot('lectern')
  const constant = await startBot('constant')
  const rows: string[][] = []
  for (const [name, act] of Object.entries(await acts()))
    rows.push(rowOf(name, await compare(lectern, constant, act)))
  const refused = lectern.sandbox.refused.length
  await stop(lectern)
  await stop(constant)
  return [
    `Interactions: ${interactions} a round by ${concurrency} people at once, ${rounds} rounds in turn, medians, Lectern / the constant bot; refused writes: ${refused}`,
    table(['command', 'throughput, ratio', 'per second', 'processor ms each', 'p50 ms', 'p99 ms'], rows),
    'Aims of the ratio: /paper 0.80, /ask 0.60, autocomplete 0.80; without memory of the text there is none.',
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
    const processor: number[] = []
    const mib: number[] = []
    for (let round = 0; round < rounds; round++) {
      const running = await startBot(name)
      ms.push(running.ready.ms)
      processor.push(running.ready.cpuMs)
      await setTimeout(settled)
      mib.push((await reportOf(running.bot)).rssMib)
      await stop(running)
    }
    rows.push({ label, ms: median(ms), processor: median(processor), mib: median(mib) })
  }
  const [ours, bare] = rows
  const ratio = (key: 'ms' | 'processor' | 'mib') => ((ours?.[key] ?? 0) / (bare?.[key] ?? 1)).toFixed(2)
  return [
    `Start: from the process's first instant to ready, memory ${settled / 1000} s later, ${rounds} starts in turn, medians`,
    table(
      ['process', 'ms to ready', 'processor ms', 'resident MiB'],
      [
        ...rows.map(({ label, ms, processor, mib }) => [
          label,
          ms.toFixed(0),
          processor.toFixed(0),
          mib.toFixed(0),
        ]),
        ['ratio', ratio('ms'), ratio('processor'), ratio('mib')],
      ],
    ),
  ].join('\n')
}
