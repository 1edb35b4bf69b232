import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig } from '../../src/config.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import { startModel } from '../../src/embedding-models/start-model.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { openLog } from '../../src/log.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { ModelVectors } from '../../src/search/embedding/model-vectors.ts'
import type { Search } from '../../src/search/port.ts'
import { openSqlite } from '../../src/store/open.ts'
import { engineSearchOver, searchEngine } from './engine.ts'

/** The embedding model that the environment names, as the bot reads it; undefined: the built-in table alone. */
const config = parseConfig({ ...process.env, DISCORD_TOKEN: undefined }).embeddingModel

/** What the model is called in the name of a table. */
export const modelName: string | undefined = searchEngine === undefined ? config?.kind : 'opensearch'

let store: ReturnType<typeof openSqlite> | undefined

/** The search as the bot builds it, with the model's vectors in use where one is set up; they are kept from run to run. */
export async function searchOver(papers: readonly Paper[]): Promise<Search> {
  if (searchEngine !== undefined) return engineSearchOver(papers, searchEngine)
  const embedder = await shippedEmbedder()
  if (config === undefined) return buildSearch(papers, { embedder })
  store ??= openSqlite(join(tmpdir(), 'lectern-quality-vectors.sqlite'))
  const { vectors } = await store
  const model = new ModelVectors()
  const search = await buildSearch(papers, { embedder, model })
  const log = openLog({ level: 'info', secrets: [], pretty: false })
  const running = startModel({ config, vectors, log, queryTimeout: 60_000 })
  if (!(await running.serve(search.papers, model))) throw new Error('The embedding model cannot be used.')
  return search
}

/** Lets the model read texts before they are searched for or asked, or fetches papers; in memory there is nothing to do. */
export async function prepared(search: Search, texts: readonly string[]): Promise<void> {
  for (const text of texts) await search.prepare(text)
}
