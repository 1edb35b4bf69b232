import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from 'vitest'
import type { Paper } from '../../src/corpus/paper.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { openLog } from '../../src/log.ts'
import { Engine } from '../../src/search-engine/engine.ts'
import { EngineCollection } from '../../src/search-engine/engine-collection.ts'
import { Indexes } from '../../src/search-engine/indexes.ts'
import type { Papers } from '../../src/store/paper-ports.ts'
import { noChanges } from './no-changes.ts'

export const searchUrl = (): string => inject('searchUrl')
export const silent = openLog({ level: 'silent', secrets: [], pretty: false })

export const engineAt = (url: string): Promise<Engine> =>
  Engine.open({ urls: [url], user: undefined, password: undefined, apiKey: undefined })

/** A prefix that no other test uses. */
export const ownPrefix = (): string =>
  `t${process.pid}-${Date.now().toString(36)}-${Math.floor(Math.random() * 1e6).toString(36)}`

export async function collectionOf(
  engine: Engine,
  files: readonly Paper[],
  {
    papers = noChanges,
    prefix = ownPrefix(),
    hasVectors = true,
  }: { papers?: Pick<Papers, 'changes'>; prefix?: string; hasVectors?: boolean } = {},
): Promise<EngineCollection> {
  return EngineCollection.open({
    indexes: new Indexes(engine, prefix),
    papers,
    files,
    embedder: hasVectors ? await shippedEmbedder() : undefined,
    shards: 1,
    // A busy machine takes its time: what is tested here is not how long.
    timeout: 30_000,
    arrived: async () => {},
    sleep: ms => sleep(ms),
    log: silent,
  })
}
