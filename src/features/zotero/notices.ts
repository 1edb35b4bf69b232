import { type DirectNoticeParts, sendDirect } from '../../delivery/direct-notice.ts'
import type { PeriodicTask } from '../../delivery/periodic-tasks.ts'
import type { Store } from '../../store/ports.ts'
import type { ZoteroNotice } from '../../store/zotero-ports.ts'
import { zoteroNotices } from '../../view/zotero-card.ts'

interface NoticeParts extends DirectNoticeParts {
  readonly store: Pick<Store, 'zotero'>
}

const minute = 60_000
const batch = 20

/** Tells who linked a server to Zotero what it does not take; whoever cannot be reached is told with their next command. */
export const zoteroNoticeTask = (parts: NoticeParts): PeriodicTask => ({
  failure: 'notices of what Zotero does not take could not be sent',
  every: minute,
  run: async () => {
    const notices = await parts.store.zotero.untried(batch)
    await Promise.all(notices.map(notice => tell(parts, notice)))
    return undefined
  },
})

async function tell(parts: NoticeParts, notice: ZoteroNotice): Promise<void> {
  const { userId, guildId } = notice
  if (userId === undefined) return
  const message = zoteroNotices([notice])
  if (await sendDirect(parts, { userId, about: guildId, message })) await parts.store.zotero.told(guildId)
}
