import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { createAnswerer } from '../answer/answer.ts'
import { readCorpus } from '../corpus/read.ts'
import { shippedEmbedder } from '../embeddings.ts'
import { Failure, messageOf } from '../errors.ts'
import { buildSearch } from '../search/build-search.ts'
import { tasks } from './tasks.ts'

export interface Request {
  readonly task: string
  readonly corpus: string
  readonly queries: string
  readonly out: string
}

/** The one line that is printed at the end; times in milliseconds, memory in MiB. */
export interface Report {
  readonly queries: number
  readonly papers: number
  readonly index_ms: number
  readonly p50_ms: number
  readonly p95_ms: number
  readonly rss_mib: number
}

/**
 * Runs one evaluation task on the code and defaults that the commands run.
 * @throws Failure `input` or `missing` with the file, the line and the reason
 */
export async function evaluate({ task, corpus, queries, out }: Request): Promise<Report> {
  const read = tasks.get(task)
  if (read === undefined)
    throw new Failure('input', `no task "${task}"; there are: ${[...tasks.keys()].join(', ')}`)
  const jobs = await read(queries)
  const { papers, rejected } = await readCorpus([corpus])
  const bad = rejected.find(({ kind }) => kind === 'damaged')
  if (bad !== undefined) throw new Failure('input', `${corpus}:${bad.line}: ${bad.reason}`)
  const begun = performance.now()
  const embedder = await shippedEmbedder()
  const search = await buildSearch(papers, { embedder })
  const subject = { search, answerer: createAnswerer(search, { embedder }) }
  const indexed = performance.now() - begun
  const lines: string[] = []
  const times = jobs.map(job => {
    const start = performance.now()
    lines.push(...job(subject))
    return performance.now() - start
  })
  await writeFile(out, lines.map(line => `${line}\n`).join('')).catch((cause: unknown) => {
    throw new Failure('input', `${basename(out)}: cannot be written: ${messageOf(cause)}`, { cause })
  })
  return {
    queries: jobs.length,
    papers: papers.length,
    index_ms: rounded(indexed),
    p50_ms: rounded(quantile(times, 0.5)),
    p95_ms: rounded(quantile(times, 0.95)),
    rss_mib: rounded(process.memoryUsage.rss() / 2 ** 20),
  }
}

const rounded = (value: number): number => Math.round(value * 100) / 100

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((x, y) => x - y)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
