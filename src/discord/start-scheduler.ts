import type { BotContext } from '../bot/context.ts'
import { openScheduler, type Scheduler } from '../delivery/scheduler.ts'
import { openRender } from '../features/daily/pick-messages.ts'
import { erasureTask } from '../features/privacy/erasure-task.ts'
import { sourceNoticeTask, syncTask } from '../features/sources/tasks.ts'
import { rememberNearness } from '../picks/preferences.ts'
import type { LiveSources } from '../sources/live-sources.ts'
import { noticesMessage } from '../view/notices.ts'
import type { SendingParts } from './sender.ts'

/** The schedules' runner on the real Discord. Nothing of it may be called before the client is ready. */
export function startScheduler(
  parts: SendingParts,
  {
    store,
    library,
    log,
    channels,
    metrics,
  }: Pick<BotContext, 'store' | 'library' | 'log' | 'channels' | 'metrics'>,
  sources: LiveSources,
): Scheduler {
  const { search } = library
  const delivery = {
    sources: { store, search, near: rememberNearness(search) },
    ...parts,
    render: openRender(library),
    onSettled: metrics.slotSettled,
    note: (what: string, detail: Record<string, unknown>) => log.info(detail, what),
  }
  return openScheduler(delivery, {
    renderNotice: notice => noticesMessage([notice]),
    tasks: [
      erasureTask({ store, channels, log, now: () => parts.clock.now() }),
      syncTask({ store, open: sources.open, log, now: () => parts.clock.now() }),
      sourceNoticeTask({ store, log, ...parts }),
    ],
  })
}
