import { chunked } from './chunk.ts'
import type { Db, Rows } from './db.ts'
import { mostHops } from './paper-batch.ts'
import type { Cursor, Papers } from './paper-ports.ts'
import { removeSome } from './paper-removal.ts'
import { changeOf, type PaperRow, papersIn, sourcesOf } from './paper-rows.ts'
import { upsertBatch } from './paper-upsert.ts'
import { sanitizeText } from './sanitize-text.ts'

/** Papers in one transaction: SQLite answers synchronously, and other writers wait. */
const batchSize = 200
const pageSize = 1_000

export const papersOf = (db: Db): Papers => ({
  async upsert(news) {
    const done = []
    for (let at = 0; at < news.papers.length; at += batchSize) {
      const papers = news.papers.slice(at, at + batchSize)
      done.push(...(await db.write(change => upsertBatch(db, change, { ...news, papers }))))
    }
    return done
  },

  changes: (since, limit = pageSize) => db.read(rows => changesSince(db, rows, since, limit)),

  get: (collection, id) =>
    db.read(async rows => {
      let found = await find(rows, collection, sanitizeText(id))
      for (let hops = 0; found !== undefined && found.joined_into !== null && hops < mostHops; hops++)
        found = await find(rows, collection, found.joined_into)
      return found === undefined || found.removed_at !== null ? undefined : papersIn(db, [found])[0]
    }),

  list: (collection, { limit, after }) =>
    db.read(async rows => {
      const found = await live(rows, collection)
        .$if(after !== undefined, query => query.where('paper_id', '>', after ?? ''))
        .selectAll()
        .orderBy('paper_id')
        .limit(limit)
        .execute()
      return papersIn(db, found)
    }),

  count: collection =>
    db.read(async rows => {
      const found = await live(rows, collection)
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(found.count)
    }),

  ids: collection =>
    db.read(async rows => {
      const found = await live(rows, collection).select('paper_id').orderBy('paper_id').execute()
      return found.map(row => row.paper_id)
    }),

  addedBy: (collection, source, after) =>
    db.read(async rows => {
      const found = await live(rows, collection)
        .where('added_at', '>', after)
        .select(['paper_id', 'sources'])
        .execute()
      return found.filter(row => sourcesOf(row).includes(source)).map(row => row.paper_id)
    }),

  sources: collection =>
    db.read(async rows => {
      // Papers share few lists of sources, so that counting the lists is enough.
      const lists = await live(rows, collection)
        .groupBy('sources')
        .select(({ fn }) => ['sources', fn.countAll<number | string>().as('count')])
        .execute()
      const counts = new Map<string, number>()
      for (const list of lists)
        for (const source of sourcesOf(list))
          counts.set(source, (counts.get(source) ?? 0) + Number(list.count))
      return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([source, papers]) => ({ source, papers }))
    }),

  async remove(collection, which, at) {
    const parts = typeof which === 'object' && 'ids' in which ? idsIn(which.ids) : [which]
    let removed = 0
    for (const part of parts)
      for (let more = true; more; ) {
        const request = { collection, which: part, at, limit: batchSize }
        const done = await db.write(change => removeSome(change, db.kind, request))
        removed += done.removed
        more = done.more
      }
    return removed
  },
})

const idsIn = (ids: readonly string[]): { ids: string[] }[] =>
  [...chunked([...new Set(ids.map(sanitizeText))], 10)].map(chunk => ({ ids: chunk }))

const live = (rows: Rows, collection: string) =>
  rows.selectFrom('papers').where('collection', '=', collection).where('removed_at', 'is', null)

const find = (rows: Rows, collection: string, id: string): Promise<PaperRow | undefined> =>
  rows
    .selectFrom('papers')
    .selectAll()
    .where('collection', '=', collection)
    .where('paper_id', '=', id)
    .executeTakeFirst()

async function changesSince(db: Db, rows: Rows, since: Cursor | undefined, limit: number) {
  const newest = await rows.selectFrom('paper_revision').selectAll().executeTakeFirstOrThrow()
  const anew = since?.epoch !== newest.epoch
  const from = anew ? 0 : since.revision
  if (from >= newest.revision)
    return { changed: [], cursor: { epoch: newest.epoch, revision: from }, anew, more: false }
  const found = await rows
    .selectFrom('papers')
    .selectAll()
    .where('revision', '>', from)
    .orderBy('revision')
    .limit(limit)
    .execute()
  const more = found.length === limit
  // What was written between the two queries is in the page already, or comes with the next.
  const revision = found.at(-1)?.revision ?? newest.revision
  return {
    changed: found.map(row => changeOf(db, row)),
    cursor: { epoch: newest.epoch, revision },
    anew,
    more,
  }
}
