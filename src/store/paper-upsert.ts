import { identifierKeys, titleKey } from '../corpus/merging/paper-keys.ts'
import type { Paper } from '../corpus/paper.ts'
import { chunked } from './chunk.ts'
import type { Change, Source } from './db.ts'
import { type Entry, mostHops, PaperBatch, spareId } from './paper-batch.ts'
import type { NewPapers, Upserted } from './paper-ports.ts'
import { lockRevision, setRevision } from './paper-revision.ts'
import { sourcesOf, storedOf } from './paper-rows.ts'
import { sanitizeText } from './sanitize-text.ts'

/** See `Papers.upsert`; a few hundred records within one transaction. */
export async function upsertBatch(
  change: Change,
  kind: Source['kind'],
  news: NewPapers,
): Promise<Upserted[]> {
  const revision = await lockRevision(change, kind)
  const records = news.papers.map(paper => ({ ...paper, id: sanitizeText(paper.id) }))
  const batch = new PaperBatch(await candidates(change, news.collection, records))
  const room = news.most === undefined ? undefined : news.most - (await count(change, news.collection))
  const done = batch.take(records, { ...news, room })
  if (news.dryRun !== true) await save(change, news, batch.changed(), revision)
  return done
}

async function count(change: Change, collection: string): Promise<number> {
  const found = await change
    .selectFrom('papers')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('collection', '=', collection)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(found.count)
}

/** The papers that any of the records may be, with all their keys, and the ids that are taken by removed ones. */
async function candidates(change: Change, collection: string, records: readonly Paper[]): Promise<Entry[]> {
  const keys = new Set(records.flatMap(paper => [...identifierKeys(paper), titleKey(paper.title)]))
  const ids = new Set(records.flatMap(paper => [paper.id, spareId(paper)]))
  for (const chunk of chunked([...keys], 1)) {
    const found = await change
      .selectFrom('paper_keys')
      .select('paper_id')
      .where('collection', '=', collection)
      .where('paper_key', 'in', chunk)
      .execute()
    for (const row of found) ids.add(row.paper_id)
  }
  const entries = new Map<string, Entry>()
  for (let next = [...ids], hops = 0; next.length > 0 && hops < mostHops; hops++) {
    for (const chunk of chunked(next, 1)) await readEntries(change, collection, chunk, entries)
    const joined = [...entries.values()].flatMap(entry => entry.joinedInto ?? [])
    next = joined.filter(id => !entries.has(id))
  }
  return [...entries.values()]
}

async function readEntries(
  change: Change,
  collection: string,
  ids: readonly string[],
  entries: Map<string, Entry>,
): Promise<void> {
  const rows = await change
    .selectFrom('papers')
    .selectAll()
    .where('collection', '=', collection)
    .where('paper_id', 'in', ids)
    .execute()
  for (const row of rows) {
    entries.set(row.paper_id, {
      id: row.paper_id,
      paper: row.removed_at === null ? storedOf(row).paper : undefined,
      json: row.paper,
      keys: new Set(),
      titles: new Set(),
      sources: new Set(sourcesOf(row)),
      addedAt: row.added_at,
      joinedInto: row.joined_into ?? undefined,
      state: 'stored',
    })
  }
  await readKeys(change, collection, ids, entries)
}

async function readKeys(
  change: Change,
  collection: string,
  ids: readonly string[],
  entries: ReadonlyMap<string, Entry>,
): Promise<void> {
  const found = await change
    .selectFrom('paper_keys')
    .select(['paper_id', 'paper_key'])
    .where('collection', '=', collection)
    .where('paper_id', 'in', ids)
    .execute()
  for (const { paper_id, paper_key } of found) {
    const entry = entries.get(paper_id)
    if (paper_key.startsWith('title:')) entry?.titles.add(paper_key)
    else entry?.keys.add(paper_key)
  }
}

async function save(
  change: Change,
  { collection, at }: NewPapers,
  changed: readonly Entry[],
  locked: number,
): Promise<void> {
  if (changed.length === 0) return
  let revision = locked
  const rows = changed.map(entry => ({
    collection,
    paper_id: entry.id,
    paper: entry.paper === undefined ? '' : entry.json,
    sources: JSON.stringify(entry.paper === undefined ? [] : [...entry.sources].sort()),
    added_at: entry.addedAt,
    removed_at: entry.paper === undefined ? at : null,
    joined_into: entry.joinedInto ?? null,
    revision: ++revision,
  }))
  for (const chunk of chunked(rows, 8))
    await change
      .insertInto('papers')
      .values(chunk)
      .onConflict(conflict =>
        conflict.columns(['collection', 'paper_id']).doUpdateSet(eb => ({
          paper: eb.ref('excluded.paper'),
          sources: eb.ref('excluded.sources'),
          added_at: eb.ref('excluded.added_at'),
          removed_at: eb.ref('excluded.removed_at'),
          joined_into: eb.ref('excluded.joined_into'),
          revision: eb.ref('excluded.revision'),
        })),
      )
      .execute()
  await saveKeys(change, collection, changed)
  await setRevision(change, revision)
}

async function saveKeys(change: Change, collection: string, changed: readonly Entry[]): Promise<void> {
  const old = changed.filter(entry => entry.state !== 'new').map(entry => entry.id)
  for (const chunk of chunked(old, 1))
    await change
      .deleteFrom('paper_keys')
      .where('collection', '=', collection)
      .where('paper_id', 'in', chunk)
      .execute()
  const keys = changed
    .filter(entry => entry.paper !== undefined)
    .flatMap(({ id, keys, titles }) =>
      [...keys, ...titles].map(key => ({ collection, paper_key: sanitizeText(key), paper_id: id })),
    )
  for (const chunk of chunked(keys, 3))
    await change
      .insertInto('paper_keys')
      .values(chunk)
      .onConflict(conflict => conflict.doNothing())
      .execute()
}
