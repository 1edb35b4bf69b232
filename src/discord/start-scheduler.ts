import type { BotContext } from '../bot/context.ts'
import { openScheduler, type Scheduler } from '../delivery/scheduler.ts'
import { openRender } from '../features/daily/pick-messages.ts'
import { erasureTask } from '../features/privacy/erasure-task.ts'
import { rememberNearness } from '../picks/preferences.ts'
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
    tasks: [erasureTask({ store, channels, log, now: () => parts.clock.now() })],
  })
}
