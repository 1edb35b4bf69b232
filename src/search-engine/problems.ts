import { EngineError, type EngineProblem } from './engine-error.ts'

const noIndex = 'index_not_found_exception'

/** What a failure of the client's means. Its own message may hold what was asked, and is left out. */
export function problemOf(error: unknown): EngineError {
  const status =
    error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
      ? error.statusCode
      : undefined
  // Its stack and name say enough for the log; its body would hold people's words.
  const cause = error instanceof Error ? new Error(`${error.name} ${reasonOf(error)}`.trim()) : undefined
  if (error instanceof Error && error.name === 'DeserializationError')
    return new EngineError('unreadable', { cause })
  const problem = status === undefined ? 'unreachable' : problemOfStatus(status, reasonOf(error))
  return new EngineError(problem, { status, cause })
}

/** @param reason the kind of a refusal, as far as it is told */
export function problemOfStatus(status: number, reason?: string): EngineProblem {
  if (status === 404 && reason === noIndex) return 'missing'
  if (status >= 500) return 'unreachable'
  if (status === 429) return 'busy'
  return status === 401 || status === 403 ? 'forbidden' : 'rejected'
}

/** The kind of a refusal, such as `index_not_found_exception`. */
function reasonOf(error: unknown): string {
  if (
    !(error instanceof Error) ||
    !('body' in error) ||
    typeof error.body !== 'object' ||
    error.body === null
  )
    return ''
  const { error: told } = error.body as { error?: unknown }
  if (typeof told !== 'object' || told === null || !('type' in told)) return ''
  return typeof told.type === 'string' ? told.type.slice(0, 100) : ''
}
