import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createAnswerer } from '../../src/answer/answer.ts'
import type { Answerer } from '../../src/answer/port.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import { readCorpus } from '../../src/corpus/read.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { WordMatcher } from '../../src/search/embedding/word-matcher.ts'
import type { Search } from '../../src/search/port.ts'
import { searchOver } from './model.ts'

/** The evaluation data beside the project; it is no part of it. */
export const evalFolder = resolve(import.meta.dirname, '../../../shared/eval')

export const haveData = (): boolean => existsSync(evalFolder)

/** Queries of the same kinds, written for this project by people who did not know what it finds. */
export const asked = (file: string): string => resolve(import.meta.dirname, 'asked', file)

export function readLines<T>(file: string): T[] {
  const lines = readFileSync(resolve(evalFolder, file), 'utf8').split('\n')
  return lines.filter(line => line.trim() !== '').map(line => JSON.parse(line) as T)
}

/** Grades by query and paper from a table of `query, paper, grade`. */
export function readJudgements(file: string): Map<string, Map<string, number>> {
  const judged = new Map<string, Map<string, number>>()
  for (const line of readFileSync(resolve(evalFolder, file), 'utf8').split('\n')) {
    const [query, paper, grade] = line.split('\t')
    if (query === undefined || paper === undefined) continue
    const of = judged.get(query) ?? new Map<string, number>()
    judged.set(query, of.set(paper, Number(grade)))
  }
  return judged
}

/** The corpus that ships, its papers named p001 to p107 in the page's order as the committed judgements name them. */
export const shipped = resolve(import.meta.dirname, '../../corpus')

async function papersOf(file: string): Promise<Paper[]> {
  const { papers } = await readCorpus([resolve(evalFolder, file)])
  if (file !== shipped) return [...papers]
  return papers.map((paper, i) => ({ ...paper, id: `p${String(i + 1).padStart(3, '0')}` }))
}

/** Matches words by meaning as the commands do. */
export const meaning = new WordMatcher(await shippedEmbedder())

const searches = new Map<string, Promise<Search>>()

/** The search over one corpus file; built once a run. */
export function searchOf(file: string): Promise<Search> {
  const known = searches.get(file)
  if (known !== undefined) return known
  const built = papersOf(file).then(searchOver)
  searches.set(file, built)
  return built
}

/** The answerer over one corpus file, as the commands use it. */
export async function answererOf(file: string): Promise<Answerer> {
  return createAnswerer(await searchOf(file), { embedder: await shippedEmbedder() })
}
