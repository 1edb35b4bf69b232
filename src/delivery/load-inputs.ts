import { setImmediate as turn } from 'node:timers/promises'
import { paperRef } from '../corpus/ids.ts'
import { nameIndex } from '../corpus/name-index.ts'
import type { SelectionInput } from '../picks/choose.ts'
import { dislikeSignals } from '../picks/less-of.ts'
import { type Nearness, preferenceSignals, signalWindow } from '../picks/preferences.ts'
import { type Daily, digestSize, type Follow, type Schedule, type Topic } from '../schedule/schedule.ts'
import type { Search, Wanted } from '../search/port.ts'
import type { Place } from '../store/choice-ports.ts'
import type { Store } from '../store/ports.ts'
import { sourceOf } from './hold.ts'

/** The papers that a schedule can choose from. */
export interface Selectable {
  readonly search: Search
  /** See `rememberNearness`. */
  readonly near: (paperId: string) => Nearness
  /** The id under which a stored paper is found there; undefined when it is not. */
  idOf(storedId: string): string | undefined
  /** The ids under which papers are found there that are the same as some of the server's own. @param ids of any papers */
  twinsOf(ids: ReadonlySet<string>): Promise<ReadonlySet<string>>
}

/** Where the inputs of a selection come from. */
export interface SelectionSources {
  readonly store: Store
  /** What the schedule chooses from, as it is stored now. */
  among(schedule: Schedule): Selectable | Promise<Selectable>
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
  const selectable = await sources.among(schedule)
  const { search } = selectable
  // What is stored of a paper stays under the id that it had, also when it has become part of another one.
  const idNow = (id: string): string => selectable.idOf(id) ?? id
  const near = (id: string) => selectable.near(idNow(id))
  const own =
    schedule.kind === 'daily'
      ? await forChannel(sources.store, schedule, { date, at, selectable })
      : await forMember(sources, schedule)
  const taken = own.taken.union(await selectable.twinsOf(own.taken))
  const compared = [...own.signals, ...own.dislikes].map(signal => signal.paperId)
  await search.prepare(wantedFor(schedule, `${schedule.id} ${date}`, own))
  await prepareNames(search, schedule.topic)
  // Computing neighbours takes a millisecond or more each: the event loop gets a turn in between.
  for (const id of [...compared, ...own.recent]) {
    near(id)
    await turn()
  }
  const { topic } = schedule
  return {
    search,
    near,
    topic: topic !== undefined && 'paperId' in topic ? { paperId: idNow(topic.paperId) } : topic,
    now: at,
    seed: `${schedule.id} ${date}`,
    ...own,
    taken: taken.union(new Set([...taken].map(idNow))),
  }
}

/** Does beforehand, and in slices, what choosing by an author or a venue would hold the event loop up for. */
export async function prepareNames({ papers }: Search, topic: Topic): Promise<void> {
  if (topic !== undefined && ('author' in topic || 'venue' in topic)) await nameIndex(papers)
}

/** What choosing will look at. */
function wantedFor(
  { topic }: Schedule,
  seed: string,
  { signals, dislikes, recent, taken, among }: InputsByKind,
): Wanted {
  const compared = [...signals, ...dislikes].map(({ paperId }) => paperId)
  const wanted = { related: [...compared, ...recent], but: taken, among }
  if (topic === undefined) return { ...wanted, any: { seed } }
  if ('query' in topic) return { ...wanted, text: topic.query }
  if ('paperId' in topic) return { ...wanted, related: [topic.paperId, ...wanted.related] }
  return { ...wanted, ...topic }
}

type InputsByKind = Omit<SelectionInput, 'search' | 'near' | 'topic' | 'now' | 'seed'>

const lessOf = async ({ dislikes, mutes }: Store, place: Place) => ({
  dislikes: dislikeSignals(await dislikes.list(place)),
  mutes: await mutes.list(place),
})

interface Turn {
  readonly date: string
  readonly at: number
  readonly selectable: Selectable
}

async function forChannel(store: Store, daily: Daily, turn: Turn): Promise<InputsByKind> {
  const { at } = turn
  const taken = await store.posts.papersIn(daily.channelId)
  const signals = preferenceSignals(await store.interest.since(daily.guildId, at - signalWindow), at)
  return {
    count: daily.count,
    source: daily.source,
    among: daily.source === undefined ? undefined : await newestOf(store, daily, turn),
    taken,
    // What was posted elsewhere not everybody here may have seen: it counts, and is not named.
    signals: signals.map(signal => ({ ...signal, open: signal.open && taken.has(signal.paperId) })),
    recent: await store.slots.recentPicks(daily.id, recentCount),
    // What a few members want less of comes last, and is not taken from the others.
    leavesOut: false,
    ...(await lessOf(store, daily)),
  }
}

const week = 7 * 86_400_000
/** How much longer than since the last pick: what came while that was being chosen counts as new too. */
const overlap = 300_000
/** Slots that are looked through for the last pick: a day has three extra ones at most. */
const lookBack = 12

/** What the daily pick's source has brought since its last pick, but not what is older than a week. */
async function newestOf(store: Store, daily: Daily, { date, at, selectable }: Turn): Promise<Set<string>> {
  const source = await sourceOf(store, daily)
  if (source === undefined) return new Set()
  const earlier = (await store.slots.history(daily.id, lookBack)).find(
    slot => slot.date < date && !slot.date.includes('+') && ['posted', 'none'].includes(slot.state),
  )
  const after = Math.max(at - week, (earlier?.settledAt ?? 0) - overlap)
  const ids = await store.papers.addedBy(source.collection, source.name, after)
  await selectable.search.prepare({ refs: ids.map(paperRef) })
  return new Set(ids.map(id => selectable.idOf(id)).filter(id => id !== undefined))
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
