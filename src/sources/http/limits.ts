/** Requests that a source lets through: `limit` in any `interval` of milliseconds. */
export interface RateLimit {
  readonly limit: number
  readonly interval: number
}

/**
 * Sources that count together are one lane: arXiv allows one request in three seconds on one connection over its API,
 * OAI-PMH, RSS and pages. Within a lane requests go one after another. Each host of `other` is a lane of its own.
 */
export type Lane = 'arxiv' | 'huggingface' | 'biorxiv' | 'openreview' | 'openalex' | 'zotero' | 'other'

export type RateLimits = Readonly<Record<Lane, RateLimit>>

/** As the sources ask for in their documentation, or below it. */
export const rateLimits: RateLimits = {
  arxiv: { limit: 1, interval: 3_000 },
  huggingface: { limit: 400, interval: 300_000 },
  biorxiv: { limit: 1, interval: 1_000 },
  openreview: { limit: 1, interval: 1_000 },
  openalex: { limit: 5, interval: 1_000 },
  zotero: { limit: 2, interval: 1_000 },
  other: { limit: 1, interval: 1_000 },
}
