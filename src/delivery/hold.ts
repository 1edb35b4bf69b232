import type { Daily, Schedule, Slot } from '../schedule/schedule.ts'
import { mannersOf } from '../sources/spec.ts'
import { type SourceState, stateOf } from '../sources/word.ts'
import { sharedCollection } from '../store/paper-ports.ts'
import type { Store } from '../store/ports.ts'
import type { StoredSource } from '../store/source-ports.ts'

/** Whether a pick waits for its source: it goes out, waits until a time, or has waited long enough. */
export type Hold =
  | { readonly kind: 'go' }
  | { readonly kind: 'wait'; readonly at: number }
  /** `why` is a clause without a full stop: what the source has not done. */
  | { readonly kind: 'over'; readonly why: string }

/** How often a source that a pick waits for is looked at, in milliseconds. */
const lookEvery = 60_000
const minute = 60_000

/** The live source of a daily pick, the server's own before the shared one; undefined when it was removed. */
export async function sourceOf(
  { sources }: Pick<Store, 'sources'>,
  { guildId, source: name }: Daily,
): Promise<StoredSource | undefined> {
  if (name === undefined) return undefined
  for (const collection of [guildId, sharedCollection]) {
    const found = (await sources.list(collection)).find(one => one.name === name)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Whether the slot of a daily pick has to wait until its source has settled its day. Which day that is, and whether it
 * is complete, the source says itself; the clock says only how long to wait.
 */
export async function holdOf(
  store: Pick<Store, 'sources'>,
  schedule: Schedule,
  slot: Pick<Slot, 'date' | 'at'>,
  now: number,
): Promise<Hold> {
  // An extra pick is wanted now.
  if (schedule.kind !== 'daily' || schedule.holdMinutes === undefined || slot.date.includes('+'))
    return { kind: 'go' }
  const why = unsettled(await sourceOf(store, schedule), now)
  if (why === undefined) return { kind: 'go' }
  const latest = slot.at + schedule.holdMinutes * minute
  if (now >= latest || why.isFinal) return { kind: 'over', why: why.text }
  return { kind: 'wait', at: Math.min(now + lookEvery, latest) }
}

/** The clause of a pick that did not wait any longer, as it is by now; the source may have come meanwhile. */
export async function lateness(
  store: Pick<Store, 'sources'>,
  schedule: Schedule,
  slot: Pick<Slot, 'date' | 'at'>,
  now: number,
): Promise<string> {
  const hold = await holdOf(store, schedule, slot, now)
  return hold.kind === 'over' ? hold.why : 'its day came too late'
}

/** Why the source's day is not settled; undefined when it is. `isFinal`: waiting does not change it. */
function unsettled(
  source: StoredSource | undefined,
  now: number,
): { readonly text: string; readonly isFinal: boolean } | undefined {
  if (source === undefined) return { text: 'it was removed', isFinal: true }
  if (source.pausedAt !== undefined) return { text: 'it is paused', isFinal: true }
  const state = stateNow(source, now)
  if (state.word === 'fresh' || state.word === 'quiet') return undefined
  return { text: `${state.word}: ${state.reason}`, isFinal: false }
}

const stateNow = ({ health, spec }: StoredSource, now: number): SourceState =>
  stateOf(health, mannersOf(spec).calendar, now)
