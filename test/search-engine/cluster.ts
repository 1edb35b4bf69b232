import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readCorpus } from '../../src/corpus/read.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { openLog } from '../../src/log.ts'
import type { Engine } from '../../src/search-engine/engine.ts'
import { openCollection } from '../../src/search-engine/open-collection.ts'
import { openSqlite } from '../../src/store/open.ts'
import { sharedCollection } from '../../src/store/paper-ports.ts'
import { freePort, lacking, type Node, startNode } from './node.ts'

/**
 * `npm run cluster-kill [-- FILE]`: three nodes of OpenSearch on this machine, searches all the time, papers written
 * meanwhile; one node is killed, later started again. Says how many searches were answered, refused or wrong, and for how long.
 */
const names = ['n1', 'n2', 'n3']
const atOnce = 4
const phases = [
  ['three nodes', 10_000],
  ['one is killed', 20_000],
  ['it is back', 20_000],
] as const

async function startCluster(): Promise<Node[]> {
  const ports = await Promise.all(
    names.map(async () => ({ port: await freePort(), transport: await freePort() })),
  )
  const seeds = ports.map(({ transport }) => `"127.0.0.1:${transport}"`).join(', ')
  const more = [
    `discovery.seed_hosts: [${seeds}]`,
    `cluster.initial_cluster_manager_nodes: [${names.map(name => `"${name}"`).join(', ')}]`,
  ].join('\n')
  return Promise.all(ports.map((at, i) => startNode({ ...at, name: names[i] ?? '', more })))
}

interface Tally {
  right: number
  wrong: number
  refused: number
  readonly times: number[]
  longestRefusal: number
}

const quantile = (times: readonly number[], share: number): string =>
  (times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0).toFixed(0)

async function main(file: string): Promise<void> {
  const reason = lacking()
  if (reason !== undefined) {
    console.error(`SKIPPED: ${reason}`)
    return
  }
  const { papers } = await readCorpus([file])
  const nodes = await startCluster()
  const folder = mkdtempSync(join(tmpdir(), 'lectern-cluster-'))
  const store = await openSqlite(join(folder, 'lectern.sqlite'))
  const log = openLog({ level: 'silent', secrets: [], pretty: false })
  const address = {
    urls: nodes.map(({ url }) => url),
    user: undefined,
    password: undefined,
    apiKey: undefined,
    prefix: 'cluster',
    timeout: 5_000,
    shards: 3,
  }
  const { engine, collection } = await openCollection({
    address,
    files: papers,
    papers: store.papers,
    embedder: await shippedEmbedder(),
    arrived: async () => {},
    sleep: ms => sleep(ms),
    log,
  })
  await green(engine)
  console.log(`${collection.count} papers on three nodes`)
  const step = Math.max(1, Math.floor(papers.length / 200))
  const asked = papers.filter((_, i) => i % step === 0).map(({ id, title }) => ({ id, title }))
  let isOver = false
  let tally = newTally()
  const ask = async (from: number): Promise<void> => {
    for (let i = from; !isOver; i += atOnce) {
      const { id, title } = asked[i % asked.length] as (typeof asked)[number]
      const [began, mine] = [performance.now(), tally]
      try {
        const view = collection.view(undefined)
        await view.prepare(title)
        const hits = view.search(title, { limit: 3 }).hits.map(({ paper }) => paper.id)
        mine[hits.includes(id) ? 'right' : 'wrong']++
        mine.times.push(performance.now() - began)
      } catch {
        mine.refused++
        mine.longestRefusal = Math.max(mine.longestRefusal, performance.now() - began)
        await sleep(100)
      }
    }
  }
  let [written, failed] = [0, 0]
  const write = async (): Promise<void> => {
    for (let i = 0; !isOver; i++) {
      const paper = {
        id: `new-${i}`,
        title: `Zorblax number ${i}`,
        abstract: '',
        authors: [],
        categories: [],
      }
      await store.papers.upsert({ collection: sharedCollection, source: 'test', papers: [paper], at: 1 })
      written++
      await collection.update().catch(() => failed++)
      await sleep(300)
    }
  }
  const running = [write(), ...Array.from({ length: atOnce }, (_, i) => ask(i))]
  for (const [name, lasts] of phases) {
    if (name === 'one is killed') await nodes[1]?.kill()
    if (name === 'it is back') await nodes[1]?.start()
    tally = newTally()
    await sleep(lasts)
    report(name, tally)
  }
  isOver = true
  await Promise.all(running)
  await collection.update()
  const missing: number[] = []
  for (let i = 0; i < written; i++) {
    const view = collection.view(undefined)
    await view.prepare({ refs: [`new-${i}`] })
    if (view.withRef(`new-${i}`) === undefined) missing.push(i)
  }
  console.log(
    `papers written meanwhile: ${written}, lost ${missing.length}; updates that were tried again: ${failed}`,
  )
  await engine.close()
  await store.close()
  for (const node of nodes) await node.stop()
  rmSync(folder, { recursive: true, force: true })
  if (missing.length > 0) process.exitCode = 1
}

const newTally = (): Tally => ({ right: 0, wrong: 0, refused: 0, times: [], longestRefusal: 0 })

function report(name: string, { right, wrong, refused, times, longestRefusal }: Tally): void {
  const time = `p50 ${quantile(times, 0.5)} ms, p95 ${quantile(times, 0.95)} ms`
  const refusals = refused === 0 ? '' : `, each after ${longestRefusal.toFixed(0)} ms at most`
  console.log(
    `${name}: ${right} right, ${wrong} not among the first three, ${refused} refused${refusals}; ${time}`,
  )
}

/** All copies are on their nodes. */
async function green(engine: Engine): Promise<void> {
  for (let i = 0; i < 240; i++) {
    if ((await engine.health().catch(() => undefined))?.status === 'green') return
    await sleep(500)
  }
  throw new Error('the cluster did not become green')
}

const shipped = resolve(import.meta.dirname, '../../corpus')
await main(process.argv[2] ?? shipped)
process.exit()
