import { setImmediate as turn } from 'node:timers/promises'
import { keysOfPaper } from '../corpus/merging/paper-keys.ts'
import { isSamePaper } from '../corpus/merging/same-paper.ts'
import type { Paper } from '../corpus/paper.ts'
import { KeyTable } from '../search/index/key-table.ts'

const papersPerSlice = 100

/** The papers of files by what other records of them have in common with them. */
export class FilePapers {
  readonly #papers: readonly Paper[]
  readonly #positions: KeyTable

  private constructor(papers: readonly Paper[], keys: number) {
    this.#papers = papers
    this.#positions = KeyTable.for(keys)
  }

  /** Leaves other work its turn. */
  static async over(papers: readonly Paper[]): Promise<FilePapers> {
    const keys: string[][] = []
    for (const [at, paper] of papers.entries()) {
      if (at % papersPerSlice === 0) await turn()
      keys.push([...keysOfPaper(paper)])
    }
    const count = keys.reduce((sum, { length }) => sum + length, 0)
    const made = new FilePapers(papers, count)
    for (const [at, ofPaper] of keys.entries()) {
      if (at % papersPerSlice === 0) await turn()
      for (const key of ofPaper) made.#positions.set(key, at, made.#has(key))
    }
    return made
  }

  /** The paper that this record is of, if any. */
  same(record: Paper): Paper | undefined {
    const one = { paper: record, keys: keysOfPaper(record) }
    for (const key of one.keys) {
      const paper = this.#papers[this.#positions.get(key, this.#has(key)) ?? -1]
      if (paper !== undefined && isSamePaper(one, { paper, keys: keysOfPaper(paper) })) return paper
    }
    return undefined
  }

  #has(key: string): (position: number) => boolean {
    return position => {
      const paper = this.#papers[position]
      return paper !== undefined && keysOfPaper(paper).has(key)
    }
  }
}
