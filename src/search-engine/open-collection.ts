import { Failure } from '../errors.ts'
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

/**
 * Opens the papers of a search engine as they are, for one question of a terminal: nothing is waited for or written.
 * @throws EngineError when it does not answer, Failure when it has none
 */
export async function openToRead(
  address: SearchAddress,
  options: Pick<OpenCollectionOptions, 'embedder' | 'log'>,
): Promise<{ readonly engine: Engine; readonly collection: EngineCollection }> {
  const { prefix, shards, timeout } = address
  const engine = await Engine.open(address)
  try {
    const collection = await EngineCollection.openToRead({
      ...options,
      indexes: new Indexes(engine, prefix),
      shards,
      timeout,
      files: [],
      papers: { changes: async () => Promise.reject(new Error('these papers are read alone')) },
      arrived: async () => {},
      sleep: async () => {},
    })
    if (collection !== undefined) return { engine, collection }
    throw new Failure(
      'missing',
      'The search engine has no papers of this bot yet: the bot puts them there at its start.',
    )
  } catch (error) {
    await engine.close()
    throw error
  }
}

const isPassing = (error: unknown): boolean =>
  error instanceof EngineError && (error.problem === 'unreachable' || error.problem === 'busy')
