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
  /** Whether interactions can arrive. */
  isConnected(): boolean
  now(): number
}

/** Seconds: an acknowledgement is due after three, an answer after fifteen minutes. */
const toAcknowledgement = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3]
const toAnswer = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60]

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
    rateLimited: seconds => waits.inc(Math.max(0, seconds)),
  }
}

function observe({ papers, nextSlotAt, isConnected, now }: Gauges, registers: Registry[]): void {
  new Gauge({
    name: 'lectern_papers',
    help: 'Papers in the search index',
    registers,
    collect() {
      this.set(papers())
    },
  })
  new Gauge({
    name: 'lectern_connected',
    help: '1 while interactions can arrive',
    registers,
    collect() {
      this.set(isConnected() ? 1 : 0)
    },
  })
  new Gauge({
    name: 'lectern_slot_overdue_seconds',
    help: 'How long the next slot has been due: above a minute, no process works on the schedules',
    registers,
    async collect() {
      const next = await nextSlotAt().catch(() => undefined)
      this.set(next === undefined ? 0 : Math.max(0, (now() - next) / 1_000))
    },
  })
}
