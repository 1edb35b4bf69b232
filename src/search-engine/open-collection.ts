import type { SearchAddress } from '../search-address.ts'
import type { EngineCollectionOptions } from './collection-options.ts'
import { Engine } from './engine.ts'
import { EngineCollection } from './engine-collection.ts'
import { EngineError } from './engine-error.ts'
import { Indexes } from './indexes.ts'

export interface OpenCollectionOptions
  extends Omit<EngineCollectionOptions, 'indexes' | 'shards' | 'timeout'> {
  readonly address: SearchAddress
  /** How long an engine that does not answer yet is waited for, in ms: it starts in a minute or two. */
  readonly patience?: number
}

const defaultPatience = 5 * 60_000
const triedEvery = 2_000

/**
 * Opens the papers of a search engine, which may be starting at the same time.
 * @throws EngineError when it does not answer for minutes, or lets nobody in
 */
export async function openCollection({
  address,
  patience = defaultPatience,
  ...options
}: OpenCollectionOptions): Promise<{ readonly engine: Engine; readonly collection: EngineCollection }> {
  const { prefix, shards, timeout } = address
  const engine = await Engine.open(address)
  const indexes = new Indexes(engine, prefix)
  for (let waited = 0; ; waited += triedEvery) {
    try {
      return { engine, collection: await EngineCollection.open({ ...options, indexes, shards, timeout }) }
    } catch (error) {
      if (!isPassing(error) || waited >= patience) {
        await engine.close()
        throw error
      }
      options.log.warn('The search engine does not answer yet: I try again in a moment')
      await options.sleep(triedEvery)
    }
  }
}

const isPassing = (error: unknown): boolean =>
  error instanceof EngineError && (error.problem === 'unreachable' || error.problem === 'busy')
