import type { BotContext } from '../bot/context.ts'
import { paperRef } from '../corpus/ids.ts'
import { openScheduler, type Scheduler } from '../delivery/scheduler.ts'
import { openRender } from '../features/daily/pick-messages.ts'
import { openScheduleLibrary } from '../features/follows/digest-library.ts'
import { twinsOf } from '../features/narrowing/twins.ts'
import { erasureTask } from '../features/privacy/erasure-task.ts'
import { sourceNoticeTask, syncTask } from '../features/sources/tasks.ts'
import { zoteroNoticeTask } from '../features/zotero/notices.ts'
import { zoteroTask } from '../features/zotero/zotero-task.ts'
import { rememberNearness } from '../picks/preferences.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { Search } from '../search/port.ts'
import type { LiveSources } from '../sources/live-sources.ts'
import { scheduleNotices } from '../view/notices.ts'
import type { SendingParts } from './sender.ts'

/** The schedules' runner on the real Discord. Nothing of it may be called before the client is ready. */
export function startScheduler(
  parts: SendingParts,
  {
    store,
    libraries,
    log,
    channels,
    metrics,
    openZotero,
  }: Pick<BotContext, 'store' | 'libraries' | 'log' | 'channels' | 'metrics' | 'openZotero'>,
  sources: LiveSources,
): Scheduler {
  const libraryOf = openScheduleLibrary(libraries, channels, log)
  const nearness = new WeakMap<Search, ReturnType<typeof rememberNearness>>()
  const nearIn = (search: Search) => {
    const near = nearness.get(search) ?? rememberNearness(search)
    nearness.set(search, near)
    return near
  }
  const delivery = {
    sources: {
      store,
      async among(schedule: Schedule) {
        // What a source has just settled is to be found.
        if (schedule.kind === 'daily' && schedule.source !== undefined) await libraries.refresh()
        const library = await libraryOf(schedule)
        const { search, paper } = library
        const guildId = schedule.kind === 'daily' ? schedule.guildId : schedule.serverId
        return {
          search,
          near: nearIn(search),
          idOf: (id: string) => paper(paperRef(id))?.id,
          twinsOf: async (ids: ReadonlySet<string>) =>
            guildId === undefined ? new Set<string>() : twinsOf(ids, guildId, { library, store }),
        }
      },
    },
    ...parts,
    render: openRender(libraryOf, () => libraries.of(undefined)),
    openThread: channels.openThread,
    onSettled: metrics.slotSettled,
    note: (what: string, detail: Record<string, unknown>) => log.info(detail, what),
  }
  return openScheduler(delivery, {
    renderNotice: notice => scheduleNotices([notice]).message,
    tasks: [
      erasureTask({ store, channels, log, now: () => parts.clock.now() }),
      syncTask({ store, open: sources.open, log, now: () => parts.clock.now() }),
      sourceNoticeTask({ store, log, ...parts }),
      zoteroNoticeTask({ store, log, ...parts }),
      zoteroTask({ store, libraries, open: openZotero, log, now: () => parts.clock.now() }),
    ],
  })
}
