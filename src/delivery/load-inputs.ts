import { setImmediate as turn } from 'node:timers/promises'
import type { SelectionInput } from '../picks/choose.ts'
import { dislikeSignals } from '../picks/less-of.ts'
import { type Nearness, preferenceSignals, signalWindow } from '../picks/preferences.ts'
import { type Daily, digestSize, type Follow, type Schedule } from '../schedule/schedule.ts'
import type { Search } from '../search/port.ts'
import type { Place } from '../store/choice-ports.ts'
import type { Store } from '../store/ports.ts'

/** The papers that a schedule can choose from. */
export interface Selectable {
  readonly search: Search
  /** See `rememberNearness`. */
  readonly near: (paperId: string) => Nearness
}

/** Where the inputs of a selection come from. */
export interface SelectionSources {
  readonly store: Store
  /** What the schedule chooses from. */
  among(schedule: Schedule): Selectable
}

/** How many of the latest picks the next one should differ from. */
const recentCount = 6

/** The state that the choice for a slot depends on. @param at the slot's own time, not that of a late try */
export async function loadInputs(
  sources: SelectionSources,
  schedule: Schedule,
  date: string,
  at: number,
): Promise<SelectionInput> {
  const { search, near } = sources.among(schedule)
  const own =
    schedule.kind === 'daily' ? await forChannel(sources, schedule, at) : await forMember(sources, schedule)
  if (schedule.topic !== undefined && 'query' in schedule.topic) await search.prepare(schedule.topic.query)
  // Computing neighbours takes a millisecond or more each: the event loop gets a turn in between.
  const compared = [...own.signals, ...own.dislikes].map(signal => signal.paperId)
  for (const id of [...compared, ...own.recent]) {
    near(id)
    await turn()
  }
  return {
    search,
    near,
    topic: schedule.topic,
    now: at,
    seed: `${schedule.id} ${date}`,
    ...own,
  }
}

type InputsByKind = Omit<SelectionInput, 'search' | 'near' | 'topic' | 'now' | 'seed'>

const lessOf = async ({ dislikes, mutes }: Store, place: Place) => ({
  dislikes: dislikeSignals(await dislikes.list(place)),
  mutes: await mutes.list(place),
})

async function forChannel({ store }: SelectionSources, daily: Daily, at: number): Promise<InputsByKind> {
  return {
    count: daily.count,
    taken: await store.posts.papersIn(daily.channelId),
    signals: preferenceSignals(await store.interest.since(daily.guildId, at - signalWindow), at),
    recent: await store.slots.recentPicks(daily.id, recentCount),
    // What a few members want less of comes last, and is not taken from the others.
    leavesOut: false,
    ...(await lessOf(store, daily)),
  }
}

/** The first digest contains the best of the library, later ones what has been added since. */
async function forMember({ store }: SelectionSources, follow: Follow): Promise<InputsByKind> {
  const isFirst = follow.lastDigestAt === undefined
  return {
    count: digestSize,
    taken: await store.follows.seen(follow.userId),
    among: isFirst ? undefined : await store.arrivals.after(follow.createdAt),
    signals: [],
    recent: [],
    leavesOut: true,
    ...(await lessOf(store, { id: follow.userId, guildId: undefined })),
  }
}
