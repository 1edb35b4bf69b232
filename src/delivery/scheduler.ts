import { Failure, messageOf } from '../errors.ts'
import { type Choice, choose } from '../picks/choose.ts'
import { type DueSlot, localDate, nextSlot, planOf } from '../schedule/due-slots.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { newId } from '../store/ids.ts'
import { restoredSetting } from '../store/ports.ts'
import { clockGuard } from './clock-guard.ts'
import { type Delivery, deliver } from './deliver.ts'
import { loadInputs } from './load-inputs.ts'
import { type MaintenanceOptions, openMaintenance } from './maintenance.ts'
import { openReplanner } from './replan.ts'

export interface Scheduler {
  /** Plans, claims and delivers until the signal aborts, then waits for deliveries in flight. Never rejects. */
  run(signal: AbortSignal): Promise<void>
  /** One round. @returns when the next one has something to do, epoch ms */
  round(): Promise<number>
  /** Resolves when no delivery is in flight. */
  idle(): Promise<void>
  /** Starts the next round now, because something changed. */
  wake(): void
  /** What the schedule's next slot would post if it were due now; nothing is stored. */
  preview(schedule: Schedule): Promise<{ slot: DueSlot; choice: Choice }>
}

export interface SchedulerOptions extends MaintenanceOptions {
  /** Slots that are worked on at once. */
  readonly concurrency?: number
  /** The lease of a claim before its send, in milliseconds. */
  readonly lease?: number
}

const second = 1_000
const day = 86_400 * second
/** The longest time between two rounds: other processes and commands change the database. */
const maxRoundGap = 5 * second
/** The shortest time between two rounds, whatever goes wrong. */
const minRoundGap = 10
/** The longest time between two rounds while the database does not answer. */
const maxErrorGap = 15 * second
/** Schedules planned in a round. */
const batch = 200
/** How long a stop waits for sends in flight. */
const shutdownTimeout = 20 * second

/** Runs the schedules of one process; others may run beside it on the same database. */
export function openScheduler(delivery: Delivery, options: SchedulerOptions): Scheduler {
  const { clock, sources } = delivery
  const { concurrency = 40, lease = 60 * second } = options
  const maintenance = openMaintenance(delivery, options, () => wakeSignal.abort())
  const inFlight = new Set<Promise<void>>()
  let wakeSignal = new AbortController()
  const replanner = openReplanner(delivery)
  const guard = clockGuard(clock, by => {
    replanner.requestNow()
    delivery.note('the clock was set: nothing is planned until it has run evenly for a while', {
      seconds: by / second,
    })
  })

  let stopping: AbortSignal | undefined
  const start = (claim: Parameters<typeof deliver>[1]) => {
    const done = deliver({ ...delivery, stopping }, claim).finally(() => {
      inFlight.delete(done)
      if (inFlight.size < concurrency / 2) wakeSignal.abort()
    })
    inFlight.add(done)
  }

  async function round(): Promise<number> {
    const unsettled = guard.check()
    if (unsettled > 0) return clock.now() + Math.min(unsettled, maxRoundGap)
    await replanner.runIfDue()
    const planned = await plan(delivery)
    await sources.store.slots.expire(clock.now())
    maintenance.start()
    const capacity = concurrency - inFlight.size
    const now = clock.now()
    const claims = capacity > 0 ? await sources.store.slots.claim(newId('c'), now, now + lease, capacity) : []
    for (const claim of claims) start(claim)
    if (planned === batch) return now
    // As many as could be taken: the next delivery that ends wakes the runner.
    if (claims.length === capacity) return now + maxRoundGap
    const next = await sources.store.slots.nextAt()
    return Math.min(next ?? Number.POSITIVE_INFINITY, now + Math.min(maintenance.nextIn(), maxRoundGap))
  }

  async function run(signal: AbortSignal): Promise<void> {
    let failures = 0
    stopping = signal
    while (!signal.aborted) {
      wakeSignal = new AbortController()
      const next = await round().then(
        at => {
          failures = 0
          return at
        },
        error => {
          delivery.note('the schedules could not be read', { error: messageOf(error) })
          return clock.now() + Math.min(maxErrorGap, second * 2 ** failures++)
        },
      )
      const wait = Math.max(minRoundGap, next - clock.now())
      await clock.sleep(wait, AbortSignal.any([signal, wakeSignal.signal]))
    }
    await Promise.all([
      Promise.race([Promise.allSettled(inFlight), clock.sleep(shutdownTimeout)]),
      maintenance.close(),
    ])
  }

  return {
    run,
    round,
    async idle() {
      await maintenance.idle()
      while (inFlight.size > 0) await Promise.all(inFlight)
    },
    wake: () => {
      maintenance.wake()
      wakeSignal.abort()
    },
    preview: schedule => preview(delivery, schedule),
  }
}

async function preview({ clock, sources }: Delivery, schedule: Schedule): ReturnType<Scheduler['preview']> {
  const lastOffset = schedule.next.offset
  const taken = await sources.store.slots.dates(
    schedule.id,
    localDate(schedule.timing, clock.now(), lastOffset),
  )
  const slot = nextSlot(schedule.timing, clock.now(), { lastOffset, taken })
  return { slot, choice: choose(await loadInputs(sources, schedule, slot.date, slot.at)) }
}

const holdTime = (schedule: Schedule): number =>
  schedule.kind === 'daily' ? (schedule.holdMinutes ?? 0) * 60 * second : 0

/** Creates the slots that are due. @returns how many schedules were due */
async function plan({ clock, sources: { store }, note }: Delivery): Promise<number> {
  const now = clock.now()
  const due = await store.slots.due(now, batch)
  if (due.length === 0) return 0
  const restoredAt = Number((await store.settings.get('', restoredSetting)) ?? 0)
  for (const schedule of due) {
    try {
      const { slots, next } = planOf(schedule.timing, schedule.next, now, {
        restoredAt,
        hold: holdTime(schedule),
      })
      const skipped = slots.filter(slot => slot.reason !== undefined).length
      if (skipped > 0) note('slots are too late and were left out', { scheduleId: schedule.id, skipped })
      await store.slots.plan(schedule, slots, next, now)
    } catch (error) {
      if (error instanceof Failure) throw error
      // One schedule that cannot be planned must not block the others.
      note('a schedule cannot be planned', { scheduleId: schedule.id, error: messageOf(error) })
      await store.slots.plan(schedule, [], { ...schedule.next, at: now + day }, now)
    }
  }
  return due.length
}
