import { type DirectNoticeParts, noticeTask } from '../../delivery/direct-notice.ts'
import type { PeriodicTask } from '../../delivery/periodic-tasks.ts'
import { feedLanes } from '../../sources/spec.ts'
import type { Store } from '../../store/ports.ts'
import { sourceNotices } from '../../view/source-card.ts'
import { type SyncParts, syncNext } from './sync.ts'

const second = 1_000
const minute = 60 * second
/** Lanes that one process reads from at once: whatever becomes of all feeds, the others go on. */
const atOnce = 3 + feedLanes.length

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

/** Tells who set a source up that it brings no papers. */
export const sourceNoticeTask = ({ store: { sources }, ...parts }: NoticeParts): PeriodicTask =>
  noticeTask(parts, {
    failure: 'notices of sources could not be sent',
    untried: limit => sources.untried(limit),
    noticeOf: notice => {
      const { id, createdBy: userId } = notice.source
      return userId === undefined
        ? undefined
        : { userId, about: id, message: sourceNotices([notice]).message }
    },
    told: ({ source }) => sources.told(source.id),
  })
