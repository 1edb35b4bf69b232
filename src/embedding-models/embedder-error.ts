import { EndpointError } from '../http-endpoint.ts'

/** `late`: no answer in time · `busy`: too many requests for now · `broken`: anything else that may pass · `wrong`: it never will. */
export type EmbedderProblem = 'late' | 'busy' | 'broken' | 'wrong'

/** Why there are no vectors. Its message holds no text that was embedded and no key: it is safe for the log. */
export class EmbedderError extends EndpointError<EmbedderProblem> {
  override readonly name = 'EmbedderError'
}
