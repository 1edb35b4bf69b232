import { setTimeout as sleep } from 'node:timers/promises'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics } from '../metrics.ts'

export interface OpenMetrics extends Metrics {
  /** What Prometheus reads, in its text format. */
  readonly contentType: string
  text(): Promise<string>
}

/** What is read when Prometheus asks. */
export interface Gauges {
  /** Papers in the search index. */
  papers(): number
  /** When the next slot has to be worked on, epoch ms. */
  nextSlotAt(): Promise<number | undefined>
  /** Since when the oldest post has been on its way, epoch ms. */
  sendingSince(): Promise<number | undefined>
  /** What waits for its turn; undefined before the bot is connected. */
  queue(): { readonly waiting: number; readonly oldest: number } | undefined
  /** Results of searches and answers that are kept. */
  remembered(): number
  /** Whether interactions can arrive. */
  isConnected(): boolean
  now(): number
}

/** Seconds: an acknowledgement is due after three, an answer after fifteen minutes. */
const toAcknowledgement = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3]
const toAnswer = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60]

/** Seconds: a remembered answer takes none, a new one some milliseconds. */
const toTurn = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]

/** Seconds: a search takes some milliseconds, and is given up after 1.5 s. */
const toEngine = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 10, 60]

/** How long the database may take, in ms: Prometheus waits ten seconds for all that it reads, and else has nothing of it. */
const longestRead = 2_000

/** A registry of its own, so that two bots of one process stay apart. */
export function openMetrics(gauges: Gauges): OpenMetrics {
  const registers = [new Registry()]
  const [registry] = registers as [Registry]
  collectDefaultMetrics({ register: registry })
  const interactions = new Counter({
    name: 'lectern_interactions_total',
    help: 'Interactions and messages handled, by command and outcome',
    labelNames: ['command', 'outcome'],
    registers,
  })
  const answers = new Histogram({
    name: 'lectern_interaction_seconds',
    help: 'From the arrival of an interaction to the end of its answer',
    labelNames: ['command'],
    buckets: toAnswer,
    registers,
  })
  const acknowledgements = new Histogram({
    name: 'lectern_acknowledgement_seconds',
    help: 'From the arrival of an interaction to its acknowledgement by Discord',
    buckets: toAcknowledgement,
    registers,
  })
  const turns = new Histogram({
    name: 'lectern_queue_wait_seconds',
    help: 'How long searches and answers waited for their turn',
    buckets: toTurn,
    registers,
  })
  const works = new Histogram({
    name: 'lectern_work_seconds',
    help: 'How long searches and answers took once they had their turn',
    buckets: toTurn,
    registers,
  })
  const slots = new Counter({
    name: 'lectern_slots_total',
    help: 'Slots of schedules that were settled, by state and reason',
    labelNames: ['state', 'reason'],
    registers,
  })
  const waits = new Counter({
    name: 'lectern_rate_limit_wait_seconds_total',
    help: 'Time that requests to Discord waited because of rate limits',
    registers,
  })
  const engineCalls = new Histogram({
    name: 'lectern_search_engine_seconds',
    help: 'How long the search engine took, by the kind of the call and whether it answered',
    labelNames: ['kind', 'answered'],
    buckets: toEngine,
    registers,
  })
  observe(gauges, registers)
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    interaction(command, outcome, seconds) {
      interactions.inc({ command, outcome })
      answers.observe({ command }, seconds)
    },
    acknowledged: seconds => acknowledgements.observe(seconds),
    slotSettled: (state, reason) => slots.inc({ state, reason }),
    turn(waited, worked) {
      turns.observe(waited)
      works.observe(worked)
    },
    engineCall: (kind, seconds, answered) =>
      engineCalls.observe({ kind, answered: answered ? 'yes' : 'no' }, seconds),
    rateLimited: seconds => waits.inc(Math.max(0, seconds)),
  }
}

/** Read whenever Prometheus asks. */
function observe(gauges: Gauges, registers: Registry[]): void {
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await read())
      },
    })
  /** How long ago that was, in seconds; 0 where there is none, or the database does not answer. */
  const ago = async (ask: () => Promise<number | undefined>) => {
    const at = await Promise.race([ask(), sleep(longestRead, undefined, { ref: false })]).catch(
      () => undefined,
    )
    return at === undefined ? 0 : Math.max(0, (gauges.now() - at) / 1_000)
  }
  gauge('lectern_papers', 'Papers in the search index', gauges.papers)
  gauge('lectern_remembered_results', 'Results of searches and answers that are kept', gauges.remembered)
  gauge('lectern_connected', '1 while interactions can arrive', () => (gauges.isConnected() ? 1 : 0))
  gauge(
    'lectern_queue_jobs',
    'Searches and answers that wait for their turn',
    () => gauges.queue()?.waiting ?? 0,
  )
  gauge(
    'lectern_queue_oldest_seconds',
    'How long the search or answer that waits longest has waited',
    () => (gauges.queue()?.oldest ?? 0) / 1_000,
  )
  gauge(
    'lectern_slot_overdue_seconds',
    'How long the next slot has been due: above a minute, no process works on the schedules',
    () => ago(gauges.nextSlotAt),
  )
  gauge(
    'lectern_slot_sending_seconds',
    'How long the oldest post has been on its way to Discord, under whatever lease',
    () => ago(gauges.sendingSince),
  )
}
