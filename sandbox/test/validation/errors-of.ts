import { Refusal } from '../../src/validation/refusal.ts'

/** What a judge finds wrong: each complaint as `path CODE`; a refusal without paths as its number. */
export function errorsOf(run: () => unknown): string[] {
  try {
    run()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.errors === undefined ? [String(error.code)] : flatten(error.errors)
  }
  return []
}

function flatten(node: unknown, path = ''): string[] {
  return Object.entries(node as Record<string, unknown>).flatMap(([key, value]) =>
    key === '_errors'
      ? (value as { code: string }[]).map(({ code }) => `${path} ${code}`.trim())
      : flatten(value, path === '' ? key : `${path}.${key}`),
  )
}
