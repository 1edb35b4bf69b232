/** A request of the bot and how it went. */
export interface Entry {
  readonly at: number
  readonly method: string
  /** Below `/api/v10`; tokens of interactions are left out. */
  readonly path: string
  readonly status: number
  /** The kind of the fault that struck it. */
  readonly fault?: string | undefined
}

/** A write that Discord would have turned down for what it says or for what the bot may not do. */
export interface Refused extends Entry {
  readonly code: number
  readonly message: string
  readonly errors: unknown
  readonly body: unknown
}

/** What the bot asked for, newest last; old entries are forgotten. */
export interface Journal {
  readonly requests: readonly Entry[]
  readonly refused: readonly Refused[]
  note(entry: Entry): void
  refuse(refused: Refused): void
}

const kept = 20_000

export function createJournal(): Journal {
  const requests: Entry[] = []
  const refused: Refused[] = []
  return {
    requests,
    refused,
    note(entry) {
      requests.push(entry)
      if (requests.length > kept) requests.splice(0, kept / 10)
    },
    refuse(entry) {
      refused.push(entry)
      if (refused.length > kept) refused.splice(0, kept / 10)
    },
  }
}
