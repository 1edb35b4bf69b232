import { nextExpected } from '../../sources/calendar.ts'
import type { Manners } from '../../sources/spec.ts'
import type { SourceHealth, SourceState } from '../../sources/word.ts'

export interface LookedAt {
  readonly health: SourceHealth
  readonly manners: Manners
  readonly state: SourceState
  /** There is more to read at once. */
  readonly more: boolean
  /** The source asks for a pause until then, epoch ms. */
  readonly notBefore: number | undefined
}

const minute = 60_000
const hour = 60 * minute
/** The pause after a first failure, doubled with each, and the longest. */
const firstPause = 5 * minute
const longestPause = 4 * hour
/** How long after its hour a day is looked for: a whole world asks at the hour itself. */
const afterDue = 5 * minute
const shortest = 1_000
const longestJitter = 10 * minute

/** When a source is looked at next, epoch ms, with jitter, so that many installations do not ask at once. */
export function nextLook(
  { health, manners, state, more, notBefore }: LookedAt,
  now: number,
  random: () => number = Math.random,
): number {
  const pause = more ? shortest : pauseFor(health, manners, state, now)
  const jitter = random() * Math.min(pause / 5, longestJitter)
  return Math.max(now + shortest, Math.round(now + pause + jitter), notBefore ?? 0)
}

function pauseFor({ failure }: SourceHealth, manners: Manners, { word }: SourceState, now: number): number {
  if (failure !== undefined) return Math.min(longestPause, firstPause * 2 ** Math.min(failure.count - 1, 10))
  if (word === 'waiting' || word === 'late') return manners.waiting
  // What has not come for two days does not come the sooner for being asked.
  if (word === 'stalled') return Math.min(manners.every, 3 * manners.waiting)
  if (manners.calendar === undefined) return manners.every
  return Math.min(manners.every, nextExpected(manners.calendar, now).due + afterDue - now)
}
