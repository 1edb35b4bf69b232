/** `late`: no answer in time · `busy`: too many requests for now · `broken`: anything else that may pass · `wrong`: it never will. */
export type EmbedderProblem = 'late' | 'busy' | 'broken' | 'wrong'

/** Why there are no vectors. Its message holds no text that was embedded and no key: it is safe for the log. */
export class EmbedderError extends Error {
  override readonly name = 'EmbedderError'
  readonly problem: EmbedderProblem
  /** HTTP status, where there was one. */
  readonly status: number | undefined
  /** How long it wants to be left alone, in milliseconds. */
  readonly retryAfter: number | undefined

  constructor(
    problem: EmbedderProblem,
    message: string,
    more: { status?: number | undefined; retryAfter?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? {} : { cause: more.cause })
    this.problem = problem
    this.status = more.status
    this.retryAfter = more.retryAfter
  }
}
