import { resolve } from 'node:path'
import type { Paper } from '../../src/corpus/paper.ts'
import { readCorpus } from '../../src/corpus/read.ts'

/** The papers that ship with the bot. */
export async function shippedPapers(): Promise<Paper[]> {
  const { papers } = await readCorpus([resolve(import.meta.dirname, '../../corpus')])
  return papers
}

export const paper = (id: string, title: string, abstract = '', more: Partial<Paper> = {}): Paper => ({
  id,
  title,
  abstract,
  authors: [],
  categories: [],
  ...more,
})
