import type { Context } from 'hono'
import type { z } from 'zod'
import type { Person } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { findPerson } from './scope.ts'
import { UserApiError } from './user-api-error.ts'

/** Whose name stands in the address. */
export const who = (world: World, c: Context): Person => findPerson(world, param(c, 'person'))

export const param = (c: Context, name: string): string => c.req.param(name) ?? ''

export async function read<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const json = await c.req.json().catch(() => {
    throw new UserApiError(400, 'the body is not JSON')
  })
  return parse(schema, json)
}

export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(issue => `${issue.path.join('.') || 'body'}: ${issue.message}`)
  throw new UserApiError(400, lines.join('; '))
}
