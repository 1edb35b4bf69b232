import { setImmediate as turn } from 'node:timers/promises'
import { keysOfPaper, titleKey } from '../corpus/merging/paper-keys.ts'
import { isSamePaper, keyed } from '../corpus/merging/same-paper.ts'
import type { Paper } from '../corpus/paper.ts'
import { KeyTable } from '../search/index/key-table.ts'

const papersPerSlice = 100

/** The papers of files by what other records of them have in common with them. */
export class FilePapers {
  readonly #papers: readonly Paper[]
  readonly #positions: KeyTable

  readonly #haveIdentifiers: boolean

  private constructor(papers: readonly Paper[], keys: readonly (readonly string[])[]) {
    const count = keys.reduce((sum, { length }) => sum + length, 0)
    this.#papers = papers
    this.#positions = KeyTable.for(count)
    // Each has one key for its title.
    this.#haveIdentifiers = count > papers.length
  }

  /** Leaves other work its turn. */
  static async over(papers: readonly Paper[]): Promise<FilePapers> {
    const keys: string[][] = []
    for (const [at, paper] of papers.entries()) {
      if (at % papersPerSlice === 0) await turn()
      keys.push([...keysOfPaper(paper)])
    }
    const made = new FilePapers(papers, keys)
    for (const [at, ofPaper] of keys.entries()) {
      if (at % papersPerSlice === 0) await turn()
      for (const key of ofPaper) made.#positions.set(key, at, made.#has(key))
    }
    return made
  }

  /** The paper that this record is of, if any. */
  same(record: Paper): Paper | undefined {
    // Reading identifiers off an address takes its time, and a page of papers has none to compare with.
    const keys = this.#haveIdentifiers ? keysOfPaper(record) : [titleKey(record.title)]
    for (const key of keys) {
      const paper = this.#papers[this.#positions.get(key, this.#has(key)) ?? -1]
      if (paper !== undefined && isSamePaper(keyed(record), keyed(paper))) return paper
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
