import { setTimeout as sleep } from 'node:timers/promises'
import { parseConfig } from '../../src/config.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { openLog } from '../../src/log.ts'
import type { ParsedQuery, Search, Wanted } from '../../src/search/port.ts'
import type { EngineCollection } from '../../src/search-engine/engine-collection.ts'
import { openCollection } from '../../src/search-engine/open-collection.ts'
import { noChanges } from '../search-engine/no-changes.ts'

/** The search engine that the environment names, as the bot reads it; undefined: the papers are in memory. */
export const searchEngine = parseConfig({ ...process.env, DISCORD_TOKEN: undefined }).search

const log = openLog({ level: 'info', secrets: [], pretty: false })
let opened = 0

/** The papers in an index of their own on the engine. Every text has a request's view of its own, as in the bot. */
export async function engineSearchOver(
  papers: readonly Paper[],
  address: NonNullable<typeof searchEngine>,
): Promise<Search> {
  const { collection } = await openCollection({
    address: { ...address, prefix: `quality-${process.pid}-${opened++}` },
    papers: noChanges,
    files: papers,
    embedder: await shippedEmbedder(),
    arrived: async () => {},
    sleep: ms => sleep(ms),
    log,
  })
  return viewsOf(papers, collection)
}

/** One search for many requests: each call goes to the view that was prepared for its text, or to the one before. */
function viewsOf(papers: readonly Paper[], collection: EngineCollection): Search {
  const byId = new Map(papers.map(paper => [paper.id, paper]))
  const views = new Map<string, Search>()
  let current: Search = collection.view(undefined)
  const viewFor = (query: string | ParsedQuery): Search => {
    current = views.get(typeof query === 'string' ? query : query.text) ?? current
    return current
  }
  return {
    papers,
    count: papers.length,
    get: id => byId.get(id),
    withRef: ref => current.withRef(ref),
    async prepare(wanted: string | Wanted) {
      const { text, related } = typeof wanted === 'string' ? { text: wanted } : wanted
      const view = collection.view(undefined)
      await view.prepare(wanted)
      for (const key of [text, ...(related ?? [])]) if (key !== undefined) views.set(key, view)
    },
    parse: text => viewFor(text).parse(text),
    search: (query, options) => viewFor(query).search(query, options),
    suggest: (typed, limit) => viewFor(typed).suggest(typed, limit),
    related: (id, limit) => (views.get(id) ?? current).related(id, limit),
    terms: text => viewFor(text).terms(text),
    idf: term => current.idf(term),
    matches: (text, query) => viewFor(query).matches(text, query),
  }
}
