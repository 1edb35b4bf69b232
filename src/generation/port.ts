import { EndpointError } from '../http-endpoint.ts'
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
export class WriterError extends EndpointError<WriterProblem> {
  override readonly name = 'WriterError'
}
