import type { Clock } from '../../delivery/clock.ts'
import type { PeriodicTask } from '../../delivery/periodic-tasks.ts'
import type { Poster } from '../../delivery/poster.ts'
import type { RateLimiter } from '../../delivery/rate-limiter.ts'
import { messageOf } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { Store } from '../../store/ports.ts'
import type { SourceNotice } from '../../store/source-ports.ts'
import { sourceNotices } from '../../view/source-card.ts'
import { type SyncParts, syncNext } from './sync.ts'

const second = 1_000
const minute = 60 * second
/** Kinds of sources that one process reads from at once. */
const atOnce = 3
const batch = 20
const sendTimeout = 15 * second

/** Reads from the sources that are due; of several processes one reads from a kind of source at a time. */
export const syncTask = (parts: SyncParts): PeriodicTask => ({
  failure: 'the sources could not be read',
  // Other processes add sources too.
  every: minute,
  onWake: true,
  run: async stopping => {
    const work = async () => {
      while (!stopping.aborted && (await syncNext(parts, stopping)) !== undefined) {
        // The next that is due.
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    const next = await parts.store.sources.nextAt()
    return next === undefined ? undefined : Math.max(second, next - parts.now())
  },
})

interface NoticeParts {
  readonly store: Pick<Store, 'sources'>
  readonly poster: Pick<Poster, 'post'>
  readonly rateLimiter: RateLimiter
  readonly clock: Clock
  readonly log: Log
}

/** Tells who set a source up that it brings no papers; whoever cannot be reached is told with their next command. */
export const sourceNoticeTask = (parts: NoticeParts): PeriodicTask => ({
  failure: 'notices of sources could not be sent',
  every: minute,
  run: async () => {
    const notices = await parts.store.sources.untried(batch)
    await Promise.all(notices.map(notice => tell(parts, notice)))
    return undefined
  },
})

async function tell({ store, poster, rateLimiter, clock, log }: NoticeParts, notice: SourceNotice) {
  const { id, createdBy } = notice.source
  if (createdBy === undefined) return
  try {
    await clock.sleep(rateLimiter.reserve(createdBy, clock.now()) - clock.now())
    const outcome = await poster.post({
      target: { userId: createdBy },
      message: sourceNotices([notice]),
      nonce: `${id}${String(clock.now()).slice(-10)}`,
      signal: clock.deadline(sendTimeout),
    })
    if (outcome.kind === 'posted') await store.sources.told(id)
  } catch (error) {
    log.info({ source: id, error: messageOf(error) }, 'a notice of a source could not be sent')
  }
}
