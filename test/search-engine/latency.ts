import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readCorpus } from '../../src/corpus/read.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { openLog } from '../../src/log.ts'
import { openCollection } from '../../src/search-engine/open-collection.ts'
import { noChanges } from './no-changes.ts'
import { lacking, startNode } from './node.ts'

/**
 * `node test/search-engine/latency.ts [FILE]`: what a request costs with the papers of a file on OpenSearch, one request
 * after the other: until its papers are there and searched, of that what the engine takes, and the processor time of
 * this process. With `SEARCH_URL` the index that an earlier run built there is used again; without it a node is started.
 */
const asked = 120
/** Requests until the compiler has seen everything. */
const warming = 30

const quantile = (times: readonly number[], share: number): string =>
  (times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0).toFixed(0)
const told = (name: string, times: readonly number[]): string =>
  `${name}: p50 ${quantile(times, 0.5)} ms, p95 ${quantile(times, 0.95)} ms`

/** Queries of all kinds, as people wrote them. */
function textsOf(): string[] {
  const lines = readFileSync(resolve(import.meta.dirname, '../quality/asked/queries.jsonl'), 'utf8')
    .trim()
    .split('\n')
  const step = lines.length / (asked + warming)
  return Array.from(
    { length: asked + warming },
    (_, i) => JSON.parse(lines[Math.floor(i * step)] ?? '{}').text,
  )
}

async function main(file: string): Promise<void> {
  const given = process.env['SEARCH_URL']
  const reason = given === undefined ? lacking() : undefined
  if (reason !== undefined) return console.error(`SKIPPED: ${reason}`)
  const node = given === undefined ? await startNode({ heap: '1g' }) : undefined
  const { papers } = await readCorpus([file])
  const { engine, collection } = await openCollection({
    address: {
      urls: [given ?? node?.url ?? ''],
      user: undefined,
      password: undefined,
      apiKey: undefined,
      prefix: `latency-${papers.length}`,
      timeout: 60_000,
      shards: 1,
    },
    files: papers,
    papers: noChanges,
    embedder: await shippedEmbedder(),
    arrived: async () => {},
    sleep: ms => sleep(ms),
    log: openLog({ level: 'info', secrets: [], pretty: false }),
  })
  const figures = { whole: [] as number[], processor: [] as number[], engine: [] as number[] }
  let inEngine = 0
  engine.observe = (_, seconds) => {
    inEngine += seconds * 1_000
  }
  for (const [i, text] of textsOf().entries()) {
    const [began, used] = [performance.now(), process.threadCpuUsage()]
    inEngine = 0
    const view = collection.view(undefined)
    await view.prepare(text)
    const { hits } = view.search(text, { limit: 26 })
    if (hits[0] !== undefined) view.related(hits[0].paper.id, 3)
    if (i < warming) continue
    const { user, system } = process.threadCpuUsage(used)
    figures.whole.push(performance.now() - began)
    figures.processor.push((user + system) / 1_000)
    figures.engine.push(inEngine)
  }
  console.log(`${collection.count} papers, ${asked} requests`)
  console.log(told('a request', figures.whole))
  console.log(told('of that, waiting for the engine', figures.engine))
  console.log(told('processor time of its thread', figures.processor))
  await engine.close()
  await node?.stop()
}

await main(process.argv[2] ?? resolve(import.meta.dirname, '../../corpus'))
process.exit()
