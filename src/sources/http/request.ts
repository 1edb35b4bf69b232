import type { Lane } from './limits.ts'

/** The longest answer: a day of the largest category has some 5 MB. */
export const sizeLimit = 32 * 1024 * 1024

/** What tells a server which copy is known already: sent back, it may answer that nothing changed. */
export interface Validators {
  readonly etag?: string | undefined
  readonly lastModified?: string | undefined
}

export interface HttpRequest {
  readonly lane: Lane
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly validators?: Validators | undefined
  /** The address came from a person: it, and where it leads, must be on the public internet. */
  readonly publicOnly?: boolean | undefined
  /** Bytes of an answer, unpacked; `sizeLimit` when left out. */
  readonly limit?: number | undefined
  readonly signal?: AbortSignal | undefined
}
