import { z } from 'zod'
import { Paper } from '../corpus/paper.ts'
import { buildInWorker } from '../indexing/build-in-worker.ts'
import { type IndexArrays, indexArraysOf } from '../search/index-arrays.ts'
import { type Statistics, statisticsOf } from '../search/partial/statistics.ts'
import { sharedCollection } from '../store/paper-ports.ts'
import type { Indexes } from './indexes.ts'
import { filtersOf } from './queries.ts'

/**
 * Papers that the statistics are computed of: with more of them they would take more memory for as long as the bot runs,
 * and tell hardly more. Rarer words are asked of the engine.
 */
const mostSampled = 50_000
const perPage = 1_000
const timeout = 60_000
/** Fewer papers are indexed sooner than a thread is started. */
const fewestApart = 500

const Page = z.object({
  hits: z.object({
    hits: z.array(z.object({ _source: z.object({ paper: z.unknown() }), sort: z.array(z.unknown()) })),
  }),
})
const Count = z.object({ count: z.number().int() })

/**
 * The statistics of an index, from an even sample of the papers that everybody sees: words of a server's own papers are
 * in none of them.
 */
export async function computeStatistics(indexes: Indexes, index: string): Promise<Statistics> {
  const papers: Paper[] = []
  for await (const page of pagesOf(indexes, index)) {
    papers.push(...page)
    if (papers.length >= mostSampled) break
  }
  const scope = { collections: [sharedCollection] }
  const { count } = await indexes.engine.call('manage', {
    method: 'POST',
    path: `/${index}/_count`,
    body: { query: { bool: { filter: filtersOf(scope) } } },
    answer: Count,
    timeout,
  })
  return statisticsOf(await arraysOf(papers), count)
}

async function arraysOf(papers: readonly Paper[]): Promise<IndexArrays> {
  if (papers.length < fewestApart) return indexArraysOf(papers, undefined)
  return (await buildInWorker(papers, false, undefined)).arrays
}

/** The papers that everybody sees by the hashes of their ids, so that the first are an even sample. @throws EngineError */
export async function* pagesOf(indexes: Indexes, index: string): AsyncGenerator<Paper[]> {
  let after: readonly unknown[] | undefined
  for (;;) {
    const page = await indexes.engine.call('manage', {
      method: 'POST',
      path: `/${index}/_search`,
      body: {
        size: perPage,
        _source: ['paper'],
        query: { bool: { filter: filtersOf({ collections: [sharedCollection] }) } },
        sort: [{ rank: 'asc' }, { order: 'asc' }],
        track_total_hits: false,
        ...(after === undefined ? {} : { search_after: after }),
      },
      answer: Page,
      timeout,
    })
    const { hits } = page.hits
    yield hits.flatMap(({ _source }) => {
      const paper = Paper.safeParse(_source.paper).data
      return paper === undefined ? [] : [paper]
    })
    after = hits.at(-1)?.sort
    if (hits.length < perPage) return
  }
}
