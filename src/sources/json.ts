import type { z } from 'zod'
import { SourceError } from './port.ts'

/**
 * An answer in JSON, in the shape that it should have.
 * @param what names the answer in the error
 * @throws SourceError `unreadable` that says where it has another shape
 */
export function parsedJson<T>(schema: z.ZodType<T>, bytes: Buffer, what: string): T {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw new SourceError('unreadable', `${what} is not JSON`, { cause })
  }
  return parsedAs(schema, value, what)
}

/** The same for a value that was read already. */
export function parsedAs<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const place = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new SourceError(
    'unreadable',
    `${what} has another shape than expected${place === '' ? '' : ` (${place.slice(0, 60)})`}`,
  )
}
