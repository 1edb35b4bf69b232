import type { Selectable } from 'kysely'
import { z } from 'zod'
import { Paper } from '../corpus/paper.ts'
import { Failure } from '../errors.ts'
import { texts } from './database-errors.ts'
import type { Db } from './db.ts'
import type { PaperChange, StoredPaper } from './paper-ports.ts'
import { readable } from './rows.ts'
import type { Schema } from './schema.ts'

export type PaperRow = Selectable<Schema['papers']>

const Names = z.array(z.string())

/** @throws Failure `storage` when the row is damaged */
export function storedOf(row: PaperRow): StoredPaper {
  const { collection, added_at: addedAt, revision } = row
  try {
    const paper = Paper.parse(JSON.parse(row.paper))
    return { collection, paper, sources: sourcesOf(row), addedAt, revision }
  } catch (cause) {
    throw new Failure('storage', texts.corrupt, { cause })
  }
}

/** None for a list that is damaged: what its paper comes from is learnt when it comes again. */
export const sourcesOf = (row: Pick<PaperRow, 'sources'>): string[] => namesIn(row.sources) ?? []

/** Undefined for a list that is damaged. */
export const keysOf = (row: Pick<PaperRow, 'keys'>): string[] | undefined => namesIn(row.keys)

/** A column with a list of names; undefined for one that is damaged. */
export function namesIn(text: string): string[] | undefined {
  try {
    return Names.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

export function isReadable(row: Pick<PaperRow, 'paper' | 'sources'>): boolean {
  try {
    return namesIn(row.sources) !== undefined && Paper.safeParse(JSON.parse(row.paper)).success
  } catch {
    return false
  }
}

/** Those that can be read; the others are reported and stay as they are. */
export const papersIn = (db: Db, rows: readonly PaperRow[]): StoredPaper[] =>
  readable(rows, storedOf, row => db.unreadable('papers', row.paper_id))

/** A row that cannot be read stands for no paper: the others must not be held up. */
export function changeOf(db: Db, row: PaperRow): PaperChange {
  const { collection, paper_id: id, revision } = row
  if (id === '') return { collection, isEmptied: true, revision }
  const gone = { collection, id, joinedInto: row.joined_into ?? undefined, revision }
  if (row.removed_at !== null) return gone
  return papersIn(db, [row])[0] ?? gone
}
