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
 * The source with that id or name; where none is written so, the one that differs in capitals alone.
 * @throws Failure `input` when several do
 */
export function sourceCalled(which: string, all: readonly StoredSource[]): StoredSource | undefined {
  const wanted = which.trim()
  const exact = all.find(({ id }) => id === wanted) ?? all.find(({ name }) => name === wanted)
  if (exact !== undefined) return exact
  const near = all.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  if (new Set(near.map(({ name }) => name)).size > 1)
    throw new Failure('input', 'Several sources are called that. Write the name with its capitals.')
  return near[0]
}

/**
 * The collection's source with that id or name; the only one when nothing is named.
 * @throws Failure `missing` when there is none, `input` when several are meant
 */
export async function namedSource(
  sources: Store['sources'],
  collection: string,
  which: string,
): Promise<StoredSource> {
  const all = await sources.list(collection)
  const found = which.trim() === '' && all.length === 1 ? all[0] : sourceCalled(which, all)
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
