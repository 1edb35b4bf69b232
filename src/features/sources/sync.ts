import type { Paper } from '../../corpus/paper.ts'
import { messageOf } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { type Fetched, type Source, SourceError } from '../../sources/port.ts'
import { mannersOf, type SourceSpec } from '../../sources/spec.ts'
import { type SourceFailure, type SourceHealth, type SourceState, stateOf } from '../../sources/word.ts'
import { newId } from '../../store/ids.ts'
import type { Store } from '../../store/ports.ts'
import type { SourceClaim, StoredSource } from '../../store/source-ports.ts'
import { nextLook } from './next-look.ts'

export interface SyncParts {
  readonly store: Pick<Store, 'sources' | 'papers' | 'arrivals'>
  /** The source that a spec names; `publicOnly` as for `openSource`. */
  readonly open: (spec: SourceSpec, publicOnly: boolean) => Source
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly log: Log
  readonly random?: () => number
}

/** What a sync did. */
export interface Synced {
  readonly source: StoredSource
  readonly added: number
  readonly updated: number
  /** Papers that follows hear of: none at the first sync. */
  readonly announced: number
  readonly state: SourceState
  /** There is more to read at once. */
  readonly more: boolean
}

const minute = 60_000
/** How long one process may read from a kind of sources before another takes over, and how long one look may take. */
const lease = 12 * minute
const lookTimeout = 9 * minute

/** The word for a source now. */
export const stateOfSource = ({ spec, health }: StoredSource, now: number): SourceState =>
  stateOf(health, mannersOf(spec).calendar, now)

/**
 * Reads from the most overdue source whose kind no other process reads from at the moment.
 * @param only the source that is wanted, due or not
 * @returns undefined when there is none
 * @throws Failure when the database cannot be used
 */
export async function syncNext(
  parts: SyncParts,
  stopping: AbortSignal | undefined,
  only?: string,
): Promise<Synced | undefined> {
  const now = parts.now()
  const claim = await parts.store.sources.claim(newId('c'), now, now + lease, only)
  if (claim === undefined) return undefined
  try {
    return await sync(parts, claim, stopping)
  } finally {
    await parts.store.sources.release(claim)
  }
}

/**
 * One look: read, hand over, then keep how far it was read. A process that dies between two of these steps leaves nothing
 * half done: the next look reads the same again, and papers are added and announced once.
 */
async function sync(
  parts: SyncParts,
  claim: SourceClaim,
  stopping?: AbortSignal,
): Promise<Synced | undefined> {
  const { source } = claim
  const looked = await look(parts, source, stopping)
  // A look that was cut short by a stop says nothing of the source.
  if (looked instanceof SourceError && stopping?.aborted === true) return undefined
  const now = parts.now()
  const handed = looked instanceof SourceError ? nothing : await handOver(parts, source, looked, now)
  const health = healthAfter(source.health, looked, now)
  const manners = mannersOf(source.spec)
  const state = stateOf(health, manners.calendar, now)
  const more = !(looked instanceof SourceError) && looked.more
  const settled = await parts.store.sources.settle(
    claim,
    {
      state: looked instanceof SourceError ? source.state : looked.state,
      health,
      isFirst: source.isFirst && (looked instanceof SourceError || looked.more || isEmpty(looked)),
      nextAt: nextLook({ health, manners, state, more, notBefore: looked.notBefore }, now, parts.random),
      tell: state.word === 'failing' || state.word === 'stalled' ? state.word : undefined,
      isWell: state.word === 'fresh' || state.word === 'quiet',
    },
    now,
  )
  if (!settled) return undefined
  report(parts, source, state, handed)
  return { source: { ...source, health }, ...handed, state, more }
}

/** A first look that saw no batch yet has nothing to tell old from new by. */
const isEmpty = ({ batches }: Fetched): boolean => batches.length === 0

async function look(
  { open, now }: SyncParts,
  { spec, collection, state }: StoredSource,
  stopping: AbortSignal | undefined,
): Promise<Fetched | SourceError> {
  const signal = AbortSignal.any([
    AbortSignal.timeout(lookTimeout),
    ...(stopping === undefined ? [] : [stopping]),
  ])
  try {
    return await open(spec, collection !== '').fetch(state, { now: now(), signal })
  } catch (error) {
    if (error instanceof SourceError) return error
    // A bug of a reader must stop neither the other sources nor the next look.
    return new SourceError('unreadable', `it cannot be read: ${messageOf(error).slice(0, 100)}`, {
      cause: error,
    })
  }
}

const nothing = { added: 0, updated: 0, announced: 0 }

async function handOver(
  { store }: SyncParts,
  { collection, name, spec, isFirst }: StoredSource,
  { papers: news, backlog = [] }: Fetched,
  now: number,
): Promise<typeof nothing> {
  const papers = [...backlog, ...news]
  if (papers.length === 0) return nothing
  const old = isFirst ? papers : backlog
  const announce = mannersOf(spec).handsAgain === true ? store.arrivals.note : store.arrivals.announce
  // Before they are there: whoever finds them in the library notes them as seen first then.
  await store.arrivals.note(idsOf(old), 0)
  const ids = isFirst ? [] : idsOf(news)
  const first = await announce(ids, now)
  const done = await store.papers.upsert({ collection, source: name, papers, at: now, isCurrent: true })
  // Some were there under other ids.
  const known = new Set(ids)
  const others = done
    .slice(old.length)
    .flatMap(({ id, outcome }) => (outcome === 'refused' || known.has(id) ? [] : [id]))
  return {
    added: done.filter(one => one.outcome === 'added').length,
    updated: done.filter(one => one.outcome === 'updated').length,
    announced: first + (await announce(others, now)),
  }
}

const idsOf = (papers: readonly Paper[]): string[] => papers.map(paper => paper.id)

function healthAfter(before: SourceHealth, looked: Fetched | SourceError, now: number): SourceHealth {
  if (looked instanceof SourceError)
    return { ...before, failure: failureAfter(before, looked.kind, looked.message, now) }
  return {
    batches: looked.batches,
    readAt: now,
    failure:
      looked.failure === undefined
        ? undefined
        : failureAfter(before, looked.failure.kind, looked.failure.reason, now),
  }
}

const failureAfter = (
  { failure }: SourceHealth,
  kind: SourceFailure['kind'],
  reason: string,
  now: number,
): SourceFailure => ({
  kind,
  reason: reason.slice(0, 300),
  count: (failure?.count ?? 0) + 1,
  since: failure?.since ?? now,
})

function report(
  { log }: SyncParts,
  source: StoredSource,
  { word, reason }: SourceState,
  handed: typeof nothing,
) {
  const facts = { source: source.id, word, ...handed }
  if (word === 'failing' || word === 'stalled')
    log.warn({ ...facts, reason }, 'a source does not bring papers')
  else log[handed.added + handed.updated > 0 ? 'info' : 'debug'](facts, 'a source was read')
}
