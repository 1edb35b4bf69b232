import { Failure } from '../errors.ts'

/**
 * - `unreachable`: no connection, no answer in time, or none is tried because the last one failed a moment ago
 * - `busy`: too many requests; the same one may be answered later
 * - `forbidden`: the user, the password or the key is not accepted
 * - `missing`: the index is gone; it is made again by itself
 * - `rejected`: the request is wrong for this engine: another version, or a missing plugin
 * - `unreadable`: the answer is none of ours
 */
export type EngineProblem = 'unreachable' | 'busy' | 'forbidden' | 'missing' | 'rejected' | 'unreadable'

const texts: Readonly<Record<EngineProblem, string>> = {
  unreachable: 'The search engine does not answer at the moment. Please try again in a minute.',
  busy: 'The search engine has too much to do at the moment. Please try again in a minute.',
  forbidden: 'The search engine does not let me in. Whoever runs me has to look at its user or key.',
  missing: 'The search index was lost and is being made again. Please try again in some minutes.',
  rejected: 'The search engine does not understand me. Whoever runs me has to look at it.',
  unreadable: 'The search engine gave an answer that I cannot read. Whoever runs me has to look at it.',
}

/** Why the search engine gave nothing. The text is safe to show: neither an address nor what was asked is in it. */
export class EngineError extends Failure {
  readonly problem: EngineProblem
  /** HTTP status, where there was one. */
  readonly status: number | undefined

  constructor(problem: EngineProblem, more: { status?: number | undefined; cause?: unknown } = {}) {
    super('busy', texts[problem], more.cause === undefined ? {} : { cause: more.cause })
    this.problem = problem
    this.status = more.status
  }
}
