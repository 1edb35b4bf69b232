import MiniSearch from 'minisearch'
import type { Paper } from '../../src/corpus/paper.ts'

/** MiniSearch with its defaults over title and abstract: what the figures are compared with. */
export class Baseline {
  readonly #mini: MiniSearch

  constructor(papers: readonly Paper[]) {
    this.#mini = new MiniSearch({ fields: ['title', 'abstract'] })
    this.#mini.addAll(papers)
  }

  rank(text: string): string[] {
    return this.#mini.search(text).map(hit => String(hit.id))
  }

  related(paper: Paper): string[] {
    return this.rank(`${paper.title} ${paper.abstract}`).filter(id => id !== paper.id)
  }
}
