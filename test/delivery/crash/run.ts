import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Slot } from '../../../src/schedule/schedule.ts'
import { carries, slotKeyOf } from '../../../src/schedule/slot-key.ts'
import { openPostgres, openSqlite } from '../../../src/store/open.ts'
import { type Channels, type Outcome, openChannels, type RecordedRequest } from '../../fixtures/channels.ts'
import { draw, type Random, randomOf } from '../../fixtures/random.ts'
import { dailyAt, weekdays } from '../../fixtures/scheduler.ts'
import { type Proxy as DatabaseProxy, proxyTo } from '../../store/proxy.ts'
import { type CrashOptions, type CrashPoint, crashPoints, speed } from './options.ts'

export interface Plan {
  readonly seed: number
  readonly postgres: boolean
  /** An empty file's path, or the address of an empty database. */
  readonly database: string
  /** Where the first process dies; undefined: drawn. */
  readonly crashAt?: CrashPoint
  /** Discord has forgotten every nonce: the look into the channel alone prevents a second post. Undefined: drawn. */
  readonly forgetsNonces?: boolean
}

/** What a run was like and what was wrong with it: nothing, or the run failed. */
export interface Report {
  readonly wrong: string[]
  readonly crashes: number
  readonly faults: number
  readonly states: Record<string, number>
}

/** Schedules of a run; two share a channel. */
const schedules = 6
/** Requests that may go wrong in a run; after them the weather is fine. */
const maxFaults = 18
/** Real milliseconds after which a run has failed to come to an end. */
const longest = 180_000
const minute = 60_000

/** One run: processes deliver, die, lose answers and their database; afterwards every slot is judged. */
export async function crashRun(plan: Plan): Promise<Report> {
  const random = randomOf(plan.seed)
  const channels = await openChannels()
  const start = Date.now()
  channels.now = () => start + (Date.now() - start) * speed
  const proxy = plan.postgres ? await proxyTo(plan.database) : undefined
  const store = await (plan.postgres ? openPostgres(plan.database) : openSqlite(plan.database))
  const processes = new Processes({
    ...plan,
    channels: channels.url,
    database: proxy?.url ?? plan.database,
    start,
  })
  const network = new NetworkFaults(random, channels, processes, plan.forgetsNonces)
  try {
    const slotAt = Math.floor(start / minute) * minute
    for (let i = 0; i < schedules; i++) {
      const at = new Date(slotAt)
      const timing = { hour: at.getUTCHours(), minute: at.getUTCMinutes(), zone: 'UTC', days: weekdays }
      await store.dailies.create({
        ...dailyAt(`d${i}`, timing, start, { channelId: `c${i % 3}`, count: 1 + (i % 2) }),
        next: { at: slotAt, offset: 0 },
      })
    }
    const nth = plan.crashAt === undefined ? 1 + Math.floor(random() * 3) : 1
    processes.start('first', plan.crashAt ?? draw(random, crashPoints), nth)
    if (plan.postgres) processes.start('second', random() < 0.4 ? draw(random, crashPoints) : undefined, 2)
    // Where the death is the point, the other process waits for it: else it might do all the work before.
    await processes.go(plan.crashAt === undefined ? ['first', 'second'] : ['first'])
    const outage = random() < 0.5 ? outages(random, plan.database, proxy) : undefined
    const slots = await settled(async () => {
      const histories = await Promise.all(
        Array.from({ length: schedules }, (_, i) => store.slots.history(`d${i}`, 9)),
      )
      return histories.flat()
    })
    await outage
    return {
      wrong: [...processes.wrong, ...problemsOf(slots, channels)],
      crashes: processes.crashes,
      faults: network.faults,
      states: Object.fromEntries(
        Map.groupBy(slots, slot => slot.state)
          .entries()
          .map(([k, v]) => [k, v.length]),
      ),
    }
  } finally {
    await processes.stop()
    await store.close()
    await proxy?.close()
    await channels.close()
  }
}

async function settled(read: () => Promise<Slot[]>): Promise<Slot[]> {
  const end = Date.now() + longest
  for (;;) {
    const slots = await read()
    const done = slots.filter(slot => slot.settledAt !== undefined)
    if (slots.length >= schedules && done.length === slots.length) return slots
    if (Date.now() > end) return slots
    await wait(50)
  }
}

function problemsOf(slots: readonly Slot[], channels: Channels): string[] {
  const wrong: string[] = []
  const shown = new Set<string>()
  if (slots.length !== schedules) wrong.push(`${slots.length} slots for ${schedules} schedules`)
  for (const slot of slots) {
    const slotKey = slotKeyOf(slot.scheduleId, slot.date)
    const messages = channels.messages.filter(message => carries(message.customIds, slotKey))
    const name = `${slotKey} (${slot.state} ${slot.reason ?? ''})`
    if (slot.settledAt === undefined) wrong.push(`${name} was never settled`)
    if (messages.length > 1) wrong.push(`${name} stands ${messages.length} times`)
    if (slot.state === 'posted' && messages[0]?.id !== slot.messageId)
      wrong.push(`${name} does not know its message`)
    if (slot.state !== 'posted' && slot.state !== 'unknown' && messages.length > 0)
      wrong.push(`${name} stands though it is not settled as posted`)
    if (slot.state !== 'posted' && slot.reason === undefined) wrong.push(`${name} has no reason`)
    for (const { paperId } of slot.picks) {
      const paper = `${Number(slot.scheduleId.slice(1)) % 3} ${paperId}`
      if (shown.has(paper)) wrong.push(`${name} repeats ${paperId} in its channel`)
      shown.add(paper)
    }
  }
  return wrong
}

/** The processes of a run. One that dies is started again, to die no more. */
class Processes {
  crashes = 0
  readonly wrong: string[] = []
  readonly #common: Pick<CrashOptions, 'postgres' | 'database' | 'channels' | 'start'>
  readonly #running = new Map<string, { child: ChildProcess; crashAt: CrashPoint | undefined }>()
  readonly #ready: Promise<unknown>[] = []
  readonly #begun = new Set<string>()
  #gone = false
  #stopping = false

  constructor(common: Pick<CrashOptions, 'postgres' | 'database' | 'channels' | 'start'>) {
    const { postgres, database, channels, start } = common
    this.#common = { postgres, database, channels, start }
  }

  start(name: string, crashAt: CrashPoint | undefined, nth: number) {
    const options: CrashOptions = { ...this.#common, name, crashAt, nth }
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('./child.ts', import.meta.url)), JSON.stringify(options)],
      { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
    )
    const ready = once(child, 'message')
    if (this.#gone) ready.then(() => child.send('go')).catch(() => {})
    else this.#ready.push(ready)
    let said = ''
    child.stderr?.on('data', chunk => {
      said += chunk
    })
    this.#running.set(name, { child, crashAt })
    child.once('exit', (_, signal) => {
      if (this.#stopping) return
      if (signal !== 'SIGKILL') this.wrong.push(`a process ended by itself: ${said.slice(0, 2_000)}`)
      this.crashes++
      this.#begin([...this.#running.keys()].filter(other => other !== name))
      this.start(name, undefined, 0)
    })
  }

  /** Lets these begin, once all are ready; who is not among them begins at the first death. */
  async go(names: readonly string[]) {
    await Promise.all(this.#ready)
    this.#gone = true
    this.#begin(names)
  }

  #begin(names: readonly string[]) {
    for (const name of names) {
      if (this.#begun.has(name)) continue
      this.#begun.add(name)
      this.#running.get(name)?.child.send('go')
    }
  }

  /** Whether that process is to be killed now that its send has been done. */
  diesAfterSend = (name: string): boolean => this.#running.get(name)?.crashAt === 'after the send'

  kill(name: string) {
    this.#running.get(name)?.child.kill('SIGKILL')
  }

  async stop() {
    this.#stopping = true
    for (const { child } of this.#running.values()) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }
  }
}

/** What goes wrong with requests. */
class NetworkFaults {
  faults = 0
  readonly #random: Random

  constructor(random: Random, channels: Channels, processes: Processes, always: boolean | undefined) {
    this.#random = random
    const forgetsNonces = always ?? random() < 0.3
    if (forgetsNonces) channels.nonceLifetime = 0
    let nextFault = random() < 0.3 ? 6 : 0
    let asked = 0
    channels.outcomeOf = (request: RecordedRequest): Outcome => {
      if (request.method === 'POST' && processes.diesAfterSend(request.by))
        return { kind: 'silent', done: true, onReceived: () => processes.kill(request.by) }
      if (++asked > maxFaults) return { kind: 'answer' }
      if (nextFault-- > 0) return this.#fault({ kind: 'limited', ms: 3_000, everywhere: nextFault % 3 === 0 })
      return this.#fate(forgetsNonces)
    }
  }

  #fault(fate: Outcome): Outcome {
    this.faults++
    return fate
  }

  #fate(forgetsNonces: boolean): Outcome {
    const chance = this.#random()
    if (chance < 0.12) return this.#fault({ kind: 'lost' })
    if (chance < 0.2) return this.#fault({ kind: 'dropped' })
    if (chance < 0.25) return this.#fault({ kind: 'error', status: 502, done: true })
    if (chance < 0.3) return this.#fault({ kind: 'error', status: 500, done: false })
    if (chance < 0.37) return this.#fault({ kind: 'limited', ms: 5_000, everywhere: false })
    // A request that is done after all when nobody knows its nonce any more cannot be told from a second one.
    if (chance < 0.42 && !forgetsNonces) return this.#fault({ kind: 'late', ms: 200 })
    return { kind: 'answer' }
  }
}

/** The database goes away for a while, a few times. */
async function outages(random: Random, database: string, proxy: DatabaseProxy | undefined) {
  for (let i = 0; i < 3; i++) {
    await wait(200 + random() * 800)
    const ms = 100 + random() * 900
    if (proxy !== undefined) {
      await proxy.cut()
      await wait(ms)
      await proxy.mend()
    } else await lockFor(database, ms)
  }
}

async function lockFor(file: string, ms: number) {
  const holder = new DatabaseSync(file, { timeout: 5_000 })
  try {
    holder.exec('begin immediate')
    await wait(ms)
    holder.exec('rollback')
  } finally {
    holder.close()
  }
}
