import type { Context } from 'hono'
import { Refusal } from '../validation/refusal.ts'

/** Why a person cannot do what they asked for, with an HTTP status. */
export class UserApiError extends Error {
  override readonly name = 'UserApiError'
  readonly status: 400 | 403 | 404 | 409

  constructor(status: UserApiError['status'], message: string) {
    super(message)
    this.status = status
  }
}

/** What a person is told when something cannot be done. Anything else is a bug and thrown on. */
export function errorResponse(error: Error, c: Context): Response {
  if (error instanceof UserApiError) return c.json({ error: error.message }, error.status)
  if (error instanceof Refusal) return c.json({ error: error.message }, 400)
  throw error
}
