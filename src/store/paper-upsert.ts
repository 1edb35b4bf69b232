import { chunked } from './chunk.ts'
import type { Change, Db } from './db.ts'
import {
  again,
  type Entry,
  isDigest,
  mostHops,
  type NewRecord,
  needsSpareId,
  newRecord,
  PaperBatch,
  spareId,
} from './paper-batch.ts'
import type { NewPapers, Upserted } from './paper-ports.ts'
import { deleteKeys } from './paper-removal.ts'
import { lockRevision, setRevision } from './paper-revision.ts'
import { isReadable, keysOf, namesIn, type PaperRow, papersIn } from './paper-rows.ts'
import { sanitizeText } from './sanitize-text.ts'

/** See `Papers.upsert`; a few hundred records within one transaction. */
export async function upsertBatch(db: Db, change: Change, news: NewPapers): Promise<Upserted[]> {
  const revision = await lockRevision(change, db.kind)
  const all = news.papers.map(paper => newRecord({ ...paper, id: sanitizeText(paper.id) }, news.source))
  const known = news.isCurrent === true ? new Map() : await seenBefore(change, news.collection, all)
  const records = all.filter(({ digest }) => !known.has(digest))
  const stored = new Candidates(db, change, news.collection)
  await stored.read(await stored.withKeys(records.flatMap(({ keys }) => [...keys])))
  await stored.read(records.map(({ paper }) => paper.id))
  const taken = records.filter(record => needsSpareId(record, stored.entries.get(record.paper.id)))
  await stored.read(taken.map(record => spareId(record)))
  const batch = new PaperBatch([...stored.entries.values()])
  const room = news.most === undefined ? undefined : news.most - (await count(change, news.collection))
  const done = batch.take(records, { ...news, room })
  for (let keys = batch.grownKeys(); keys.length > 0; keys = batch.grownKeys()) {
    await stored.read(await stored.withKeys(keys))
    batch.include([...stored.entries.values()])
    batch.joinGrown()
  }
  if (news.dryRun !== true) await save(change, news, batch.changed(), revision)
  const fresh = done.values()
  return all.map(({ digest }) => {
    const seen = known.get(digest)
    return seen === undefined ? (fresh.next().value as Upserted) : again(seen, news.at)
  })
}

/** The papers of records that were read before, by digest. */
async function seenBefore(
  change: Change,
  collection: string,
  records: readonly NewRecord[],
): Promise<Map<string, { id: string; addedAt: number }>> {
  const digests = [...new Set(records.map(({ digest }) => digest))]
  const found = await change
    .selectFrom('paper_keys')
    .innerJoin('papers', join =>
      join
        .onRef('papers.collection', '=', 'paper_keys.collection')
        .onRef('papers.paper_id', '=', 'paper_keys.paper_id'),
    )
    .select(['paper_keys.paper_key', 'papers.paper_id', 'papers.added_at', 'papers.paper', 'papers.sources'])
    .where('paper_keys.collection', '=', collection)
    .where('paper_keys.paper_key', 'in', digests)
    .execute()
  // What cannot be read comes back when its file is read again.
  const there = found.filter(isReadable)
  return new Map(there.map(row => [row.paper_key, { id: row.paper_id, addedAt: row.added_at }]))
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

/** The stored papers that any of a batch's records may be. */
class Candidates {
  readonly entries = new Map<string, Entry>()
  readonly #db: Db
  readonly #change: Change
  readonly #collection: string

  constructor(db: Db, change: Change, collection: string) {
    this.#db = db
    this.#change = change
    this.#collection = collection
  }

  /** @returns the ids of the papers that have one of the keys */
  async withKeys(keys: readonly string[]): Promise<string[]> {
    const ids: string[] = []
    for (const chunk of chunked([...new Set(keys.map(sanitizeText))], 1)) {
      const found = await this.#change
        .selectFrom('paper_keys')
        .select('paper_id')
        .where('collection', '=', this.#collection)
        .where('paper_key', 'in', chunk)
        .execute()
      ids.push(...found.map(row => row.paper_id))
    }
    return ids
  }

  /** Reads the papers with these ids that are there, and those that they joined. */
  async read(ids: readonly string[]): Promise<void> {
    let next = ids
    for (let hops = 0; hops < mostHops; hops++) {
      const missing = [...new Set(next)].filter(id => !this.entries.has(id))
      if (missing.length === 0) return
      const found: PaperRow[] = []
      for (const chunk of chunked(missing, 1)) found.push(...(await this.#rows(chunk)))
      for (const row of found) this.entries.set(row.paper_id, entryOf(this.#db, row))
      next = found.flatMap(row => row.joined_into ?? [])
    }
  }

  #rows(ids: readonly string[]): Promise<PaperRow[]> {
    return this.#change
      .selectFrom('papers')
      .selectAll()
      .where('collection', '=', this.#collection)
      .where('paper_id', 'in', ids)
      .execute()
  }
}

function entryOf(db: Db, row: PaperRow): Entry {
  const paper = row.removed_at === null ? papersIn(db, [row])[0]?.paper : undefined
  const isUnreadable = row.removed_at === null && paper === undefined
  const keys = isUnreadable ? [] : (keysOf(row) ?? [])
  const sources = namesIn(row.sources)
  return {
    id: row.paper_id,
    paper,
    isUnreadable,
    json: row.paper,
    keys: new Set(sources === undefined ? keys.filter(key => !isDigest(key)) : keys),
    storedKeys: keys,
    sources: new Set(sources),
    addedAt: row.added_at,
    joinedInto: row.joined_into ?? undefined,
    revision: row.revision,
    isChanged: false,
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
    keys: JSON.stringify(entry.paper === undefined ? [] : [...entry.keys].map(sanitizeText)),
    added_at: entry.addedAt,
    removed_at: entry.paper === undefined ? at : null,
    joined_into: entry.joinedInto ?? null,
    revision: entry.isChanged || entry.revision === undefined ? ++revision : entry.revision,
  }))
  for (const chunk of chunked(rows, 9))
    await change
      .insertInto('papers')
      .values(chunk)
      .onConflict(conflict =>
        conflict.columns(['collection', 'paper_id']).doUpdateSet(eb => ({
          paper: eb.ref('excluded.paper'),
          sources: eb.ref('excluded.sources'),
          keys: eb.ref('excluded.keys'),
          added_at: eb.ref('excluded.added_at'),
          removed_at: eb.ref('excluded.removed_at'),
          joined_into: eb.ref('excluded.joined_into'),
          revision: eb.ref('excluded.revision'),
        })),
      )
      .execute()
  await saveKeys(change, collection, changed)
  if (revision > locked) await setRevision(change, revision)
}

async function saveKeys(change: Change, collection: string, changed: readonly Entry[]): Promise<void> {
  for (const { id, paper, storedKeys } of changed)
    if (paper === undefined) await deleteKeys(change, collection, id, storedKeys)
  const keys = changed
    .filter(entry => entry.paper !== undefined)
    .flatMap(({ id, keys, storedKeys }) =>
      [...keys]
        .map(sanitizeText)
        .filter(key => !storedKeys.includes(key))
        .map(key => ({ collection, paper_key: key, paper_id: id })),
    )
  for (const chunk of chunked(keys, 3))
    await change
      .insertInto('paper_keys')
      .values(chunk)
      .onConflict(conflict => conflict.doNothing())
      .execute()
}
