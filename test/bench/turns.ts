import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { mapChart } from '../../src/charts/map-chart.ts'
import { mapOf } from '../../src/charts/paper-map.ts'
import { themes } from '../../src/charts/theme.ts'
import { LiveCollection } from '../../src/collections/live-collection.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import { readCorpus } from '../../src/corpus/read.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { openIndexer, openSavingIndexer } from '../../src/indexing/indexer.ts'
import { openLog } from '../../src/log.ts'
import { openSearch } from '../../src/search/build-search.ts'
import { largeCollection } from './search.ts'
import { table } from './table.ts'
import { type Turns, watchTurns } from './watch-turns.ts'

const seconds = (ms: number): string => (ms / 1000).toFixed(2)

/** What the event loop is held up by while papers change and maps are made: the longest turn, by time and by processor time. */
export async function benchTurns(): Promise<string> {
  if (!existsSync(largeCollection)) {
    console.error(`SKIPPED: no large collection at ${largeCollection}: turns were not measured.`)
    return 'Turns of the event loop were not measured.'
  }
  const { papers } = await readCorpus([largeCollection])
  const rows: string[][] = []
  const row = (name: string, { ms, cpuMs, longestMs, longestCpuMs }: Turns) =>
    rows.push([name, seconds(ms), seconds(cpuMs), longestMs.toFixed(0), longestCpuMs.toFixed(0)])
  for (const size of [4_000, 100_000]) await changes(papers, size, row)
  row('a map of 20,000 papers, laid out and drawn', await watchTurns(() => drawn(papers)))
  return [
    'Turns of the answering thread',
    table(['what', 'seconds', 'processor seconds', 'longest turn, ms', 'of it processor ms'], rows),
  ].join('\n')
}

async function changes(papers: readonly Paper[], size: number, row: (name: string, turns: Turns) => void) {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-turns-'))
  const embedder = await shippedEmbedder()
  const options = {
    embedder,
    open: (some: readonly Paper[], arrays: Parameters<typeof openSearch>[1]) =>
      openSearch(some, arrays, { embedder }),
    log: openLog({ level: 'silent', secrets: [] }),
  }
  const { build } = openIndexer(options)
  const live = new LiveCollection(papers.slice(0, size), { build, saved: openSavingIndexer(folder, options) })
  try {
    await live.update()
    const added = (count: number, from: number) => {
      for (const paper of papers.slice(from, from + count)) live.put({ ...paper, id: `new-${paper.id}` })
    }
    const first = papers.length - 400
    const name = `beside ${size.toLocaleString('en')} papers`
    row(
      `the first change ${name}`,
      await watchTurns(() => {
        added(1, first)
        return live.update()
      }),
    )
    row(
      `161 more at once ${name}, until they are found`,
      await watchTurns(() => {
        added(161, first + 1)
        return live.update()
      }),
    )
    row(`then, until the large index has them`, await watchTurns(() => live.settled()))
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function drawn(papers: readonly Paper[]): Promise<void> {
  const map = await mapOf(papers)
  mapChart(map, { title: 'A map', subtitle: 'of papers', marked: [] }, themes.dark)
  await sleep(0)
}
