import { type DirectNoticeParts, sendDirect } from '../../delivery/direct-notice.ts'
import type { PeriodicTask } from '../../delivery/periodic-tasks.ts'
import type { Store } from '../../store/ports.ts'
import type { SourceNotice } from '../../store/source-ports.ts'
import { sourceNotices } from '../../view/source-card.ts'
import { type SyncParts, syncNext } from './sync.ts'

const second = 1_000
const minute = 60 * second
/** Kinds of sources that one process reads from at once. */
const atOnce = 3
const batch = 20

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

interface NoticeParts extends DirectNoticeParts {
  readonly store: Pick<Store, 'sources'>
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

async function tell(parts: NoticeParts, notice: SourceNotice) {
  const { id, createdBy: userId } = notice.source
  if (userId === undefined) return
  const message = sourceNotices([notice])
  if (await sendDirect(parts, { userId, about: id, message })) await parts.store.sources.told(id)
}
