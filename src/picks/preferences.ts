import { LRUCache } from 'lru-cache'
import type { Search } from '../search/port.ts'
import type { Activity } from '../store/ports.ts'

/** What a server's members did with a paper, as a weight. */
export interface PreferenceSignal {
  readonly paperId: string
  /** Above 0 for what was liked, below for what was not. */
  readonly weight: number
  /** It may be named: a vote or a share. Private lists count, but are not named. */
  readonly open: boolean
}

/** The weight of one activity: a share addresses everybody, a save only oneself. */
const activityWeights: Readonly<Record<Activity['kind'], number>> = {
  useful: 1,
  save: 1,
  share: 1.5,
  'not-for-us': -1.5,
}

const day = 86_400_000
/** Interests change: the time after which an activity counts half. */
const halfLife = 60 * day
/** How far back activities count. */
export const signalWindow = 365 * day
/** How many signals a choice uses; weaker ones add nothing. */
const maxSignals = 12

/** The preference signals in a server's activities, strongest first. */
export function preferenceSignals(activities: readonly Activity[], now: number): PreferenceSignal[] {
  const signals = new Map<string, { weight: number; open: boolean }>()
  for (const { paperId, kind, hour, count } of activities) {
    const signal = signals.get(paperId) ?? { weight: 0, open: false }
    signal.weight +=
      activityWeights[kind] * Math.log2(1 + count) * 0.5 ** (Math.max(0, now - hour) / halfLife)
    signal.open ||= kind !== 'save'
    signals.set(paperId, signal)
  }
  return [...signals]
    .map(([paperId, signal]) => ({ paperId, ...signal }))
    .filter(signal => Math.abs(signal.weight) > 0.05)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.paperId < b.paperId ? -1 : 1))
    .slice(0, maxSignals)
}

/** The neighbours of a paper with how near they are, 0..1, the nearest 1. */
export type Nearness = ReadonlyMap<string, number>

/** How many neighbours are used. */
const neighbours = 24

export function nearnessOf(search: Search, paperId: string): Nearness {
  const related = search.related(paperId, neighbours)
  const top = related[0]?.score ?? 1
  return new Map(related.map(({ paper, score }) => [paper.id, top > 0 ? score / top : 0]))
}

/**
 * Caches neighbours, which never change for one library: servers share papers, and computing neighbours takes
 * milliseconds.
 */
export function rememberNearness(search: Search, size = 5_000): (paperId: string) => Nearness {
  const cache = new LRUCache<string, Nearness>({ max: size, memoMethod: id => nearnessOf(search, id) })
  return paperId => cache.memo(paperId)
}
