import { z } from 'zod'
import { byAge } from '../snowflake.ts'
import { check, validationError } from '../validation/form.ts'

const Snowflake = z.string().regex(/^\d{1,20}$/)

const Query = z.object({
  limit: z.coerce.number().int().min(1).max(100).optional(),
  before: Snowflake.optional(),
  after: Snowflake.optional(),
  around: Snowflake.optional(),
})

/**
 * A stretch of a list by id, newest first.
 * @throws Refusal 50035
 */
export function page<T extends { readonly id: string }>(
  items: readonly T[],
  query: Record<string, string>,
  usual: number,
): T[] {
  const parsed = Query.safeParse(query)
  if (!parsed.success)
    check(
      parsed.error.issues.map(issue =>
        validationError(issue.path, 'NUMBER_TYPE_COERCE', 'Value is out of range.'),
      ),
    )
  const { limit = usual, before, after, around } = parsed.data ?? {}
  const sorted = items.toSorted((a, b) => byAge(b.id, a.id))
  if (before !== undefined) return sorted.filter(({ id }) => byAge(id, before) < 0).slice(0, limit)
  if (after !== undefined) return sorted.filter(({ id }) => byAge(id, after) > 0).slice(-limit)
  if (around === undefined) return sorted.slice(0, limit)
  const half = Math.floor(limit / 2)
  const newer = sorted.filter(({ id }) => byAge(id, around) > 0).slice(-half)
  const rest = sorted.filter(({ id }) => byAge(id, around) <= 0).slice(0, limit - newer.length)
  return [...newer, ...rest]
}
