import { Failure } from '../../errors.ts'
import { mannersOf, parseSpec, sourceName } from '../../sources/spec.ts'
import { newId } from '../../store/ids.ts'
import type { Store } from '../../store/ports.ts'
import type { StoredSource } from '../../store/source-ports.ts'
import type { SourceView } from '../../view/source-card.ts'
import { stateOfSource } from './sync.ts'

export interface NewSource {
  readonly kind: string
  /** What follows the kind. */
  readonly words: readonly string[]
  readonly collection: string
  /** Undefined: the operator. */
  readonly createdBy: string | undefined
  readonly at: number
}

/**
 * Adds a source, which is then due.
 * @returns its name, and whether it is new
 * @throws Failure `input` for what cannot be used, `forbidden` for a folder of this machine, `limit` when there are too many
 */
export async function addSource(
  sources: Store['sources'],
  { kind, words, collection, createdBy, at }: NewSource,
): Promise<{ name: string; isNew: boolean }> {
  const spec = parseSpec(kind, words)
  if (spec.kind === 'folder' && createdBy !== undefined)
    throw new Failure('forbidden', 'Folders can be added by whoever runs the bot only.')
  const name = sourceName(spec)
  const { lane } = mannersOf(spec)
  const added = await sources.add({ id: newId('l'), collection, name, spec, createdBy, lane, at })
  return { name, isNew: added === 'added' }
}

/**
 * The collection's source with that id or name.
 * @throws Failure `missing` when there is none
 */
export async function namedSource(
  sources: Store['sources'],
  collection: string,
  which: string,
): Promise<StoredSource> {
  const all = await sources.list(collection)
  const wanted = which.trim().toLowerCase()
  const found =
    all.find(({ id }) => id === which) ??
    all.find(({ name }) => name.toLowerCase() === wanted) ??
    (wanted === '' && all.length === 1 ? all[0] : undefined)
  if (found === undefined)
    throw new Failure('missing', 'There is no such source. `list` shows those that there are.')
  return found
}

export const viewOf = (source: StoredSource, now: number, isShared = false): SourceView => ({
  name: source.name,
  state: stateOfSource(source, now),
  isPaused: source.pausedAt !== undefined,
  readAt: source.health.readAt,
  nextAt: source.nextAt,
  isShared,
})
