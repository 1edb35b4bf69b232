import type { Change, Source } from './db.ts'

/**
 * Makes this transaction the only one that changes papers: revisions then become visible in their order, and no reader
 * of changes passes over one. SQLite has one writer anyway.
 * @returns the last revision
 */
export async function lockRevision(change: Change, kind: Source['kind']): Promise<number> {
  const row = await change
    .selectFrom('paper_revision')
    .select('revision')
    .$if(kind === 'postgres', query => query.forUpdate())
    .executeTakeFirstOrThrow()
  return row.revision
}

export async function setRevision(change: Change, revision: number): Promise<void> {
  await change.updateTable('paper_revision').set({ revision }).execute()
}

/** After all papers were replaced: every reader begins anew. Revisions go on from the highest that is there. */
export async function beginEpoch(change: Change): Promise<void> {
  const { last } = await change
    .selectFrom('papers')
    .select(({ fn }) => fn.max('revision').as('last'))
    .executeTakeFirstOrThrow()
  await change
    .updateTable('paper_revision')
    .set({ epoch: crypto.randomUUID(), revision: Number(last ?? 0) })
    .execute()
}
