import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Paper } from '../../src/corpus/paper.ts'
import { readCorpus } from '../../src/corpus/read.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { largeCollection, type Times, times, typedTexts } from './search.ts'
import { table } from './table.ts'

const shipped = resolve(import.meta.dirname, '../../corpus')
const manyPapers = 5_000
const queries = 200

/** Searches with candidates from either retriever, over the shipped papers and over several thousand. */
export async function benchCandidates(): Promise<string> {
  const sets = [(await readCorpus([shipped])).papers]
  if (existsSync(largeCollection)) {
    const { papers } = await readCorpus([largeCollection])
    sets.push(papers.filter(({ abstract }) => abstract !== '').slice(0, manyPapers))
  } else
    console.error(`SKIPPED: no large collection at ${largeCollection}: only the shipped papers are measured.`)
  const rows: string[][] = []
  for (const papers of sets) rows.push(...(await rowsOf(papers)))
  const header = ['records', 'query', 'MiniSearch p50', 'p95', 'compact p50', 'p95', 'MiniSearch / compact']
  return `Candidates from MiniSearch and from the compact index; milliseconds of a whole search\n${table(header, rows)}`
}

async function rowsOf(papers: readonly Paper[]): Promise<string[][]> {
  const minisearch = await buildSearch(papers, { retriever: 'minisearch' })
  const compact = await buildSearch(papers, { retriever: 'compact' })
  const typed = typedTexts(papers, Math.max(1, Math.floor(papers.length / queries)))
  const row = (name: string, theirs: Times, ours: Times): string[] => [
    String(papers.length),
    name,
    ...[theirs.p50, theirs.p95, ours.p50, ours.p95].map(ms => ms.toFixed(1)),
    (theirs.p50 / ours.p50).toFixed(1),
  ]
  const searched = (name: string, texts: readonly string[]): string[] =>
    row(
      name,
      times(texts, text => minisearch.search(text)),
      times(texts, text => compact.search(text)),
    )
  return [
    searched('keywords', typed.keywords),
    searched('a sentence', typed.sentences),
    row(
      'related papers',
      times(typed.ids, id => minisearch.related(id, 5)),
      times(typed.ids, id => compact.related(id, 5)),
    ),
  ]
}
