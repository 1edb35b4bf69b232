import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Paper } from '../corpus/paper.ts'
import type { Log } from '../log.ts'
import { problemOf } from '../search/check-arrays.ts'
import { CombinedSearch } from '../search/combined-search.ts'
import type { SyncEmbedder } from '../search/embedding/port.ts'
import { type IndexArrays, indexArraysOf } from '../search/index-arrays.ts'
import type { Search } from '../search/port.ts'
import { readArrays, UnusableFile } from './array-file.ts'
import { buildInWorker, type SaveRequest } from './build-in-worker.ts'
import { indexVersion } from './index-version.ts'
import { arraysNamed } from './named-arrays.ts'
import { align, paperHashes } from './paper-hashes.ts'

export interface IndexerOptions {
  readonly embedder: SyncEmbedder
  /** Opens a search over arrays of its papers. */
  open(papers: readonly Paper[], arrays: IndexArrays): Promise<Search>
  readonly log: Log
}

/** A search from a saved index. */
export interface Restored {
  readonly search: Search
  /** Papers that the saved index has otherwise or not at all, or has though they are gone. */
  readonly changes: number
}

/** Indexes papers. All its work leaves other work its turn. */
export interface Indexer {
  build(papers: readonly Paper[]): Promise<Search>
}

/** Indexes the papers of one collection, and saves its index to a file. */
export interface SavingIndexer extends Indexer {
  /** From the file, with what has changed since beside it; undefined where it does not fit, which is logged. Never rejects for what is in the file. */
  restore(papers: readonly Paper[]): Promise<Restored | undefined>
}

/** Fewer papers are indexed sooner than a thread is started, or a file is read. */
const fewestApart = 500
/** More changes than this are not searched beside a saved index. */
const mostChanges = 1_500
/** What an index can take at most, for each paper and in all: five times what abstracts of some thousand characters do. */
const mostBytesPerPaper = 20_000
const mostBytesBeside = 64 * 2 ** 20

export function openIndexer(options: IndexerOptions): Indexer {
  return { build: async papers => options.open(papers, await arraysOf(papers, options, undefined)) }
}

/** @param folder where the file is kept; made when it is first written */
export function openSavingIndexer(folder: string, options: IndexerOptions): SavingIndexer {
  const file = join(folder, 'papers.index')
  return {
    async build(papers) {
      const save = papers.length < fewestApart ? undefined : await requestFor(file, papers)
      if (save !== undefined) await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => {})
      return options.open(papers, await arraysOf(papers, options, save))
    },
    async restore(papers) {
      if (papers.length < fewestApart) return undefined
      try {
        return await restored(file, papers, options)
      } catch (error) {
        options.log.info(`The papers are indexed anew: ${reasonOf(error)}.`)
        return undefined
      }
    },
  }
}

async function requestFor(file: string, papers: readonly Paper[]): Promise<SaveRequest> {
  return { file, version: await indexVersion(), hashes: await paperHashes(papers) }
}

async function arraysOf(
  papers: readonly Paper[],
  { embedder, log }: IndexerOptions,
  save: SaveRequest | undefined,
): Promise<IndexArrays> {
  if (papers.length < fewestApart) return indexArraysOf(papers, embedder)
  try {
    const { arrays, problem } = await buildInWorker(papers, true, save)
    if (problem !== undefined) log.warn({ err: problem }, 'the index could not be saved')
    return arrays
  } catch (error) {
    log.warn({ err: error }, 'the papers could not be indexed in a thread, and are indexed here')
    return indexArraysOf(papers, embedder)
  }
}

async function restored(file: string, papers: readonly Paper[], options: IndexerOptions): Promise<Restored> {
  const mostBytes = mostBytesBeside + papers.length * mostBytesPerPaper
  const named = new Map(await readArrays(file, await indexVersion(), mostBytes))
  const hashes = named.get('hashes')
  named.delete('hashes')
  if (!(hashes instanceof Uint32Array) || hashes.length % 2 > 0)
    throw new UnusableFile('its arrays are not those of an index')
  const arrays = arraysNamed(named)
  const problem = await problemOf(arrays, hashes.length / 2, options.embedder.dimensions)
  if (problem !== undefined) throw new UnusableFile(`its ${problem} are damaged`)
  const { indexed, missing } = align(papers, await paperHashes(papers), hashes)
  const gone = new Set<string>()
  const whole = indexed.map((paper, position) => paper ?? placeholder(position, gone))
  const changes = missing.length + gone.size
  if (changes > mostChanges || 5 * changes > papers.length)
    throw new UnusableFile(`${changes} papers have changed since`)
  const search = await options.open(whole, arrays)
  if (changes === 0) return { search, changes }
  const added = await options.open(missing, await indexArraysOf(missing, options.embedder))
  return { search: new CombinedSearch(search, gone, added), changes }
}

/** Stands for a paper that the index has and that is gone: it is hidden. */
function placeholder(position: number, gone: Set<string>): Paper {
  const id = `\u0000gone ${position}`
  gone.add(id)
  return { id, title: '-', abstract: '', authors: [], categories: [] }
}

function reasonOf(error: unknown): string {
  if (error instanceof UnusableFile) return error.message
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' ? 'there is no saved index yet' : 'the saved index cannot be read'
}
