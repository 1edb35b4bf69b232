import type { Selectable } from 'kysely'
import { z } from 'zod'
import { Failure } from '../errors.ts'
import { SourceSpec } from '../sources/spec.ts'
import { texts } from './database-errors.ts'
import type { Db } from './db.ts'
import { readable } from './rows.ts'
import type { Schema } from './schema.ts'
import type { StoredSource } from './source-ports.ts'

export type SourceRow = Selectable<Schema['sources']>

const count = z.number().int().nonnegative()
const Batch = z.object({
  part: z.string().max(100),
  day: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .optional(),
  announced: count,
  taken: count,
})
/** In a column as JSON. */
const Health = z.object({
  batches: z.array(Batch).max(50),
  readAt: z.number().optional(),
  failure: z
    .object({
      kind: z.enum(['unreachable', 'refused', 'unreadable']),
      reason: z.string(),
      count,
      since: z.number(),
    })
    .optional(),
})

function parsed<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw new Failure('storage', texts.corrupt, { cause })
  }
}

export function sourceOf(row: SourceRow): StoredSource {
  const health = parsed(Health, row.health)
  return {
    id: row.source_id,
    collection: row.collection,
    name: row.name,
    spec: parsed(SourceSpec, row.spec),
    createdBy: row.user_id ?? undefined,
    createdAt: row.created_at,
    pausedAt: row.paused_at ?? undefined,
    state: row.state === null ? undefined : parsed(z.unknown(), row.state),
    health: {
      batches: health.batches.map(batch => ({ ...batch, day: batch.day })),
      readAt: health.readAt,
      failure: health.failure,
    },
    isFirst: row.first === 1,
    nextAt: row.next_at,
  }
}

const kinds: ReadonlySet<string> = new Set(SourceSpec.options.map(({ shape }) => shape.kind.value))
/** Of a kind that a later version may have added. */
const LaterSpec = z.looseObject({
  kind: z
    .string()
    .regex(/^[a-z][a-z-]{0,39}$/)
    .refine(kind => !kinds.has(kind)),
})

/** Whether any version may have written it. */
export const isSpec = (text: string): boolean => reads(z.union([SourceSpec, LaterSpec]), text)
export const isHealth = (text: string): boolean => reads(Health, text)

function reads(schema: z.ZodType, text: string): boolean {
  try {
    return schema.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

/** A row that a newer version wrote, or that is damaged, holds up no other. */
export const sourcesIn = (db: Db, rows: readonly SourceRow[]): StoredSource[] =>
  readable(rows, sourceOf, row => db.unreadable('sources', row.source_id))
