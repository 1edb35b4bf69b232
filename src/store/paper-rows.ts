import type { Selectable } from 'kysely'
import { z } from 'zod'
import { Paper } from '../corpus/paper.ts'
import { Failure } from '../errors.ts'
import { texts } from './database-errors.ts'
import type { PaperChange, StoredPaper } from './paper-ports.ts'
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

export const sourcesOf = (row: Pick<PaperRow, 'sources'>): string[] => Names.parse(JSON.parse(row.sources))

export const keysOf = (row: Pick<PaperRow, 'keys'>): string[] => Names.parse(JSON.parse(row.keys))

/** A row that cannot be read stands for no paper: the others must not be held up. */
export function changeOf(row: PaperRow): PaperChange {
  const { collection, paper_id: id, revision } = row
  if (id === '') return { collection, isEmptied: true, revision }
  const gone = { collection, id, joinedInto: row.joined_into ?? undefined, revision }
  if (row.removed_at !== null) return gone
  try {
    return storedOf(row)
  } catch {
    return gone
  }
}
