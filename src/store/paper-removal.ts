import type { Change, Source } from './db.ts'
import { isDigest } from './paper-batch.ts'
import type { Papers } from './paper-ports.ts'
import { lockRevision, setRevision } from './paper-revision.ts'
import { keysOf, sourcesOf } from './paper-rows.ts'

type Which = Parameters<Papers['remove']>[1]

/**
 * The first papers that `Papers.remove` is about; within one transaction.
 * @returns how many were taken out, and whether there may be more
 */
export async function removeSome(
  change: Change,
  kind: Source['kind'],
  request: { collection: string; which: Which; at: number; limit: number },
): Promise<{ removed: number; more: boolean }> {
  const { collection, which, at, limit } = request
  const locked = await lockRevision(change, kind)
  const source = typeof which === 'object' && 'source' in which ? which.source : undefined
  const found = await affected(change, collection, which, limit)
  let revision = locked
  let removed = 0
  for (const { paper_id, sources, keys } of found) {
    revision++
    const others = sourcesOf({ sources }).filter(name => name !== source)
    const row = change
      .updateTable('papers')
      .where('collection', '=', collection)
      .where('paper_id', '=', paper_id)
    if (source !== undefined && others.length > 0) {
      // The source's records are new when they come again; of the other sources' that costs a look.
      const all = keysOf({ keys }) ?? []
      const [seen, kept] = [all.filter(isDigest), all.filter(key => !isDigest(key))]
      await row.set({ sources: JSON.stringify(others), keys: JSON.stringify(kept), revision }).execute()
      await deleteKeys(change, collection, paper_id, seen)
      continue
    }
    const gone = { paper: '', sources: '[]', keys: '[]', removed_at: at, joined_into: null, revision }
    await row.set(gone).execute()
    await deleteKeys(change, collection, paper_id, keysOf({ keys }))
    removed++
  }
  if (revision > locked) await setRevision(change, revision)
  return { removed, more: found.length === limit }
}

/** How long other processes have to learn of what was removed, in milliseconds. */
const rememberedFor = 7 * 24 * 3_600_000

/**
 * Removes all that the servers' collections hold, and what reminds of papers that were removed long ago. That a collection
 * was emptied is remembered for a while, without a word of what it held: other processes have its papers in memory.
 */
export async function forgetPapers(
  change: Change,
  kind: Source['kind'],
  guildIds: readonly string[],
  at: number,
): Promise<void> {
  let revision = await lockRevision(change, kind)
  const found = await change
    .selectFrom('papers')
    .select('collection')
    .distinct()
    .where('collection', 'in', guildIds)
    .execute()
  for (const table of ['paper_keys', 'papers'] as const)
    await change.deleteFrom(table).where('collection', 'in', guildIds).execute()
  await change
    .deleteFrom('papers')
    .where('removed_at', '<', at - rememberedFor)
    .where('joined_into', 'is', null)
    .execute()
  for (const { collection } of found) {
    const gone = { paper_id: '', paper: '', sources: '[]', keys: '[]', added_at: at, removed_at: at }
    await change
      .insertInto('papers')
      .values({ collection, ...gone, joined_into: null, revision: ++revision })
      .execute()
  }
  if (found.length > 0) await setRevision(change, revision)
}

/** @param keys undefined: all that the paper has, which takes a look at the whole collection */
export async function deleteKeys(
  change: Change,
  collection: string,
  paperId: string,
  keys: readonly string[] | undefined,
): Promise<void> {
  const all = change
    .deleteFrom('paper_keys')
    .where('collection', '=', collection)
    .where('paper_id', '=', paperId)
  if (keys === undefined) await all.execute()
  else if (keys.length > 0) await all.where('paper_key', 'in', keys).execute()
}

async function affected(change: Change, collection: string, which: Which, limit: number) {
  const live = change
    .selectFrom('papers')
    .select(['paper_id', 'sources', 'keys'])
    .where('collection', '=', collection)
    .where('removed_at', 'is', null)
  const some = live.orderBy('paper_id').limit(limit)
  if (which === 'all') return some.execute()
  if ('ids' in which) return which.ids.length === 0 ? [] : some.where('paper_id', 'in', which.ids).execute()
  // Papers share few lists of sources.
  const lists = await live.clearSelect().select('sources').distinct().execute()
  const naming = lists.filter(list => sourcesOf(list).includes(which.source)).map(list => list.sources)
  return naming.length === 0 ? [] : some.where('sources', 'in', naming).execute()
}
