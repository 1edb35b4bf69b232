import { setTimeout as sleep } from 'node:timers/promises'
import type { Sandbox } from 'discord-sandbox'
import { inTurn, queries, questions, startBot, stop } from './bot.ts'
import { quantile, table } from './table.ts'

const seconds = 10
const warmUp = 2_000
/** Requests under way at once while the greatest rate is looked for. */
const concurrency = 16
/** Members who ask in turn: nobody asks again while their answer is on its way. */
const members = 400

const kinds = {
  '/paper': (sandbox: Sandbox, n: number) =>
    member(sandbox, n).slash('general', 'paper', { query: inTurn(queries, n), private: true }),
  '/ask': (sandbox: Sandbox, n: number) =>
    member(sandbox, n).slash('general', 'ask', { question: inTurn(questions, n), private: true }),
} as const
type Act = (typeof kinds)[keyof typeof kinds]

function member(sandbox: Sandbox, n: number) {
  const name = `member${n % members}`
  if (!sandbox.world.people.has(name)) sandbox.addPerson(name, ['Lab'])
  return sandbox.person(name)
}

/** Time to acknowledgement while requests come evenly, half as many as the bot can answer at most. */
export async function benchHalfLoad(): Promise<string> {
  const running = await startBot('lectern')
  const rows: string[][] = []
  for (const [name, act] of Object.entries(kinds)) {
    await greatestRate(running.sandbox, act, warmUp)
    const rate = await greatestRate(running.sandbox, act, warmUp)
    const latencies = await evenly(running.sandbox, act, rate / 2)
    rows.push([
      name,
      rate.toFixed(0),
      String(latencies.length),
      ...[0.5, 0.99, 1].map(part => quantile(latencies, part).toFixed(1)),
    ])
  }
  await stop(running)
  return [
    `Half load: requests that come evenly for ${seconds} s, half of what is answered at most`,
    table(['command', 'at most a second', 'requests', 'ms to acknowledgement p50', 'p99', 'longest'], rows),
    'Aim of the p99: under 100 ms.',
  ].join('\n')
}

/** Answers a second, by `concurrency` members of whom each asks again when they have their answer. */
async function greatestRate(sandbox: Sandbox, act: Act, ms: number): Promise<number> {
  const start = performance.now()
  let answered = 0
  const worker = async (first: number) => {
    for (let n = first; performance.now() - start < ms; n += concurrency) {
      await act(sandbox, n).catch(() => {})
      answered++
    }
  }
  await Promise.all(Array.from({ length: concurrency }, (_, i) => worker(i)))
  return answered / ((performance.now() - start) / 1000)
}

/** @returns ms from each request to its acknowledgement; what was never acknowledged counts as three seconds */
async function evenly(sandbox: Sandbox, act: Act, rate: number): Promise<number[]> {
  const { world } = sandbox
  const latencies = new Map<string, number>()
  const before = new Set(world.interactions.keys())
  const unwatch = world.bus.on(event => {
    if (event.type !== 'interaction-changed' || latencies.has(event.interaction.id)) return
    latencies.set(event.interaction.id, world.clock.now() - event.interaction.createdAt)
  })
  const start = performance.now()
  const asked: Promise<unknown>[] = []
  for (let due = 0; due < seconds * 1000; due += 1000 / rate) {
    const wait = start + due - performance.now()
    if (wait > 0) await sleep(wait)
    asked.push(act(sandbox, asked.length).catch(() => {}))
  }
  await Promise.all(asked)
  unwatch()
  return [...world.interactions.keys()].filter(id => !before.has(id)).map(id => latencies.get(id) ?? 3_000)
}
