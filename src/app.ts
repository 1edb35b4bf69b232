import type { Answerer } from './answer/port.ts'
import type { AnyCommand } from './command.ts'
import type { Paper } from './corpus/paper.ts'
import type { Log } from './log.ts'
import type { Search } from './search/port.ts'

/** What a command may use, wired once at the entry. */
export interface App {
  readonly search: Search
  readonly answerer: Answerer
  /** The paper that a component's reference stands for; undefined when it has left the corpus. */
  paper(ref: string): Paper | undefined
  readonly commands: readonly AnyCommand[]
  readonly facts: Facts
  readonly log: Log
}

/** What `/about` tells. */
export interface Facts {
  readonly version: string
  readonly startedAt: Date
  /** Where the papers come from, as configured, by base name. */
  readonly sources: readonly string[]
  readonly rejected: number
}
