import { setImmediate as turn } from 'node:timers/promises'
import type { SelectionInput } from '../picks/choose.ts'
import { memory, type Nearness, preferenceSignals } from '../picks/preferences.ts'
import { type Daily, digestSize, type Follow, type Schedule } from '../schedule/schedule.ts'
import type { Search } from '../search/port.ts'
import type { Store } from '../store/ports.ts'

/** What choices are made from. */
export interface SelectionSources {
  readonly store: Store
  readonly search: Search
  /** See `rememberNearness`. */
  readonly near: (paperId: string) => Nearness
}

/** Latest picks that the next should differ from. */
const latest = 6

/** The state that the choice for a slot depends on. @param at the slot's own time, not that of a late try */
export async function loadInputs(
  shelf: SelectionSources,
  schedule: Schedule,
  date: string,
  at: number,
): Promise<SelectionInput> {
  const own =
    schedule.kind === 'daily' ? await forChannel(shelf, schedule, at) : await forMember(shelf, schedule)
  // Neighbours take a millisecond or more each to work out: others get their turn between.
  for (const id of [...own.signs.map(sign => sign.paperId), ...own.recent]) {
    shelf.near(id)
    await turn()
  }
  return {
    search: shelf.search,
    near: shelf.near,
    topic: schedule.topic,
    now: at,
    seed: `${schedule.id} ${date}`,
    ...own,
  }
}

type Own = Pick<SelectionInput, 'count' | 'taken' | 'among' | 'signs' | 'recent'>

async function forChannel({ store }: SelectionSources, daily: Daily, at: number): Promise<Own> {
  return {
    count: daily.count,
    taken: await store.posts.papersIn(daily.channelId),
    signs: preferenceSignals(await store.interest.since(daily.guildId, at - memory), at),
    recent: await store.slots.recentPicks(daily.id, latest),
  }
}

/** A first digest brings the best of what is there; those after it what came into the library since. */
async function forMember({ store }: SelectionSources, follow: Follow): Promise<Own> {
  const isFirst = follow.lastDigestAt === undefined
  return {
    count: digestSize,
    taken: await store.follows.seen(follow.userId),
    among: isFirst ? undefined : await store.arrivals.after(follow.createdAt),
    signs: [],
    recent: [],
  }
}
