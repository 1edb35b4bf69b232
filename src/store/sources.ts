import { Failure } from '../errors.ts'
import type { Change, Db, Rows } from './db.ts'
import { sanitizeText } from './sanitize-text.ts'
import { claim } from './source-claim.ts'
import { noticesOfSources } from './source-notices.ts'
import { maxSources, type SourceClaim, type SourceLook, type Sources } from './source-ports.ts'
import { sourcesIn } from './source-rows.ts'

type NewSource = Parameters<Sources['add']>[0]

export const sourcesOf = (db: Db): Sources => ({
  ...noticesOfSources(db),

  add: source => db.write(change => add(change, source)),

  list: collection =>
    db.read(async rows =>
      sourcesIn(
        db,
        await rows
          .selectFrom('sources')
          .selectAll()
          .where('collection', '=', collection)
          .orderBy('name')
          .execute(),
      ),
    ),

  all: () =>
    db.read(async rows =>
      sourcesIn(
        db,
        await rows.selectFrom('sources').selectAll().orderBy('collection').orderBy('name').execute(),
      ),
    ),

  get: (collection, id) =>
    db.read(async rows => {
      const row = await one(rows, collection, { id })
      return row === undefined ? undefined : sourcesIn(db, [row])[0]
    }),

  remove: (collection, id) =>
    db.write(async change => {
      const removed = await change
        .deleteFrom('sources')
        .where('collection', '=', collection)
        .where('source_id', '=', id)
        .executeTakeFirst()
      return removed.numDeletedRows > 0n
    }),

  pause: (collection, id, at) => set(db, collection, id, { paused_at: at }),
  resume: (collection, id, at) => set(db, collection, id, { paused_at: null, next_at: at }),
  wake: (collection, id, at) => set(db, collection, id, { next_at: at }),

  claim: (owner, now, until, only) => claim(db, owner, { now, until, only }),
  settle: (held, look, now) => db.write(change => settle(change, held, look, now)),
  release: held =>
    db.write(async change => {
      await change
        .deleteFrom('source_lanes')
        .where('lane', '=', held.lane)
        .where('owner', '=', held.owner)
        .execute()
    }),

  nextAt: () =>
    db.read(async rows => {
      const next = await rows
        .selectFrom('sources')
        .where('paused_at', 'is', null)
        .select(({ fn }) => fn.min('next_at').as('at'))
        .executeTakeFirst()
      return next?.at ?? undefined
    }),
})

async function add(change: Change, source: NewSource): Promise<'added' | 'exists'> {
  const { collection, name } = source
  const { count } = await change
    .selectFrom('sources')
    .where('collection', '=', collection)
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow()
  const there = await one(change, collection, { name })
  if (there !== undefined) return 'exists'
  if (Number(count) >= maxSources) throw new Failure('limit', `There can be ${maxSources} sources at most.`)
  const added = await change
    .insertInto('sources')
    .values({
      source_id: source.id,
      collection,
      name,
      user_id: source.createdBy ?? null,
      spec: JSON.stringify(source.spec),
      lane: source.lane,
      state: null,
      health: JSON.stringify({ batches: [] }),
      first: 1,
      created_at: source.at,
      paused_at: null,
      next_at: source.at,
      told: null,
      notice: 0,
    })
    .onConflict(conflict => conflict.columns(['collection', 'name']).doNothing())
    .executeTakeFirst()
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n ? 'added' : 'exists'
}

function one(rows: Rows, collection: string, which: { id: string } | { name: string }) {
  const found = rows.selectFrom('sources').selectAll().where('collection', '=', collection)
  return (
    'id' in which ? found.where('source_id', '=', which.id) : found.where('name', '=', which.name)
  ).executeTakeFirst()
}

const set = (
  db: Db,
  collection: string,
  id: string,
  values: { paused_at?: number | null; next_at?: number },
): Promise<boolean> =>
  db.write(async change => {
    const changed = await change
      .updateTable('sources')
      .set(values)
      .where('collection', '=', collection)
      .where('source_id', '=', id)
      .executeTakeFirst()
    return changed.numUpdatedRows > 0n
  })

async function settle(change: Change, held: SourceClaim, look: SourceLook, now: number): Promise<boolean> {
  const lease = await change
    .selectFrom('source_lanes')
    .select('lane')
    .where('lane', '=', held.lane)
    .where('owner', '=', held.owner)
    .where('lease_until', '>', now)
    .executeTakeFirst()
  if (lease === undefined) return false
  const { id } = held.source
  const settled = await change
    .updateTable('sources')
    .set({
      // Reasons quote what a source said.
      state: look.state === undefined ? null : sanitizeText(JSON.stringify(look.state)),
      health: sanitizeText(JSON.stringify(look.health)),
      first: look.isFirst ? 1 : 0,
      next_at: look.nextAt,
    })
    .where('source_id', '=', id)
    .executeTakeFirst()
  if (settled.numUpdatedRows === 0n) return false
  const told = change.updateTable('sources').where('source_id', '=', id)
  if (look.isWell) await told.set({ told: null, notice: 0 }).where('told', 'is not', null).execute()
  else if (look.tell !== undefined)
    await told.set({ told: look.tell, notice: 1 }).where('told', 'is', null).execute()
  return true
}
