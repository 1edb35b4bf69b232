import type { Passage } from './grounding/passage.ts'

/**
 * Writes an answer from passages, such as a language model behind an endpoint. What it writes is not to be trusted:
 * `supportedClaims` decides what of it may be shown.
 */
export interface AnswerWriter {
  /** What people are told wrote the answer. */
  readonly model: string
  /**
   * @returns text as the model wrote it, with citations such as [1]
   * @throws WriterError in time, whatever the endpoint does
   */
  write(question: string, passages: readonly Passage[], signal: AbortSignal): Promise<string>
}

/** `late`: no answer in time · `busy`: too many requests for now · `broken`: anything else. */
export type WriterProblem = 'late' | 'busy' | 'broken'

/** Why nothing was written. Its message holds neither what was asked nor a key: it is safe for the log. */
export class WriterError extends Error {
  override readonly name = 'WriterError'
  readonly problem: WriterProblem
  /** HTTP status, where there was one. */
  readonly status: number | undefined
  /** How long the endpoint wants to be left alone, milliseconds. */
  readonly retryAfter: number | undefined

  constructor(
    problem: WriterProblem,
    message: string,
    more: { status?: number | undefined; retryAfter?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? {} : { cause: more.cause })
    this.problem = problem
    this.status = more.status
    this.retryAfter = more.retryAfter
  }
}
