import { type DirectNoticeParts, noticeTask } from '../../delivery/direct-notice.ts'
import type { PeriodicTask } from '../../delivery/periodic-tasks.ts'
import type { Store } from '../../store/ports.ts'
import { zoteroNotices } from '../../view/zotero-card.ts'

interface NoticeParts extends DirectNoticeParts {
  readonly store: Pick<Store, 'zotero'>
}

/** Tells who linked a server to Zotero what it does not take. */
export const zoteroNoticeTask = ({ store: { zotero }, ...parts }: NoticeParts): PeriodicTask =>
  noticeTask(parts, {
    failure: 'notices of what Zotero does not take could not be sent',
    untried: limit => zotero.untried(limit),
    noticeOf: notice =>
      notice.userId === undefined
        ? undefined
        : { userId: notice.userId, about: notice.guildId, message: zoteroNotices([notice]).message },
    told: ({ guildId }) => zotero.told(guildId),
  })
