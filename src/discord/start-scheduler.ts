import type { Client } from 'discord.js'
import type { BotContext } from '../bot/context.ts'
import { type Clock, systemClock } from '../delivery/clock.ts'
import { openRateLimiter } from '../delivery/rate-limiter.ts'
import { openScheduler, type Scheduler } from '../delivery/scheduler.ts'
import { openRender } from '../features/daily/pick-messages.ts'
import { rememberNearness } from '../picks/preferences.ts'
import { noticesMessage } from '../view/notices.ts'
import { openPoster } from './poster.ts'

/** Sends of picks a second, well below Discord's 50 requests, so that answers never wait behind them. */
const perSecond = 30
/** Between two sends to one channel, in milliseconds: Discord lets through five in five seconds. */
const channelGap = 1_100

/** The schedules' runner on the real Discord. Nothing of it may be called before the client is ready. */
export function startScheduler(
  client: Client,
  address: { apiUrl: string; token: string },
  { store, library, log }: Pick<BotContext, 'store' | 'library' | 'log'>,
  clock: Clock = systemClock,
): Scheduler {
  const { search } = library
  const delivery = {
    sources: { store, search, near: rememberNearness(search) },
    poster: openPoster(client as Client<true>, address),
    render: openRender(library),
    clock,
    rateLimiter: openRateLimiter({ perSecond, channelGap }),
    note: (what: string, detail: Record<string, unknown>) => log.info(detail, what),
  }
  return openScheduler(delivery, { renderNotice: notice => noticesMessage([notice]) })
}
