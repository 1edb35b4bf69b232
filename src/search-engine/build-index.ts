import type { Cursor } from '../store/paper-ports.ts'
import type { BuildLock } from './build-lock.ts'
import type { EngineCollectionOptions } from './collection-options.ts'
import { computeStatistics } from './index-statistics.ts'
import { saveStatistics } from './stored-statistics.ts'
import { filesHash, writeChanges, writeFiles } from './write-papers.ts'

/** Changes of the database that are written at once. */
const pageSize = 500

/**
 * Builds an index beside the one that serves, if one does, and lets searches ask it when it is whole. A build that was
 * interrupted goes on where it was.
 */
export async function buildIndex(lock: BuildLock, options: EngineCollectionOptions): Promise<void> {
  const { indexes, files, papers, embedder, shards, log } = options
  const hash = filesHash(files)
  const { reached } = lock
  const isKept =
    reached.index !== undefined && reached.files === hash && (await isThere(reached.index, options))
  const made =
    isKept && reached.index !== undefined
      ? { index: reached.index, hasVectors: reached.hasVectors ?? false }
      : await indexes.create({ shards, dimensions: embedder?.dimensions })
  const { index, hasVectors } = made
  if (embedder !== undefined && !hasVectors)
    log.warn('The search engine has no k-NN plugin: papers are found by their words alone')
  const writer = { indexes, embedder }
  let cursor: Cursor | undefined = isKept ? reached.cursor : undefined
  if (cursor === undefined) await writeFiles(index, files, hash, writer)
  for (let more = true; more; ) {
    const page = await papers.changes(cursor, pageSize)
    if (page.anew && cursor !== undefined) await restart(index, lock, options)
    await writeChanges(index, page.changed, writer)
    const ids = page.changed.flatMap(change => ('paper' in change ? [change.paper.id] : []))
    if (ids.length > 0) await options.arrived(ids)
    cursor = page.cursor
    more = page.more
    await lock.reach({ index, hasVectors, files: hash, cursor })
  }
  await indexes.refresh(index)
  await saveStatistics(indexes, index, await computeStatistics(indexes, index))
  if (cursor !== undefined) await indexes.saveState(index, { cursor, files: hash, hasVectors })
  await lock.renew()
  await indexes.switchTo(index)
  log.info({ index }, 'the search engine has all papers')
}

const isThere = async (index: string, { indexes }: EngineCollectionOptions): Promise<boolean> =>
  (await indexes.versions()).some(version => index.endsWith(`-v${version}`))

/** The database was restored meanwhile: what was written is void. */
async function restart(index: string, lock: BuildLock, { indexes }: EngineCollectionOptions): Promise<never> {
  await indexes.drop(index)
  await lock.reach({})
  throw new Error('the papers were replaced while they were indexed')
}
