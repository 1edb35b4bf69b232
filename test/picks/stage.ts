import type { Clock } from '../../src/picks/clock.ts'
import type { Delivery, Render } from '../../src/picks/deliver.ts'
import { nextSlot, type Rule } from '../../src/picks/due.ts'
import { openPace } from '../../src/picks/pace.ts'
import type { Poster } from '../../src/picks/poster.ts'
import { openRunner, type Runner } from '../../src/picks/runner.ts'
import { rememberNearness } from '../../src/picks/taste.ts'
import type { Search } from '../../src/search/port.ts'
import type { Store } from '../../src/store/ports.ts'
import type { Daily, Follow } from '../../src/store/schedule-ports.ts'
import { button, buttons } from '../../src/view/pieces.ts'

/** A clock that stands still until a test moves it; sleeping moves it. */
export interface MovedClock extends Clock {
  set(at: number): void
}

export function movedClock(start: string): MovedClock {
  let now = Date.parse(start)
  const sleepers: { at: number; wake: () => void }[] = []
  let waking = false
  // One after the other, and each gets its time to go on before the next.
  const wakeNext = () => {
    const first = sleepers.sort((a, b) => a.at - b.at).shift()
    waking = first !== undefined
    if (first === undefined) return
    now = Math.max(now, first.at)
    first.wake()
    setImmediate(() => setImmediate(wakeNext))
  }
  return {
    now: () => now,
    deadline: ms => AbortSignal.timeout(ms),
    set: to => {
      now = Math.max(now, to)
    },
    sleep: ms =>
      new Promise(wake => {
        sleepers.push({ at: now + Math.max(0, ms), wake })
        if (!waking) setImmediate(wakeNext)
        waking = true
      }),
  }
}

/** Messages with nothing but their marked button. */
const plainRender = (search: Search): Render => {
  const marked = (mark: string) => ({
    components: [buttons(button({ command: 'daily', action: 'why', args: [mark] }, 'Why?'))],
  })
  return {
    picks: (_, picks, mark) =>
      picks.some(pick => search.get(pick.paperId) !== undefined)
        ? { content: picks.map(pick => pick.paperId).join(), ...marked(mark) }
        : undefined,
    exhausted: (_, mark) => ({ content: 'exhausted', ...marked(mark) }),
  }
}

export interface Stage {
  readonly delivery: Delivery
  /** When each send got its turn, epoch ms. */
  readonly turns: number[]
  readonly runner: Runner
  readonly notes: string[]
}

export function stage(store: Store, search: Search, poster: Poster, clock: Clock): Stage {
  const notes: string[] = []
  const turns: number[] = []
  const pace = openPace({ perSecond: 40, placeGap: 1_100 })
  const reserve: typeof pace.reserve = (place, now) => {
    const at = pace.reserve(place, now)
    turns.push(at)
    return at
  }
  const delivery: Delivery = {
    shelf: { store, search, near: rememberNearness(search) },
    poster,
    render: plainRender(search),
    clock,
    pace: { ...pace, reserve },
    note: (what, detail) => notes.push(`${what} ${JSON.stringify(detail)}`),
  }
  return { delivery, notes, turns, runner: openRunner(delivery, { tell: () => ({ content: 'notice' }) }) }
}

export const weekdays = [1, 2, 3, 4, 5, 6, 7]

export const dailyAt = (
  id: string,
  timing: Rule,
  now: number,
  change: Partial<Pick<Daily, 'guildId' | 'channelId' | 'topic' | 'count' | 'createdBy'>> = {},
) => ({
  id,
  guildId: '900000000000000001',
  channelId: `channel-${id}`,
  count: 1,
  createdBy: '700000000000000001',
  timing,
  topic: undefined,
  createdAt: now,
  next: nextSlot(timing, now),
  ...change,
})

export const followAt = (
  id: string,
  timing: Rule,
  now: number,
  change: Partial<Pick<Follow, 'userId' | 'topic'>> = {},
) => ({
  id,
  userId: '700000000000000001',
  timing,
  topic: { query: 'reinforcement learning' },
  createdAt: now,
  next: nextSlot(timing, now),
  ...change,
})

/** Lets the runner do everything that comes up to that time, moving the clock from one thing to the next. */
export async function runUntil({ runner, delivery }: Stage, clock: MovedClock, end: string | number) {
  const until = typeof end === 'number' ? end : Date.parse(end)
  for (let rounds = 0; rounds < 100_000; rounds++) {
    await runner.round()
    await runner.idle()
    const next = (await delivery.shelf.store.slots.nextAt()) ?? until
    if (Math.max(clock.now(), next) >= until) {
      clock.set(until)
      await runner.round()
      return runner.idle()
    }
    clock.set(Math.max(clock.now() + 1, next))
  }
  throw new Error('The runner does not come to an end')
}
