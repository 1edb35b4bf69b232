import type { Paper } from '../corpus/paper.ts'
import type { Log } from '../log.ts'
import type { SyncEmbedder } from '../search/embedding/port.ts'
import type { Papers } from '../store/paper-ports.ts'
import type { Indexes } from './indexes.ts'

export interface EngineCollectionOptions {
  readonly indexes: Indexes
  readonly papers: Pick<Papers, 'changes'>
  /** The papers of files. */
  readonly files: readonly Paper[]
  readonly embedder: SyncEmbedder | undefined
  /** How long a search may take, in ms. */
  readonly timeout: number
  /** Of an index that is made. */
  readonly shards: number
  /** Notes papers as seen first now, unless they were noted before. */
  arrived(ids: readonly string[]): Promise<unknown>
  sleep(ms: number): Promise<unknown>
  readonly log: Log
}
